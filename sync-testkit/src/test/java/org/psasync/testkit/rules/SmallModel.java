package org.psasync.testkit.rules;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.ConfigurationFields.NOTES;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.psasync.engine.Disposition;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.PsaConnector;
import org.psasync.store.Event;
import org.psasync.store.Pair;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** One linked pair with one field of three values, and what a few steps made of it. */
final class SmallModel {
    private static final List<String> VALUES = List.of("a", "b", "c");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    private static final Pattern COUNTED = Pattern.compile("(version|revision)=\\d+");
    private static final Pattern VALUE = Pattern.compile("(?<=(notes|written|replaced|wrote)=)[abc]");

    /** What can happen; each takes three minutes. */
    enum Step {
        /** A person saves the next of the values in the host; the engine hears of it later. */
        LOCAL_SAVE,
        /** A person changes the record in the PSA to the next of the values. */
        PSA_EDIT,
        RUN,
        /** The host tells of the last save. */
        PUSH,
        PUSH_WITH_LOST_ANSWER,
        /** A run fetches a page, somebody pushes, and the page is stored after that. */
        PAGE_STORED_AFTER_A_PUSH,
        /** A person saves again what the sides last agreed on; the engine hears of it later. */
        REVERT,
        /** The process dies in a push, when the PSA has written and nothing of it is stored. */
        CRASH
    }

    /** Something that a person wrote: it must not get lost. */
    private record Written(String value, int eventsBefore) {}

    private final Stage stage = new Stage();
    private final RemoteRef server;
    private final LocalRef local;
    private final List<Step> by;
    private Written saved;
    private Written edited;

    SmallModel(List<Step> by) {
        this.by = by;
        server = stage.server(stage.company("Acme"), "SRV-1");
        stage.psaEdits(server, NOTES, VALUES.get(0));
        stage.twoWay().engine.run();
        local = stage.localOf(server);
        stage.later(Duration.ofMinutes(5));
        by.forEach(this::take);
    }

    private void take(Step step) {
        stage.later(Duration.ofMinutes(3));
        String before = stage.inHost(local, NOTES);
        doIt(step);
        boolean pulled = step != Step.LOCAL_SAVE && step != Step.REVERT && !before.equals(stage.inHost(local, NOTES));
        assertThat(!pulled || stage.inHost(local, NOTES).equals(stage.inPsa(server, NOTES)))
                .as("MERGE-8: what is pulled is what the PSA holds, after %s", by)
                .isTrue();
    }

    private void doIt(Step step) {
        switch (step) {
            case LOCAL_SAVE -> save(after(stage.inHost(local, NOTES)));
            case PSA_EDIT -> {
                String value = after(stage.inPsa(server, NOTES));
                edited = new Written(value, events().size());
                stage.psaEdits(server, NOTES, value);
            }
            case RUN -> stage.engine.run();
            case PUSH -> stage.engine.saved(local);
            case PUSH_WITH_LOST_ANSWER -> {
                stage.psa.faults().next(Fault.answerLost().on(Operation.UPDATE));
                stage.engine.saved(local);
                stage.psa.faults().clear();
            }
            case PAGE_STORED_AFTER_A_PUSH -> runDuringWhichSomebodyPushes();
            case REVERT -> save(agreed());
            case CRASH -> pushAndDie();
        }
    }

    private static String after(String value) {
        return VALUES.get((VALUES.indexOf(value) + 1) % VALUES.size());
    }

    private String agreed() {
        return requireNonNull(pair().base()).local().get(NOTES);
    }

    private Pair pair() {
        return stage.state().byLocal(local).orElseThrow();
    }

    private void save(String value) {
        saved = new Written(value, events().size());
        stage.edits(local, NOTES, value, Origin.USER);
    }

    private void runDuringWhichSomebodyPushes() {
        PsaConnector slow = Between.with(stage.psa, (method, arguments, call) -> {
            Object answer = call.call(arguments);
            if (method.equals("changes") && arguments[0] == AssetKind.CONFIGURATION) {
                stage.later(Duration.ofSeconds(1));
                stage.engine.saved(local);
                stage.later(Duration.ofSeconds(1));
            }
            return method.equals("forPushes") ? stage.psa : answer;
        });
        stage.newEngine(slow).run();
    }

