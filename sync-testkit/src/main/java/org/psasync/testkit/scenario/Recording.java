package org.psasync.testkit.scenario;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.model.AssetKind;
import org.psasync.store.Event;

/**
 * Turns events of the log, such as those of a record that went wrong in production, into a scenario that does the same
 * again: the source of a JUnit test.
 *
 * <pre>{@code
 * List<Event> events = engine.events(record);
 * String source = Recording.of(events).test("com.example.sync", "LostNotesTest");
 * }</pre>
 *
 * <p>Values are redacted: the same invented one for the same real one; what a policy looks at stays, such as types, statuses
 * and dates. Reasons and ids are left out. The test expects what the log says: change that to what should have been. What
 * the log does not tell is not in it: settings, and the values of records before their first event. Events that have no
 * step in a scenario are comments, with the rules that they name.
 *
 * <p>Immutable.
 */
public final class Recording {
    private static final Pattern RULE = Pattern.compile("\\b[A-Z]+(?:-[A-Z]+)?-\\d+\\b");

    private final List<Event> events;

    private Recording(List<Event> events) {
        this.events = List.copyOf(events);
    }

    /** Takes events, oldest first, as {@code SyncEngine.events} returns them; those of other integrations must not be among them. */
    public static Recording of(List<Event> events) {
        return new Recording(events);
    }

    /**
     * Returns the source of a test that plays the events on {@link FakePsaBench}.
     *
     * @param packageName of the class; empty for none
     * @param className of the class
     */
    public String test(String packageName, String className) {
        return new Writer(requireNonNull(packageName, "packageName"), requireNonNull(className, "className")).test();
    }

    /** What the trace knows of one record. */
    private static final class Subject {
        final AssetKind kind;
        final String name;
        boolean told;

        Subject(AssetKind kind, String name) {
            this.kind = kind;
            this.name = name;
        }
    }

    /** Writes one test. */
    private final class Writer {
        private final String packageName;
        private final String className;
        private final Redaction redaction = new Redaction();
        private final Map<Object, Subject> subjects = new LinkedHashMap<>();
        private final Map<AssetKind, Integer> counts = new LinkedHashMap<>();
        private final List<String> given = new ArrayList<>();
        private final List<String> story = new ArrayList<>();
        private final Set<String> localWins = new TreeSet<>();
        private @Nullable Subject organization;

        Writer(String packageName, String className) {
            this.packageName = packageName;
            this.className = className;
        }

        String test() {
            List<Trace.Group> groups = Trace.groups(events);
            for (Trace.Group group : groups) {
                group.records().forEach((record, own) -> begin(record, own));
            }
            Instant before = null;
            for (Trace.Group group : groups) {
                if (before != null && group.at().isAfter(before)) {
                    story.add("s.later(Duration.parse(\"" + Duration.between(before, group.at()) + "\"));");
                }
                before = group.at();
                play(group);
            }
            return source();
        }

        /** A record that the log does not see being made was there before. */
        private void begin(Object record, List<Event> own) {
            Event first = own.get(0);
            AssetKind kind = requireNonNull(first.kind());
            if (kind == AssetKind.TICKET || subjects.containsKey(record)) {
                return;
            }
            Subject subject = new Subject(kind, Wording.kind(kind) + counts.merge(kind, 1, Integer::sum));
            subjects.put(record, subject);
            if (Trace.creation(own) == null) {
                given.add(made(subject, "inPsa", Trace.valuesBefore(events, record)));
            }
        }

        private String made(Subject subject, String how, List<Event.Change> values) {
            subject.told = true;
            if (subject.kind == AssetKind.ORGANIZATION && organization == null) {
                organization = subject;
            }
            String number = subject.name.replaceAll("\\D", "");
            StringBuilder record = new StringBuilder(Wording.kind(subject.kind)).append('(');
            record.append(title(subject.kind, number, values)).append(')');
            if (subject.kind != AssetKind.ORGANIZATION) {
                record.append(".of(").append(owner().name).append(')');
            }
            for (Event.Change value : values) {
                String word = Trace.isTitle(value.field()) ? null : redaction.source(value.field(), value.after());
                if (word != null && !word.equals("null") && !value.field().isCustom()) {
                    record.append(".with(")
                            .append(Redaction.constant(value.field()))
                            .append(", ")
                            .append(word)
                            .append(')');
                }
            }
            return "Item " + subject.name + " = s." + how + "(" + record + ");";
        }

