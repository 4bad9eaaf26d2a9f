package org.psasync.testkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.TicketFields;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.ReadScope;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRecord;
import org.psasync.testkit.scenario.PageTrouble;

/** Readings of what changed: none may miss a record, each may repeat some. */
abstract class ChangesRules extends ConnectorRules {
    private static final int FEW = 7;

    ChangesRules(PsaConnectorContract contract) {
        super(contract);
    }

    private static List<RemoteId> ids(List<RemoteRef> refs) {
        return refs.stream().map(RemoteRef::id).toList();
    }

    @ParameterizedTest(name = "{0} at a time")
    @ValueSource(ints = {1, 2, 3, 1000})
    @DisplayName("C4.2: from the start to the last page, every record comes at least once")
    void everyRecordComes(int limit) {
        for (AssetKind kind : kinds()) {
            List<RemoteRef> refs = samples.put(kind, "Record", FEW);
            settle();
            assertThat(readAll(kind, limit).ids())
                    .as("C4.2: a reading of %s in pages of %s must return every record", kind, limit)
                    .containsAll(ids(refs));
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(PageTrouble.class)
    @DisplayName("C4.2: a page that comes short, twice or in another order makes no record missed")
    void troubledPagesMissNothing(PageTrouble trouble) {
        for (AssetKind kind : kinds()) {
            List<RemoteRef> refs = samples.put(kind, "Record", FEW);
            settle();
            ReadScope scope = samples.scope(kind);
            RemotePage first = connector.changes(kind, scope, RemoteCursor.start(), 2);
            Set<RemoteId> seen = new LinkedHashSet<>();
            first.records().forEach(record -> seen.add(record.id()));
            if (!first.last()) {
                play(() -> bench.disturb(trouble));
                seen.addAll(readOnTwice(kind, scope, first.next()).ids());
            }
            assertThat(seen)
                    .as("C4.2: %s: go on behind what was seen, not by how many records a page should have had", kind)
                    .containsAll(ids(refs));
        }
    }

    /** A connector may stop at a page that it cannot believe; then it is read again from the same cursor. */
    private Reading readOnTwice(AssetKind kind, ReadScope scope, RemoteCursor from) {
        try {
            return readOn(kind, scope, from, 2);
        } catch (ConnectorException.Unavailable stopped) {
            return readOn(kind, scope, from, 2);
        }
    }

    @Test
    @DisplayName("C4.2: a deleted record comes with its flag or not at all")
    void deletedRecordsAreFlagged() {
        for (AssetKind kind : kinds()) {
            RemoteRef gone = samples.put(kind, "Gone");
            RemoteRef stays = samples.put(kind, "Stays");
            bench.delete(gone);
            settle();
            Map<RemoteId, RemoteRecord> records = readAll(kind, 10).records();
            RemoteRecord deleted = records.get(gone.id());
            assertThat(deleted == null || deleted.deleted())
                    .as("C4.2: %s was deleted; a reading must flag it or leave it out", gone)
                    .isTrue();
            assertThat(deleted == null || descriptor(kind).keepsDeleted())
                    .as("C4.2: the descriptor does not say that deleted %s are kept", kind)
                    .isTrue();
            assertThat(records.get(stays.id()))
                    .as("C4.2: %s lives", stays)
                    .isNotNull()
                    .matches(record -> !record.deleted());
        }
    }

    @Test
    @DisplayName("C4.2: only records of the scope come: tickets of its boards, and what belongs to its parents")
    void theScopeIsKept() {
        boolean any = false;
        for (AssetKind kind : kinds()) {
            if (kind == AssetKind.TICKET) {
                any |= boardsAreKept();
            } else if (descriptor(kind).reading() == KindDescriptor.Reading.LIST_PER_PARENT) {
                any = true;
                RemoteRef one = samples.put(kind, "One");
                RemoteRef other = samples.put(AssetKind.ORGANIZATION, "Other");
                Field<?> organization = Fields.organization(kind);
                FieldValues.Builder values = samples.values(kind, "Two").toBuilder();
                SampleRecords.set(values, requireNonNull(organization), other);
                RemoteRef two = bench.put(values.build());
                settle();
                assertThat(readOn(kind, ReadScope.below(List.of(other.id())), RemoteCursor.start(), 1)
                                .ids())
                        .as("C4.2: only what belongs to %s is in the scope", other)
                        .contains(two.id())
                        .doesNotContain(one.id());
            }
        }
        Assumptions.assumeTrue(any, "The PSA has no tickets, and nothing is listed per parent");
    }

    private boolean boardsAreKept() {
        List<Choice> boards = connector.reference().choices().getOrDefault(TicketFields.BOARD, List.of()).stream()
                .map(ReferenceData.Entry::choice)
                .toList();
        if (boards.size() < 2) {
            return false;
        }
        FieldValues ticket = samples.values(AssetKind.TICKET, "Wanted");
        RemoteRef wanted = bench.put(ticket.with(TicketFields.BOARD, boards.get(0)));
        RemoteRef other = bench.put(ticket.with(TicketFields.BOARD, boards.get(1)));
        settle();
        ReadScope scope = new ReadScope(Set.of(boards.get(0).id()), null, List.of());
        assertThat(readOn(AssetKind.TICKET, scope, RemoteCursor.start(), 1).ids())
                .as("C4.2: only tickets of the board \"%s\" are in the scope", boards.get(0))
                .contains(wanted.id())
                .doesNotContain(other.id());
        ReadScope none = new ReadScope(Set.of(), null, List.of());
        assertThat(readOn(AssetKind.TICKET, none, RemoteCursor.start(), 10).ids())
                .as("C4.2: a scope without boards has no tickets")
                .isEmpty();
        return true;
    }

    @Test
    @DisplayName("C4.1: reading again from the same cursor repeats records rather than missing any")
    void cursorsCanBeUsedAgain() {
        for (AssetKind kind : kinds()) {
            samples.put(kind, "Record", FEW);
            settle();
            ReadScope scope = samples.scope(kind);
            Reading whole = readOn(kind, scope, RemoteCursor.start(), 2);
            for (int from = 0; from < whole.cursors().size(); from++) {
                List<RemoteId> rest = new ArrayList<>();
                whole.pages()
                        .subList(from, whole.pages().size())
                        .forEach(page -> page.records().forEach(record -> rest.add(record.id())));
                assertThat(readOn(kind, scope, whole.cursors().get(from), 2).ids())
                        .as("C4.1: all state of a reading of %s must be in its cursor; from page %s again", kind, from)
                        .containsAll(rest);
            }
        }
    }

    @Test
    @DisplayName("C4.3: what changes at the very time of the last page comes with the next reading, again and again")
    void tiesAtTheBoundaryCome() {
        for (AssetKind kind : kinds()) {
            List<RemoteRef> refs = samples.put(kind, "Record", 3);
            RemoteCursor cursor = readAll(kind, 1000).end();
            for (int round = 1; round <= 2; round++) {
                RemoteRef made = samples.put(kind, "Made " + round);
                String name = "Changed " + round;
                bench.edit(refs.get(0), SampleRecords.only(SampleRecords.name(kind), name));
                Reading next = readOn(kind, samples.scope(kind), cursor, 1000);
                cursor = next.end();
                pass(descriptor(kind).visibilityDelay().plusSeconds(1));
                Reading later = readOn(kind, samples.scope(kind), cursor, 1000);
                cursor = later.end();
                Set<RemoteId> seen = new LinkedHashSet<>(next.ids());
                seen.addAll(later.ids());
                assertThat(seen)
                        .as(
                                "C4.3: %s and a change of %s have the time of the last page; take them in with >=, not >",
                                made, refs.get(0))
                        .contains(made.id(), refs.get(0).id());
                assertThat(newest(refs.get(0).id(), next, later))
                        .as("C4.3: %s as it is now", refs.get(0))
                        .isEqualTo(name);
            }
        }
    }

    private static String newest(RemoteId id, Reading... readings) {
        String name = "";
        for (Reading reading : readings) {
            RemoteRecord record = reading.records().get(id);
            String shown = record == null ? null : record.values().get(SampleRecords.name(record.kind()));
            name = shown == null ? name : shown;
        }
        return name;
    }

    @Test
    @DisplayName("C4.3: what changes while pages are read comes by the next reading")
    void changesDuringTheReadingCome() {
        for (AssetKind kind : kinds()) {
            List<RemoteRef> refs = samples.put(kind, "Record", FEW);
            settle();
            ReadScope scope = samples.scope(kind);
            RemotePage first = connector.changes(kind, scope, RemoteCursor.start(), 2);
            for (RemoteRef ref : refs) {
                pass(Duration.ofSeconds(1));
                bench.edit(ref, SampleRecords.only(SampleRecords.name(kind), "Changed"));
            }
            Reading rest = first.last()
                    ? new Reading(List.of(first), List.of(RemoteCursor.start()), first.next())
                    : readOn(kind, scope, first.next(), 2);
            Reading next = readOn(kind, scope, rest.end(), 2);
            for (RemoteRef ref : refs) {
                assertThat(newest(ref.id(), rest, next))
                        .as(
                                "C4.3: %s changed while pages were read; begin the next reading where this one began, not"
                                        + " where it ended",
                                ref)
                        .isEqualTo("Changed");
            }
        }
    }

    @Test
    @DisplayName("C4.3: where the delta is complete, a change of any field comes")
    void everyFieldMovesTheRecord() {
        boolean any = false;
        for (AssetKind kind : kinds()) {
            if (descriptor(kind).deltaComplete()) {
                any = true;
                RemoteRef ref = samples.put(kind, "Record");
                for (Field<?> field : mapped(kind)) {
                    settle();
                    RemoteCursor cursor = readAll(kind, 1000).end();
                    settle();
                    Object value = samples.value(field, "Record", 1);
                    if (value != null && edit(ref, field, value)) {
                        settle();
                        assertThat(readOn(kind, samples.scope(kind), cursor, 1000)
                                        .ids())
                                .as(
                                        "C4.3: %s of %s changed; say that the delta is not complete, or find it",
                                        field, ref)
                                .contains(ref.id());
                    }
                }
            }
        }
        Assumptions.assumeTrue(any, "No kind has a complete delta");
    }

    private boolean edit(RemoteRef ref, Field<?> field, Object value) {
        try {
            bench.edit(ref, SampleRecords.only(field, value));
            return true;
        } catch (IllegalArgumentException noPlace) {
            return false;
        }
    }

    @Test
    @DisplayName("C4.3: an empty reading ends with a cursor from which the first record is found")
    void beginsWithNothing() {
        for (AssetKind kind : kinds()) {
            ReadScope scope = samples.scope(kind);
            RemoteCursor cursor = readOn(kind, scope, RemoteCursor.start(), 10).end();
            pass(Duration.ofSeconds(2));
            RemoteRef first = samples.put(kind, "First");
            settle();
            assertThat(readOn(kind, samples.scope(kind), cursor, 10).ids())
                    .as("C4.3: %s was made after an empty reading", first)
                    .contains(first.id());
        }
    }

    @Test
    @DisplayName("C4.4: a record that cannot be understood is listed as unreadable, and the others are returned")
    void oneBadRecordIsNamed() {
        AssetKind kind = AssetKind.ORGANIZATION;
        List<RemoteRef> refs = samples.put(kind, "Record", 5);
        play(() -> bench.garble(refs.get(2)));
        settle();
        Reading reading = readAll(kind, 2);
        List<RemoteId> unreadable = new ArrayList<>();
        reading.pages().forEach(page -> page.unreadable().forEach(each -> unreadable.add(each.id())));
        assertThat(unreadable)
                .as("C4.4: %s must be listed as unreadable, with its id", refs.get(2))
                .contains(refs.get(2).id());
        assertThat(reading.records().keySet())
                .as("C4.4: the other records must come")
                .contains(
                        refs.get(0).id(),
                        refs.get(1).id(),
                        refs.get(3).id(),
                        refs.get(4).id())
                .doesNotContain(refs.get(2).id());
    }

    @Test
    @DisplayName("C4.5: a page that is not the last moves on")
    void readingsEnd() {
        for (AssetKind kind : kinds()) {
            samples.put(kind, "Record", FEW);
            settle();
            Reading reading = readAll(kind, 2);
            List<String> texts =
                    reading.cursors().stream().map(RemoteCursor::text).toList();
            assertThat(texts)
                    .as("C4.5: each page of %s must be asked for with another cursor", kind)
                    .doesNotHaveDuplicates();
        }
    }
}
