package org.psasync.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.testkit.Samples.organization;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.KindDescriptor.Reading;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;

/** Edits come between any two pages; a reader that keeps what it read last must end up with what the PSA holds. */
class FakePsaDeltaPropertyTest {
    private enum Act {
        PUT,
        EDIT,
        PAGE,
        WAIT,
        ODD_PAGE
    }

    /** What happens next; {@code choice} picks the record, the fault or the time. */
    private record Step(Act act, int choice) {}

    @Property(tries = 1500)
    @Label("C4.1-C4.3: whatever changes between pages, reading to the end shows every record as it is")
    void readingOnShowsEveryChange(
            @ForAll("steps") @Size(max = 60) List<Step> steps,
            @ForAll("readings") Reading reading,
            @ForAll @IntRange(min = 1, max = 4) int limit,
            @ForAll @IntRange(max = 3) int delaySeconds) {
        Bench bench = new Bench(reading, limit, Duration.ofSeconds(delaySeconds));
        steps.forEach(bench::act);
        bench.finish();
        assertThat(bench.read).isEqualTo(bench.held());
    }

    @Property(tries = 500)
    @Label("C4.1: a reading that dies after any page and goes on from an older cursor misses nothing")
    void goingOnFromAnOlderCursorMissesNothing(
            @ForAll("steps") @Size(max = 60) List<Step> steps,
            @ForAll("readings") Reading reading,
            @ForAll @IntRange(max = 59) int savedAt) {
        Bench bench = new Bench(reading, 2, Duration.ZERO);
        RemoteCursor saved = bench.cursor;
        for (int i = 0; i < steps.size(); i++) {
            saved = i == savedAt ? bench.cursor : saved;
            bench.act(steps.get(i));
        }
        bench.cursor = saved;
        bench.finish();
        assertThat(bench.read).isEqualTo(bench.held());
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Act.class), Arbitraries.integers().between(0, 5))
                .as(Step::new)
                .list();
    }

    @Provide
    Arbitrary<Reading> readings() {
        return Arbitraries.of(Reading.DELTA, Reading.FULL_LIST, Reading.LIST_PER_PARENT);
    }

    /** A PSA, one reader of it, and what the reader saw last of each record. */
    private static final class Bench {
        private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
        private final FakePsa psa;
        private final int limit;
        private final Duration delay;
        private final RemoteRef parent;
        private final ReadScope scope;
        private final List<RemoteRef> records = new ArrayList<>();
        private final Map<RemoteId, FieldValues> read = new HashMap<>();
        private RemoteCursor cursor = RemoteCursor.start();
        private int edits;

        Bench(Reading reading, int limit, Duration delay) {
            this.limit = limit;
            this.delay = delay;
            this.psa = FakePsa.builder(clock)
                    .kind(LOCATION, kind -> kind.reading(reading).visibilityDelay(delay))
                    .build();
            this.parent = psa.put(organization("Acme"));
            this.scope = ReadScope.below(List.of(parent.id()));
        }

        void act(Step step) {
            switch (step.act) {
                case PUT -> records.add(psa.put(values()));
                case EDIT -> {
                    if (!records.isEmpty()) {
                        psa.edit(records.get(step.choice % records.size()), values());
                    }
                }
                case PAGE -> page();
                case WAIT -> clock.advance(Duration.ofMillis(400L * step.choice));
                case ODD_PAGE -> {
                    psa.faults().next(odd(step.choice));
                    page();
                }
            }
        }

        private static Fault odd(int choice) {
            return switch (choice % 3) {
                case 0 -> Fault.shortPage();
                case 1 -> Fault.repeatedPage();
                default -> Fault.shuffledPage();
            };
        }

        private FieldValues values() {
            return FieldValues.of(LOCATION)
                    .set(LocationFields.ORGANIZATION, parent)
                    .set(LocationFields.NAME, "edit " + ++edits)
                    .build();
        }

        private boolean page() {
            RemotePage page = psa.changes(LOCATION, scope, cursor, limit);
            page.records().forEach(record -> read.put(record.id(), record.values()));
            cursor = page.next();
            return page.last();
        }

        /** Ends the reading that is going on, and does another one: what changed behind the first is in the second. */
        void finish() {
            clock.advance(delay);
            for (int readings = 0, pages = 0; readings < 2; pages++) {
                assertThat(pages).as("C4.5: the reading ends").isLessThan(1000);
                readings += page() ? 1 : 0;
            }
        }

        Map<RemoteId, FieldValues> held() {
            Map<RemoteId, FieldValues> held = new HashMap<>();
            psa.read(LOCATION, records.stream().map(RemoteRef::id).toList()).forEach((id, answer) -> {
                RemoteRecord record = ((RemoteRead.Found) answer).record();
                held.put(id, record.values());
            });
            return held;
        }
    }
}
