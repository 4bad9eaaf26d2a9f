package org.psasync.examples.quickstart;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the libraries show: types of the JDK and their own exported ones, nothing of a vendor or another library. */
@AnalyzeClasses(packages = "org.psasync", importOptions = DoNotIncludeTests.class)
class PublicTypesTest {
    private static final String[] EXPORTED = {
        "org.psasync.model",
        "org.psasync.spi",
        "org.psasync.engine",
        "org.psasync.engine.manage",
        "org.psasync.engine.schedule",
        "org.psasync.store",
        "org.psasync.jdbc",
        "org.psasync.cluster",
        "org.psasync.http",
        "org.psasync.autotask",
        "org.psasync.connectwise",
        "org.psasync.pulseway",
        "org.psasync.testkit",
        "org.psasync.testkit.http",
        "org.psasync.testkit.autotask",
        "org.psasync.testkit.connectwise",
        "org.psasync.testkit.pulseway",
        "org.psasync.testkit.scenario"
    };

    @ArchTest
    static final ArchRule whatIsExportedShowsOnlyJdkTypesAndExportedOnes =
            classes().that().resideInAnyPackage(EXPORTED).should(showOnlyExportedTypes());

    private static ArchCondition<JavaClass> showOnlyExportedTypes() {
        return new ArchCondition<>("show only types of the JDK and exported ones") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (isVisible(type)) {
                    shown(type)
                            .flatMap(each -> each.getAllInvolvedRawTypes().stream())
                            .map(JavaClass::getBaseComponentType)
                            .filter(each -> !mayBeShown(each))
                            .distinct()
                            .forEach(each -> events.add(SimpleConditionEvent.violated(
                                    type, type.getFullName() + " shows " + each.getFullName())));
                }
            }
        };
    }

    /** Returns supertypes and bounds, and all that members which others can reach return, take, hold or throw. */
    private static Stream<? extends JavaType> shown(JavaClass type) {
        Stream<JavaType> above = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        Stream<JavaType> bounds = type.getTypeParameters().stream().flatMap(each -> each.getUpperBounds().stream());
        Stream<JavaType> fields = type.getFields().stream()
                .filter(each -> isReachable(each.getModifiers()))
                .map(JavaField::getType);
        Stream<JavaType> units = type.getCodeUnits().stream()
                .filter(each -> isReachable(each.getModifiers()))
                .flatMap(PublicTypesTest::shown);
        return Stream.of(above, bounds, fields, units).flatMap(each -> each);
    }

    private static Stream<JavaType> shown(JavaCodeUnit unit) {
        Stream<JavaType> bounds = unit.getTypeParameters().stream().flatMap(each -> each.getUpperBounds().stream());
        Stream<JavaType> types = Stream.of(
                        Set.of(unit.getReturnType()), unit.getParameterTypes(), unit.getExceptionTypes())
                .flatMap(Collection::stream);
        return Stream.concat(bounds, types);
    }

    private static boolean isVisible(JavaClass type) {
        Optional<JavaClass> outer = type.getEnclosingClass();
        return isReachable(type.getModifiers()) && (outer.isEmpty() || isVisible(outer.get()));
    }

    private static boolean isReachable(Set<JavaModifier> modifiers) {
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }

    private static boolean mayBeShown(JavaClass type) {
        return type.isPrimitive()
                || type.getPackageName().startsWith("java.")
                || type.getPackageName().startsWith("javax.sql")
                || resideInAnyPackage(EXPORTED).test(type) && isVisible(type);
    }
}