        private String title(AssetKind kind, String number, List<Event.Change> values) {
            List<String> titles = new ArrayList<>();
            for (Event.Change value : values) {
                if (Trace.isTitle(value.field()) && value.after() != null) {
                    titles.add(redaction.source(value.field(), value.after()));
                }
            }
            String made = "\"" + Wording.kind(kind) + " " + number + "\"";
            if (kind != AssetKind.CONTACT) {
                return titles.isEmpty() ? made : titles.get(0);
            }
            return (titles.isEmpty() ? made : titles.get(0)) + ", " + (titles.size() < 2 ? "null" : titles.get(1));
        }

        /** Records belong to the first organization, whichever it was: a log seldom tells. */
        private Subject owner() {
            if (organization == null) {
                organization = new Subject(AssetKind.ORGANIZATION, "organization");
                given.add(0, "Item organization = s.inPsa(organization(\"Organization\"));");
            }
            return organization;
        }

        private void play(Trace.Group group) {
            List<String> expectations = new ArrayList<>();
            List<String> last = new ArrayList<>();
            group.records().forEach((record, own) -> {
                Subject subject = subjects.get(record);
                if (subject == null) {
                    own.forEach(this::comment);
                } else {
                    play(group, subject, own, last);
                    expect(subject, own, expectations);
                }
            });
            story.addAll(last);
            if (group.isRun()) {
                story.add("s.run();");
            }
            story.addAll(expectations);
        }

        private void play(Trace.Group group, Subject subject, List<Event> own, List<String> last) {
            for (Event event : own) {
                switch (event.type()) {
                    case CREATED_LOCALLY -> create(subject, "inPsa", event);
                    case CREATED_IN_PSA -> create(subject, group.isRun() ? "inHost" : "userCreates", event);
                    case OVERWRITTEN -> event.changes().forEach(change -> lose(subject, own, change));
                    case UPDATED_LOCALLY ->
                        event.changes().forEach(change -> step(subject, "psaChanges", change, change.after(), story));
                    case UPDATED_IN_PSA -> save(group, subject, event, last);
                    default -> comment(event);
                }
            }
        }

        private void create(Subject subject, String how, Event event) {
            if (!subject.told) {
                story.add(made(subject, how, event.changes()));
            }
        }

        /** The value that lost was on the other side. */
        private void lose(Subject subject, List<Event> own, Event.Change change) {
            boolean psaLost = own.stream()
                    .filter(event -> event.type() == Event.Type.UPDATED_IN_PSA)
                    .anyMatch(event -> event.changes().stream()
                            .anyMatch(sent -> sent.field().equals(change.field())));
            if (psaLost && !change.field().isCustom()) {
                localWins.add(Redaction.constant(change.field()));
            }
            step(subject, psaLost ? "psaChanges" : "userSavesUnheard", change, change.before(), story);
        }

        /** A save is heard with its last field, so that the fields go together. */
        private void save(Trace.Group group, Subject subject, Event event, List<String> last) {
            List<Event.Change> changes = event.changes();
            for (int i = 0; i < changes.size(); i++) {
                boolean heard = !group.isRun() && i == changes.size() - 1;
                Event.Change change = changes.get(i);
                step(subject, heard ? "userSaves" : "userSavesUnheard", change, change.after(), last);
            }
        }

        private void step(
                Subject subject, String what, Event.Change change, @Nullable Object value, List<String> steps) {
            String word = redaction.source(change.field(), value);
            if (word == null || change.field().isCustom()) {
                steps.add("// " + subject.name + ": " + change.field() + " changed");
            } else {
                steps.add("s." + what + "(" + subject.name + ", " + Redaction.constant(change.field()) + ", " + word
                        + ");");
            }
        }

