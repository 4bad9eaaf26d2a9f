package org.psasync.examples.host;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.psasync.engine.Actor;
import org.psasync.engine.EventListener;
import org.psasync.engine.SyncEngine;
import org.psasync.model.AssetKind;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;

/** The event log. */
final class LogPage {
    private final SyncEngine engine;

    LogPage(SyncEngine engine) {
        this.engine = engine;
    }

    // guide: log
    List<Event> latest() {
        return engine.events(EventQuery.ALL.fromLatest().limit(100));
    }

    List<Event> earlier(List<Event> page) {
        long last = page.get(page.size() - 1).number();
        return engine.events(EventQuery.ALL.fromLatest().before(last).limit(100));
    }

    List<Event> overwritten(AssetKind kind, Instant since, Instant until) {
        return engine.events(EventQuery.ALL
                .ofKind(kind)
                .ofType(Event.Type.OVERWRITTEN)
                .since(since)
                .until(until)
                .fromLatest()
                .limit(100));
    }

    List<Event> ofRun(String run) {
        return engine.events(EventQuery.ALL.ofRun(run)); // the oldest first: as it went
    }
    // guide: end

    // guide: subscribe
    EventListener follow(Consumer<String> screen) {
        EventListener listener = (integration, event) -> screen.accept(event.type() + " " + event.reason());
        engine.subscribe(listener);
        return listener; // for unsubscribe, when the screen closes
    }
    // guide: end

    // guide: retention
    void keepAQuarter(Actor person) {
        engine.as(person).configure(settings -> settings.keepEvents(Duration.ofDays(90)));
    }
    // guide: end
}
