package org.psasync.examples.quickstart;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;

/** Who may know whom (docs/architecture.md), held against the compiled classes. */
@AnalyzeClasses(packages = "org.psasync", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] SPI = {"org.psasync.model..", "org.psasync.spi.."};
    private static final String[] CORE = {"org.psasync.engine..", "org.psasync.store.."};
    private static final String[] CONNECTORS = {"org.psasync.connectwise..", "org.psasync.http.."};

    @ArchTest
    static final ArchRule theSpiKnowsNothingElse = classes()
            .that()
            .resideInAnyPackage(SPI)
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("java..", "org.jspecify..", "org.psasync.model..", "org.psasync.spi.."));

    @ArchTest
    static final ArchRule theModelDoesNotKnowThePorts = noClasses()
            .that()
            .resideInAPackage("org.psasync.model..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.psasync.spi..");

    @ArchTest
    static final ArchRule theEngineKnowsTheSpiOnly = classes()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "com.google.common..",
                    "org.psasync.model..",
                    "org.psasync.spi..",
                    "org.psasync.engine..",
                    "org.psasync.store.."));

    @ArchTest
    static final ArchRule connectorsDoNotKnowTheEngine = noClasses()
            .that()
            .resideInAnyPackage(CONNECTORS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.psasync.engine..", "org.psasync.store..", "org.psasync.testkit..");

    @ArchTest
    static final ArchRule theRestKitKnowsNoConnector = noClasses()
            .that()
            .resideInAPackage("org.psasync.http..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.psasync.connectwise..");

    @ArchTest
    static final ArchRule theTestkitKnowsNoConnector = noClasses()
            .that()
            .resideInAPackage("org.psasync.testkit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CONNECTORS);

    @ArchTest
    static final ArchRule decisionsReadNoClockStoreOrNetwork = noClasses()
            .that()
            .resideInAPackage("org.psasync.engine.decide..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.psasync.store.IntegrationState")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.psasync.store.StateStore")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.psasync.spi.PsaConnector")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.psasync.spi.AssetRepository")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("org.psasync.engine.run..", "java.net..", "java.io..", "java.sql..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class, java.time.InstantSource.class, Random.class);

    @ArchTest
    static final ArchRule timeIsHandedIn = noClasses()
            .that(not(resideInAnyPackage("org.psasync.examples..", "org.psasync.benchmarks..")))
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule noVendorOrLibraryTypeIsPublic = methods()
            .that()
            .areDeclaredInClassesThat(resideInAnyPackage("org.psasync..")
                    .and(not(resideInAnyPackage("org.psasync.examples..", "org.psasync.benchmarks.."))))
            .and()
            .arePublic()
            .should(showOnlyOwnTypes());

    private static ArchCondition<JavaMethod> showOnlyOwnTypes() {
        return new ArchCondition<>("show only types of the JDK and our own") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (!method.getOwner().getModifiers().contains(JavaModifier.PUBLIC)) {
                    return;
                }
                Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                        .map(JavaClass::getBaseComponentType)
                        .filter(type -> !type.isPrimitive()
                                && !type.getPackageName().startsWith("java.")
                                && !type.getPackageName().startsWith("org.psasync"))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " shows " + type.getName())));
            }
        };
    }
}
