package org.psasync.testkit.scenario;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetRef;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;

/** What happened in a scenario so far, line by line: what was done in it, what the engine did about it, what failed. */
final class Story {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private final Function<AssetRef, @Nullable String> names;
    private final List<String> lines = new ArrayList<>();

    Story(InstantSource clock, Function<AssetRef, @Nullable String> names) {
        this.clock = clock;
        this.names = names;
    }

    /** Something that the scenario does. */
    synchronized void told(String what) {
        lines.add(TIME.format(clock.instant()) + "  " + what);
    }

    /** Something that came of it. */
    synchronized void followed(String what) {
        lines.add("                  " + what);
    }

    /** Something that the engine did, as its event log has it. */
    void happened(Event event) {
        boolean aboutRuns = event.type() == Event.Type.RUN_STARTED || event.type() == Event.Type.RUN_ENDED;
        if (!aboutRuns) {
            StringBuilder text = new StringBuilder("engine: " + Wording.lower(event.type()));
            String record = record(event);
            text.append(record.isEmpty() ? "" : ", " + record);
            for (Event.Change change : event.changes()) {
                text.append(", ").append(change.field()).append(' ');
                text.append(Wording.shown(change.before())).append(" -> ").append(Wording.shown(change.after()));
            }
            followed(text + (event.reason().isEmpty() ? "" : " (" + event.reason() + ")"));
        }
    }

    private String record(Event event) {
        if (event.kind() == null) {
            return "";
        }
        AssetRef local = event.local() == null ? null : new LocalRef(event.kind(), event.local());
        AssetRef remote = event.remote() == null ? null : new RemoteRef(event.kind(), event.remote());
        String name = local == null ? null : names.apply(local);
        if (name == null && remote != null) {
            name = names.apply(remote);
        }
        return name != null ? name : local != null ? local.toString() : remote != null ? remote.toString() : "";
    }

    /** Returns all of it, a line each. */
    synchronized String text() {
        return String.join("\n", lines);
    }
}
