package org.psasync.examples.quickstart;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.PsaConnector;
import org.psasync.store.IntegrationState;
import org.psasync.store.StateStore;

/** Who may know whom (docs/architecture.md), held against the compiled classes. */
@AnalyzeClasses(packages = "org.psasync", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String MODEL = "org.psasync.model..";
    private static final String SPI = "org.psasync.spi..";
    private static final String ENGINE = "org.psasync.engine..";
    private static final String STORE = "org.psasync.store..";
    private static final String JDBC = "org.psasync.jdbc..";
    private static final String CLUSTER = "org.psasync.cluster..";
    private static final String HTTP = "org.psasync.http..";
    private static final String CONNECTWISE = "org.psasync.connectwise..";
    private static final String PULSEWAY = "org.psasync.pulseway..";
    private static final String AUTOTASK = "org.psasync.autotask..";
    private static final String TESTKIT = "org.psasync.testkit..";
    private static final String SLF4J = "org.slf4j..";
    private static final String JACKSON = "com.fasterxml.jackson..";

    @ArchTest
    static final ArchRule theModelKnowsNothingElse = only(MODEL).mayKnow();

    @ArchTest
    static final ArchRule thePortsKnowTheModel = only(SPI).mayKnow(MODEL);

    @ArchTest
    static final ArchRule theEngineKnowsTheSpi = only(ENGINE).mayKnow(STORE, MODEL, SPI, SLF4J);

    @ArchTest
    static final ArchRule theStateKnowsWhatTheEngineShows = only(STORE).mayKnow("org.psasync.engine", MODEL, SPI);

    @ArchTest
    static final ArchRule theDatabaseKnowsTheStateAndWhatItHolds =
            only(JDBC).mayKnow(STORE, MODEL, SPI, "org.psasync.engine");

    @ArchTest
    static final ArchRule theNodesKnowTheEngineAndTheDatabase = only(CLUSTER)
            .mayKnow(
                    STORE,
                    MODEL,
                    SPI,
                    "org.psasync.engine",
                    "org.psasync.engine.schedule",
                    "org.psasync.jdbc",
                    SLF4J,
                    "com.github.kagkarlsson.scheduler..");

    @ArchTest
    static final ArchRule theRestKitKnowsTheSpi = only(HTTP).mayKnow(MODEL, SPI, SLF4J, JACKSON);

    @ArchTest
    static final ArchRule theConnectorKnowsTheSpiAndTheRestKit =
            only(CONNECTWISE).mayKnow(MODEL, SPI, HTTP);

    @ArchTest
    static final ArchRule soDoesTheConnectorToPulseway = only(PULSEWAY).mayKnow(MODEL, SPI, HTTP);

    @ArchTest
    static final ArchRule soDoesTheConnectorToAutotask = only(AUTOTASK).mayKnow(MODEL, SPI, HTTP);

    @ArchTest
    static final ArchRule theTestkitKnowsTheSpiAndTheEngine = only(TESTKIT)
            .mayKnow(
                    MODEL,
                    SPI,
                    "org.psasync.engine",
                    STORE,
                    SLF4J,
                    JACKSON,
                    "com.github.tomakehurst.wiremock..",
                    "picocli..",
                    "org.junit.jupiter.api..",
                    "org.junit.jupiter.params..",
                    "org.assertj.core..");

    @ArchTest
    static final ArchRule decisionsReadNoClockStoreOrNetwork = noClasses()
            .that()
            .resideInAPackage("org.psasync.engine.decide..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.psasync.engine.pair..",
                    "org.psasync.engine.desk..",
                    "java.net..",
                    "java.io..",
                    "java.nio.file..",
                    "java.sql..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(
                    IntegrationState.class,
                    StateStore.class,
                    PsaConnector.class,
                    AssetRepository.class,
                    Clock.class,
                    InstantSource.class,
                    RandomGenerator.class);

    @ArchTest
    static final ArchRule theEngineHasLayers = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("org.psasync.engine..")
            .layer("what a person asks for")
            .definedBy(
                    "org.psasync.engine.push..",
                    "org.psasync.engine.bulk..",
                    "org.psasync.engine.review..",
                    "org.psasync.engine.explain..")
            .layer("runs")
            .definedBy("org.psasync.engine.run..")
            .layer("apply")
            .definedBy("org.psasync.engine.apply..")
            .layer("observe")
            .definedBy("org.psasync.engine.observe..")
            .layer("desk")
            .definedBy("org.psasync.engine.desk..")
            .layer("pair")
            .definedBy("org.psasync.engine.pair..")
            .layer("decide")
            .definedBy("org.psasync.engine.decide..")
            .layer("the engine")
            .definedBy("org.psasync.engine", "org.psasync.engine.schedule..", "org.psasync.engine.text..")
            .whereLayer("what a person asks for")
            .mayOnlyBeAccessedByLayers("the engine")
            .whereLayer("runs")
            .mayOnlyBeAccessedByLayers("what a person asks for", "the engine")
            .whereLayer("apply")
            .mayOnlyBeAccessedByLayers("runs", "what a person asks for", "the engine")
            .whereLayer("observe")
            .mayOnlyBeAccessedByLayers("apply", "runs", "what a person asks for", "the engine")
            .whereLayer("desk")
            .mayOnlyBeAccessedByLayers("observe", "apply", "runs", "what a person asks for", "the engine")
            .whereLayer("pair")
            .mayOnlyBeAccessedByLayers("desk", "observe", "apply", "runs", "what a person asks for", "the engine");

    private static Knowing only(String packages) {
        return new Knowing(packages);
    }

    /** What classes in some packages may know beside themselves and the JDK. */
    private record Knowing(String packages) {
        ArchRule mayKnow(String... others) {
            String[] known = Stream.concat(
                            Stream.of(packages, "java..", "javax..", "org.jspecify.."), Stream.of(others))
                    .toArray(String[]::new);
            return classes()
                    .that()
                    .resideInAPackage(packages)
                    .should()
                    .onlyDependOnClassesThat(resideInAnyPackage(known));
        }
    }
}