        private void expect(Subject subject, List<Event> own, List<String> expectations) {
            StringBuilder expected = new StringBuilder();
            for (Event event : own) {
                boolean update =
                        event.type() == Event.Type.UPDATED_LOCALLY || event.type() == Event.Type.UPDATED_IN_PSA;
                boolean loss = event.type() == Event.Type.OVERWRITTEN;
                if (Trace.isCreation(event)) {
                    expected.append(".isLinked()");
                }
                for (Event.Change change : update || loss ? event.changes() : List.<Event.Change>of()) {
                    String word = redaction.source(change.field(), loss ? change.before() : change.after());
                    if (word != null && !change.field().isCustom()) {
                        expected.append(loss ? ".hasLost(" : ".both(")
                                .append(Redaction.constant(change.field()))
                                .append(", ")
                                .append(word)
                                .append(')');
                    }
                }
            }
            if (!expected.isEmpty()) {
                expectations.add("s.expect(" + subject.name + ")" + expected + ";");
            }
        }

        private void comment(Event event) {
            Set<String> rules = new TreeSet<>();
            Matcher rule = RULE.matcher(event.reason());
            while (rule.find()) {
                rules.add(rule.group());
            }
            Subject subject = subjects.get(Trace.record(event));
            String about = subject == null ? Wording.lower(requireNonNull(event.kind())) : subject.name;
            story.add("// " + about + ": " + Wording.lower(event.type())
                    + (rules.isEmpty() ? "" : " (" + String.join(", ", rules) + ")"));
        }

        private String source() {
            StringBuilder body = new StringBuilder();
            given.forEach(line -> body.append("            ").append(line).append('\n'));
            body.append("            s.settings(settings -> settings.organizations(o -> o.allTypes().allStatuses())\n")
                    .append("                    .configurations(c -> c.allTypes().allStatuses())\n")
                    .append("                    .contacts(true)\n")
                    .append("                    .locations(true));\n");
            for (String field : localWins) {
                body.append("            s.settings(settings -> settings.conflicts(")
                        .append(field)
                        .append(", ConflictPolicy.LOCAL_WINS));\n");
            }
            body.append("            s.twoWay();\n");
            story.forEach(line -> body.append("            ").append(line).append('\n'));
            return (packageName.isEmpty() ? "" : "package " + packageName + ";\n\n")
                    + imports(body.toString())
                    + "\n/** Plays what the event log tells, with invented values. */\nclass " + className + " {\n"
                    + "    @Test\n    void playsTheRecording() {\n        try (Scenario s = Scenario.onFakePsa()) {\n"
                    + body + "        }\n    }\n}\n";
        }

        private String imports(String body) {
            Set<String> names = new TreeSet<>(Set.of("org.junit.jupiter.api.Test", Scenario.class.getName()));
            Map<String, String> known = new LinkedHashMap<>();
            known.put("Duration", "java.time.Duration");
            known.put("List", "java.util.List");
            known.put("ConflictPolicy", ConflictPolicy.class.getCanonicalName());
            known.put("Item", Item.class.getName());
            for (AssetKind kind : AssetKind.values()) {
                known.put(Redaction.holder(kind), "org.psasync.model." + Redaction.holder(kind));
            }
            known.forEach((name, whole) -> {
                if (Pattern.compile("\\b" + name + "\\b[ .]").matcher(body).find()) {
                    names.add(whole);
                }
            });
            StringBuilder imports = new StringBuilder();
            for (AssetKind kind : AssetKind.values()) {
                if (body.contains("(" + Wording.kind(kind) + "(")) {
                    imports.append("import static ")
                            .append(NewRecord.class.getName())
                            .append('.')
                            .append(Wording.kind(kind))
                            .append(";\n");
                }
            }
            imports.append(imports.isEmpty() ? "" : "\n");
            names.forEach(name -> imports.append("import ").append(name).append(";\n"));
            return imports.toString();
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Recording that && events.equals(that.events);
    }

    @Override
    public int hashCode() {
        return Objects.hash(events);
    }
}
