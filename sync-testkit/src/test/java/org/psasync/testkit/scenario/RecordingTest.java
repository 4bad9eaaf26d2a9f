package org.psasync.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.ConfigurationFields.NOTES;
import static org.psasync.model.ConfigurationFields.SERIAL_NUMBER;
import static org.psasync.testkit.scenario.NewRecord.configuration;
import static org.psasync.testkit.scenario.NewRecord.contact;
import static org.psasync.testkit.scenario.NewRecord.organization;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.model.AssetKind;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.Fields;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;

/** What is recorded compiles, does the same again, and holds none of the real values. */
class RecordingTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("A trace of pulls, pushes, creates and a conflict is a test that compiles and passes")
    void playsAgain() throws Exception {
        List<Event> events;
        try (Scenario s = Scenario.onFakePsa()) {
            Item acme = s.inPsa(organization("Acme Secret Labs"));
            Item server = s.inPsa(configuration("SRV-SECRET")
                    .of(acme)
                    .with(NOTES, "old secret")
                    .with(SERIAL_NUMBER, "S-SECRET"));
            s.customersAndServers().twoWay();
            s.psaChanges(server, NOTES, "new secret").later(Duration.ofHours(1)).run();
            s.userSaves(server, Map.of(SERIAL_NUMBER, "S2-SECRET"));
            s.userSavesUnheard(server, NOTES, "ours secret");
            s.psaChanges(server, NOTES, "theirs \"secret\" \\ line\ntwo")
                    .later(Duration.ofHours(2))
                    .run();
            s.userCreates(contact("Ada", "Secretson").of(acme).with(ContactFields.EMAILS, "ada@secret.example"));
            events = s.engine().events(EventQuery.ALL);
        }

        String source = Recording.of(events).test("recorded", "SecretTest");

        assertThat(source)
                .contains("s.psaChanges(configuration1, ConfigurationFields.NOTES, ")
                .contains("s.userSaves(configuration1, ConfigurationFields.SERIAL_NUMBER, ")
                .contains(".hasLost(ConfigurationFields.NOTES, ")
                .contains("Item contact1 = s.userCreates(contact(");
        assertThat(source.replace("SecretTest", "").toLowerCase(Locale.ROOT))
                .as("real values")
                .doesNotContain("secret", "ada", "srv");
        run(source);
    }

    @Test
    @DisplayName("What began before the trace is there, with the values before its first change")
    void beginsInTheMiddle() throws Exception {
        List<Event> events = new ArrayList<>();
        try (Scenario s = Scenario.onFakePsa()) {
            Item acme = s.inPsa(organization("Acme"));
            Item server = s.inPsa(configuration("SRV-1").of(acme).with(NOTES, "old"));
            s.customersAndServers().twoWay();
            long before = s.engine().events(EventQuery.ALL).stream()
                    .mapToLong(Event::number)
                    .max()
                    .orElse(0);
            s.psaChanges(server, NOTES, "new").later(Duration.ofHours(1)).run();
            s.userDeletes(server).later(Duration.ofHours(1)).run();
            s.engine().events(EventQuery.ALL).stream()
                    .filter(event -> event.number() > before)
                    .forEach(events::add);
        }

        String source = Recording.of(events).test("", "MiddleTest");

        assertThat(source)
                .contains("Item configuration1 = s.inPsa(configuration(\"configuration 1\").of(organization)"
                        + ".with(ConfigurationFields.NOTES, \"notes 1\"));")
                .contains("s.psaChanges(configuration1, ConfigurationFields.NOTES, \"notes 2\");")
                .contains("// configuration1: ");
        run(source);
    }

    @Test
    @DisplayName("Where the host won a conflict, so does the test")
    void knowsWhoWon() throws Exception {
        List<Event> events;
        try (Scenario s = Scenario.onFakePsa()) {
            Item acme = s.inPsa(organization("Acme"));
            Item server = s.inPsa(configuration("SRV-1").of(acme).with(NOTES, "old"));
            s.customersAndServers().twoWay();
            s.settings(settings -> settings.conflicts(NOTES, ConflictPolicy.LOCAL_WINS));
            s.psaChanges(server, NOTES, "theirs");
            s.userSaves(server, NOTES, "ours");
            events = s.engine().events(EventQuery.ALL);
        }

        String source = Recording.of(events).test("", "LocalTest");

        assertThat(source)
                .contains("settings.conflicts(ConfigurationFields.NOTES, ConflictPolicy.LOCAL_WINS)")
                .contains("s.psaChanges(configuration1, ConfigurationFields.NOTES, ")
                .contains("s.userSaves(configuration1, ConfigurationFields.NOTES, ")
                .contains(".hasLost(ConfigurationFields.NOTES, ");
        run(source);
    }

    @Test
    @DisplayName("Nothing is a test too")
    void takesAnEmptyTrace() throws Exception {
        run(Recording.of(List.of()).test("", "EmptyTest"));
    }

    @Test
    @DisplayName("Each known field is named by its constant")
    void namesFields() throws Exception {
        for (AssetKind kind : AssetKind.values()) {
            for (Field<?> field : Fields.of(kind)) {
                String[] constant = Redaction.constant(field).split("\\.", -1);
                assertThat(Class.forName("org.psasync.model." + constant[0])
                                .getField(constant[1])
                                .get(null))
                        .isEqualTo(field);
            }
        }
    }

    /** Compiles a test and calls its method. */
    private void run(String source) throws Exception {
        String name = source.replaceAll("(?s).*\\nclass (\\w+) .*", "$1");
        Path file = folder.resolve(name + ".java");
        Files.writeString(file, source);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, said, "-cp", classPath(), "-proc:none", "-d", folder.toString(), file.toString());
        assertThat(result).as("%s%n%s", source, said).isZero();
        boolean packaged = source.startsWith("package");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, RecordingTest.class.getClassLoader())) {
            Class<?> test = loader.loadClass((packaged ? "recorded." : "") + name);
            var constructor = test.getDeclaredConstructor();
            constructor.setAccessible(true);
            var method = test.getDeclaredMethod("playsTheRecording");
            method.setAccessible(true);
            method.invoke(constructor.newInstance());
        } catch (InvocationTargetException failure) {
            throw new AssertionError(source, failure.getCause());
        }
    }

    /** Where the classes that a test needs come from, however this test was started. */
    private static String classPath() throws Exception {
        List<String> places = new ArrayList<>();
        for (Class<?> needed :
                List.of(Scenario.class, Event.class, Field.class, Test.class, Nullable.class, Test.class)) {
            places.add(Path.of(needed.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return String.join(File.pathSeparator, places);
    }
}