    private void pushAndDie() {
        Mortal process = new Mortal();
        PsaConnector deadly = Between.with(stage.psa, (method, arguments, call) -> {
            Object answer = call.call(arguments);
            if (method.equals("update")) {
                throw process.die();
            }
            return answer;
        });
        PsaConnector pushing = Between.with(
                stage.psa, (method, arguments, call) -> method.equals("forPushes") ? deadly : call.call(arguments));
        try {
            stage.newEngine(pushing, process.memory(stage.state())).saved(local);
        } catch (Mortal.Died asWanted) {
            // the next engine finds what is left
        }
        stage.engine = stage.newEngine();
    }

    // States ---------------------------------------------------------------------------------------------------------

    /**
     * Returns all that decides how it goes on: what both sides hold, what is remembered, and which of the values written last
     * the event log names already. Of past times only the order counts, of coming ones how far they are; of values, how many
     * steps they are from the one last agreed on.
     */
    String state() {
        Asset asset = stage.host.get(local).orElseThrow();
        boolean unheard = Long.parseLong(stage.state().progress().feedMark())
                < Long.parseLong(asset.revision().token());
        boolean claimed = !by.isEmpty() && by.get(by.size() - 1) == Step.CRASH;
        String text = String.join(
                "\n",
                pair().toString(),
                asset.toString(),
                stage.psa.get(server).orElseThrow().toString(),
                stage.state().progress().kind(AssetKind.CONFIGURATION).cursor().toString(),
                "unheard " + unheard + ", claimed " + claimed,
                describe(saved),
                describe(edited));
        return rotated(timeless(COUNTED.matcher(text).replaceAll("")));
    }

    private String describe(Written written) {
        return written == null ? "nothing" : "wrote=" + written.value() + (isNamed(written) ? " named" : " not named");
    }

    private String timeless(String text) {
        Instant now = stage.clock.instant();
        List<String> order = new ArrayList<>(new TreeSet<>(
                TIME.matcher(text).results().map(MatchResult::group).toList()));
        return TIME.matcher(text).replaceAll(found -> {
            Instant at = Instant.parse(found.group());
            return at.isAfter(now) ? "in " + Duration.between(now, at) : "#" + order.indexOf(found.group());
        });
    }

    private String rotated(String text) {
        int first = VALUES.indexOf(agreed());
        return VALUE.matcher(text)
                .replaceAll(found -> "+" + Math.floorMod(VALUES.indexOf(found.group()) - first, VALUES.size()));
    }

    // The end --------------------------------------------------------------------------------------------------------

    /** Nobody does anything any more. */
    void settle() {
        for (int i = 0; i < 4; i++) {
            stage.later(Duration.ofMinutes(10));
            stage.engine.run();
        }
    }

    /** Which of the three values the sides last agreed on. */
    int agreedOn() {
        return VALUES.indexOf(agreed());
    }

    void check() {
        assertThat(stage.inHost(local, NOTES)).as("both sides after %s", by).isEqualTo(stage.inPsa(server, NOTES));
        assertThat(stage.engine.explain(local).disposition()).as("after %s", by).isEqualTo(Disposition.IN_SYNC);
        for (Written written : Arrays.asList(saved, edited)) {
            if (written != null) {
                assertThat(written.value().equals(stage.inHost(local, NOTES)) || isNamed(written))
                        .as("%s after %s ended as %s; log:\n%s", written, by, stage.inHost(local, NOTES), log())
                        .isTrue();
            }
        }
    }

    private boolean isNamed(Written written) {
        List<Event> events = events();
        return events.subList(written.eventsBefore(), events.size()).stream()
                .flatMap(event -> event.changes().stream())
                .anyMatch(change -> written.value().equals(change.before())
                        || written.value().equals(change.after()));
    }

    private List<Event> events() {
        List<Event> events = new ArrayList<>(stage.engine.events(local));
        Collections.reverse(events);
        return events;
    }

    private String log() {
        return events().stream()
                .map(event -> event.at() + " " + event.type() + " " + event.changes())
                .collect(Collectors.joining("\n"));
    }
}
