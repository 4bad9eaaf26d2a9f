package org.psasync.testkit.wrong;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.psasync.testkit.wrong.WrongEngine.Killer;

/** Runs the tests of a killer on an engine, and tells which failed. */
final class Trial {
    /** How long the random tests look for a failure, which is enough for these faults. */
    private static final Map<String, String> SHORT = Map.of("psasync.traces", "60", "psasync.model.length", "3");

    /** A fault that keeps a test going for ever is none to be tried. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final LauncherConfig QUIET = LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false)
            .build();

    private Trial() {}

    /**
     * What came of it.
     *
     * @param ran how many tests ran
     * @param failures the display names of those that failed, each with what it said
     */
    record Outcome(int ran, List<String> failures) {
        Outcome {
            failures = List.copyOf(failures);
        }
    }

    /** Runs the tests of the killer that name its rule on the engine with these classes in it. */
    static Outcome run(Killer killer, Map<String, byte[]> wrongClasses) {
        FutureTask<Outcome> trial = new FutureTask<>(() -> tried(killer, wrongClasses));
        Thread thread = new Thread(trial, "trial of " + killer);
        thread.setDaemon(true);
        thread.start();
        try {
            return trial.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw new AssertionError("The trial of " + killer + " failed", failure.getCause());
        } catch (TimeoutException endless) {
            throw new AssertionError("The trial of " + killer + " came to no end; take another fault", endless);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private static Outcome tried(Killer killer, Map<String, byte[]> wrongClasses) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        Properties properties = System.getProperties();
        Properties shortened = new Properties();
        shortened.putAll(properties);
        shortened.putAll(SHORT);
        Overlay overlay = new Overlay(wrongClasses);
        Listener listener = new Listener();
        try (LauncherSession session = LauncherFactory.openSession(QUIET)) {
            thread.setContextClassLoader(overlay);
            System.setProperties(shortened);
            session.getLauncher().execute(request(killer, overlay), listener);
        } catch (ClassNotFoundException e) {
            throw new AssertionError("There is no test class " + killer.className(), e);
        } finally {
            thread.setContextClassLoader(before);
            System.setProperties(properties);
        }
        return new Outcome(listener.ran, listener.failures);
    }

    private static LauncherDiscoveryRequest request(Killer killer, ClassLoader overlay) throws ClassNotFoundException {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Class.forName(killer.className(), false, overlay)))
                .filters(naming(killer.rule()))
                .enableImplicitConfigurationParameters(false)
                .configurationParameter("jqwik.database", database())
                .configurationParameter("jqwik.shrinking.default", "OFF")
                .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                .build();
    }

    /** What fails here must not be remembered as a failure of the engine as it is. */
    private static String database() {
        return Path.of(System.getProperty("java.io.tmpdir"), "psasync-wrong-engines-jqwik")
                .toString();
    }

    private static PostDiscoveryFilter naming(String rule) {
        Pattern named = Pattern.compile("(?<![A-Z0-9-])" + Pattern.quote(rule) + "(?![0-9-])");
        return test -> FilterResult.includedIf(
                !isMethod(test) || named.matcher(test.getDisplayName()).find());
    }

    private static boolean isMethod(TestDescriptor test) {
        return test.getSource().filter(MethodSource.class::isInstance).isPresent();
    }

    private static final class Listener implements TestExecutionListener {
        private final List<String> failures = new ArrayList<>();
        private int ran;

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                ran++;
            }
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                failures.add(test.getDisplayName() + ": "
                        + result.getThrowable().map(Throwable::toString).orElse(""));
            }
        }
    }
}
