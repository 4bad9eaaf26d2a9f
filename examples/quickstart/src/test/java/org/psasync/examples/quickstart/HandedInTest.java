package org.psasync.examples.quickstart;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.regex.Pattern;
import org.psasync.engine.SyncEngineBuilder;
import org.psasync.engine.schedule.SyncSchedulerBuilder;
import org.psasync.spi.ConnectorConfig;
import org.psasync.testkit.autotask.FakeAutotaskBuilder;
import org.psasync.testkit.connectwise.FakeConnectWiseBuilder;
import org.psasync.testkit.pulseway.FakePulsewayBuilder;

/** Libraries reach for no clock, no chance and no thread: what they need of them is handed in. */
@AnalyzeClasses(packages = "org.psasync", importOptions = DoNotIncludeTests.class)
class HandedInTest {
    private static final DescribedPredicate<JavaClass> PROGRAMS = resideInAnyPackage(
                    "org.psasync.examples..",
                    "org.psasync.benchmarks..",
                    "org.psasync.testkit.contract..",
                    // Nodes share real time, on threads of the factory that a host hands in.
                    "org.psasync.cluster..")
            .or(new DescribedPredicate<>("the command line of a fake, or one that answers late") {
                @Override
                public boolean test(JavaClass type) {
                    return type.getFullName().startsWith("org.psasync.testkit.connectwise.Command")
                            || type.getFullName().equals("org.psasync.testkit.autotask.Gate");
                }
            });

    /** Where the defaults stand that a caller can replace. */
    private static final DescribedPredicate<JavaClass> DEFAULTS = belongToAnyOf(
            SyncEngineBuilder.class,
            SyncSchedulerBuilder.class,
            ConnectorConfig.Builder.class,
            ConnectorConfig.Pause.class,
            FakeConnectWiseBuilder.class,
            FakePulsewayBuilder.class,
            FakeAutotaskBuilder.class);

    @ArchTest
    static final ArchRule timeIsHandedIn = noLibraryUses(
            "a clock",
            "java\\.time\\.(\\w+\\.now|InstantSource\\.system|Clock\\.system\\w*)"
                    + "|java\\.lang\\.System\\.(currentTimeMillis|nanoTime)"
                    + "|java\\.util\\.(Date|GregorianCalendar)\\.<init>|java\\.util\\.Calendar\\.getInstance");

    @ArchTest
    static final ArchRule chanceIsHandedIn = noLibraryUses(
            "chance",
            "java\\.lang\\.Math\\.random|java\\.util\\.UUID\\.randomUUID"
                    + "|java\\.util\\.random\\.\\w+\\.(getDefault|of)"
                    + "|java\\.util\\.concurrent\\.ThreadLocalRandom\\.current"
                    + "|java\\.util\\.Collections\\.shuffle");

    @ArchTest
    static final ArchRule waitingIsHandedIn = noLibraryUses(
            "a wait",
            "java\\.lang\\.Thread\\.sleep|java\\.util\\.concurrent\\.TimeUnit\\.sleep"
                    + "|java\\.util\\.concurrent\\.locks\\.LockSupport\\.park\\w*");

    @ArchTest
    static final ArchRule threadsAreHandedIn = noLibraryUses(
            "a thread",
            "java\\.lang\\.Thread\\.(<init>|start)|java\\.util\\.Timer\\.<init>"
                    + "|java\\.util\\.concurrent\\.Executors\\.new\\w+"
                    + "|java\\.util\\.concurrent\\.\\w*(ThreadPoolExecutor|ForkJoinPool)\\.(<init>|commonPool)"
                    + "|java\\.util\\.concurrent\\.CompletableFuture\\.(\\w+Async|delayedExecutor)"
                    + "|.*\\.(parallelStream|parallel)");

    private static ArchRule noLibraryUses(String what, String targets) {
        return noClasses()
                .that(not(PROGRAMS))
                .and(not(DEFAULTS))
                .should()
                .accessTargetWhere(target(what, Pattern.compile(targets)))
                .because(what + " is handed in");
    }

    private static DescribedPredicate<JavaAccess<?>> target(String what, Pattern pattern) {
        return new DescribedPredicate<>("it is " + what) {
            @Override
            public boolean test(JavaAccess<?> access) {
                String name = access.getTarget().getOwner().getFullName() + "."
                        + access.getTarget().getName();
                return pattern.matcher(name).matches();
            }
        };
    }
}
