package org.psasync.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;

class MemoryEventsTest {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    private final Random random = new Random(7);

    private String any(String... values) {
        return values[random.nextInt(values.length)];
    }

    /** The clock is set back now and then. */
    private Event event(int number) {
        boolean ofRun = random.nextBoolean();
        boolean ofRecord = random.nextInt(4) > 0;
        return new Event(
                number,
                START.plusSeconds(number + random.nextInt(20) - 10L),
                ofRun ? any("run-1", "run-2") : null,
                ofRun ? null : any("mia", "ursula"),
                random.nextBoolean() ? Event.Type.UPDATED_IN_PSA : Event.Type.NOTED,
                ofRecord ? AssetKind.CONTACT : null,
                ofRecord ? new PairId(0, random.nextInt(3)) : null,
                ofRecord ? new LocalId(any("1", "2")) : null,
                ofRecord ? new RemoteId(any("1", "2")) : null,
                List.of(),
                "");
    }

    private EventQuery query() {
        EventQuery query = EventQuery.ALL
                .after(random.nextInt(3) == 0 ? random.nextInt(200) : 0)
                .before(random.nextInt(3) == 0 ? random.nextInt(200) : Long.MAX_VALUE)
                .limit(1 + random.nextInt(50));
        query = random.nextBoolean() ? query : query.fromLatest();
        query = random.nextInt(3) > 0 ? query : query.ofRun(any("run-1", "run-2"));
        query = random.nextInt(3) > 0 ? query : query.ofPair(new PairId(0, random.nextInt(3)));
        query = random.nextInt(2) > 0 ? query : query.ofType(Event.Type.NOTED);
        query = random.nextInt(2) > 0 ? query : query.since(START.plusSeconds(random.nextInt(200)));
        query = random.nextInt(4) > 0 ? query : query.until(START.plusSeconds(random.nextInt(200)));
        query = random.nextInt(2) > 0 ? query : query.ofActor(any("mia", "ursula"));
        query = random.nextInt(2) > 0 ? query : query.onlyOutsideRuns();
        return random.nextInt(3) > 0
                ? query
                : query.ofRecords(Set.of(
                        LocalRef.of(AssetKind.CONTACT, any("1", "2")), RemoteRef.of(AssetKind.CONTACT, any("1", "2"))));
    }

    private static List<Event> expected(List<Event> all, EventQuery query) {
        List<Event> wanted = new ArrayList<>(all.stream().filter(query::wants).toList());
        if (query.latestFirst()) {
            Collections.reverse(wanted);
        }
        return wanted.stream().limit(query.limit()).toList();
    }

    @Test
    @DisplayName("RUN-6: whatever is asked, the indexes answer what looking through everything would")
    void answersAsWithoutIndexes() {
        MemoryEvents events = new MemoryEvents();
        List<Event> all = new ArrayList<>();
        for (int number = 1; number <= 200; number++) {
            Event event = event(number);
            events.add(event);
            all.add(event);
        }
        for (int forgotten = 0; forgotten < 150; forgotten += 50) {
            Instant before = START.plusSeconds(forgotten);
            events.forgetBefore(before);
            all.removeIf(event -> event.at().isBefore(before));
            for (int i = 0; i < 2000; i++) {
                EventQuery query = query();
                assertThat(events.of(query)).as("%s", query).isEqualTo(expected(all, query));
            }
        }
    }
}
