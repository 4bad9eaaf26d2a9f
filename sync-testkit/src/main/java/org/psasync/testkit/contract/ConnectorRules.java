package org.psasync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.FieldRule;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.scenario.PsaBench;

/** What all groups of rules need: a bench for each test, and words for what is read there. */
@SuppressWarnings("NullAway.Init") // each test begins with a bench
abstract class ConnectorRules {
    private static final int MOST_PAGES = 2000;

    private final PsaConnectorContract contract;
    TestClock clock;
    PsaBench bench;
    PsaConnector connector;
    SampleRecords samples;

    ConnectorRules(PsaConnectorContract contract) {
        this.contract = contract;
    }

    @BeforeEach
    void openBench() {
        clock = TestClock.at("2026-11-02T09:00:00Z");
        bench = contract.open(clock);
        connector = bench.connector();
        samples = new SampleRecords(bench);
    }

    @AfterEach
    void closeBench() {
        if (bench != null) {
            bench.close();
        }
    }

    int manyRecords() {
        return contract.manyRecords();
    }

    void pass(Duration time) {
        contract.pass(clock, time);
    }

    /** Waits until lists and searches show all that was written. */
    void settle() {
        Duration longest = connector.descriptor().kinds().values().stream()
                .map(KindDescriptor::visibilityDelay)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        pass(longest.plusSeconds(1));
    }

    /** Plays something; a bench that cannot skips the test. */
    static void play(Runnable what) {
        try {
            what.run();
        } catch (UnsupportedOperationException cannot) {
            Assumptions.abort("Not played: " + cannot.getMessage());
        }
    }

    /** The kinds that the connector knows, parents first. */
    List<AssetKind> kinds() {
        return List.copyOf(new TreeMap<>(connector.descriptor().kinds()).keySet());
    }

    KindDescriptor descriptor(AssetKind kind) {
        return connector.descriptor().kind(kind).orElseThrow();
    }

    List<Field<?>> mapped(AssetKind kind) {
        List<Field<?>> fields = new ArrayList<>();
        descriptor(kind).fields().forEach(rule -> fields.add(rule.field()));
        return fields;
    }

    List<Field<?>> writable(AssetKind kind) {
        List<Field<?>> fields = new ArrayList<>();
        descriptor(kind).fields().stream().filter(FieldRule::writable).forEach(rule -> fields.add(rule.field()));
        return fields;
    }

    /** All pages of a reading, and where it ended. */
    record Reading(List<RemotePage> pages, List<RemoteCursor> cursors, RemoteCursor end) {
        /** The records, each as it came last. */
        Map<RemoteId, RemoteRecord> records() {
            Map<RemoteId, RemoteRecord> records = new LinkedHashMap<>();
            pages.forEach(page -> page.records().forEach(record -> records.put(record.id(), record)));
            return records;
        }

        Set<RemoteId> ids() {
            Set<RemoteId> ids = new LinkedHashSet<>(records().keySet());
            pages.forEach(page -> page.unreadable().forEach(unreadable -> ids.add(unreadable.id())));
            return ids;
        }
    }

    Reading readAll(AssetKind kind, int limit) {
        return readOn(kind, samples.scope(kind), RemoteCursor.start(), limit);
    }

    /** Reads to the last page; each cursor goes through its text, as it does when it is stored. */
    Reading readOn(AssetKind kind, ReadScope scope, RemoteCursor from, int limit) {
        List<RemotePage> pages = new ArrayList<>();
        List<RemoteCursor> cursors = new ArrayList<>();
        RemoteCursor cursor = from;
        while (pages.size() < MOST_PAGES) {
            cursors.add(cursor);
            RemotePage page = connector.changes(kind, scope, new RemoteCursor(cursor.text()), limit);
            pages.add(page);
            assertThat(page.records().size())
                    .as("C4.2: a page of %s has at most the %s records that were asked for", kind, limit)
                    .isLessThanOrEqualTo(limit);
            cursor = page.next();
            if (page.last()) {
                return new Reading(pages, cursors, cursor);
            }
        }
        throw new AssertionError("C4.5: the reading of " + kind + " does not end within " + MOST_PAGES
                + " pages: a page that is not the last must move on, and the last one must say so");
    }

    RemoteRead read(RemoteRef ref) {
        Map<RemoteId, RemoteRead> answer = connector.read(ref.kind(), List.of(ref.id()));
        RemoteRead read = answer.get(ref.id());
        if (read == null) {
            throw new AssertionError("C6.1: read must answer for each id that was asked for; nothing came for " + ref);
        }
        return read;
    }

    RemoteRecord readFound(RemoteRef ref) {
        RemoteRead read = read(ref);
        if (read instanceof RemoteRead.Found found) {
            return found.record();
        }
        throw new AssertionError("C6.2: " + ref + " is there and must be found, not answered with " + read);
    }

    /** All that is in the PSA, deleted records aside. */
    Map<RemoteRef, FieldValues> everything() {
        Map<RemoteRef, FieldValues> all = new LinkedHashMap<>();
        for (AssetKind kind : kinds()) {
            for (RemoteRef ref : bench.all(kind)) {
                bench.get(ref).ifPresent(values -> all.put(ref, values));
            }
        }
        return all;
    }

    /** The first mapped field in which the connector sees something else than there is. */
    static Optional<String> difference(List<Field<?>> fields, FieldValues there, FieldValues seen) {
        for (Field<?> field : fields) {
            if (there.has(field)) {
                Object real = there.get(field);
                Object shown = seen.get(field);
                if (!seen.has(field) || (real == null ? shown != null : !real.equals(shown))) {
                    return Optional.of("\"" + field + "\" is <" + (real == null ? "blank" : real) + "> there, and "
                            + (seen.has(field) ? "<" + (shown == null ? "blank" : shown) + ">" : "absent") + " here");
                }
            }
        }
        return Optional.empty();
    }
}
