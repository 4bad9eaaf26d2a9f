package org.psasync.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;
import static org.psasync.testkit.Operation.CHANGES;
import static org.psasync.testkit.Operation.CREATE;
import static org.psasync.testkit.Operation.IDS;
import static org.psasync.testkit.Operation.READ;
import static org.psasync.testkit.Operation.UPDATE;
import static org.psasync.testkit.Samples.changed;
import static org.psasync.testkit.Samples.configuration;
import static org.psasync.testkit.Samples.draft;
import static org.psasync.testkit.Samples.listing;
import static org.psasync.testkit.Samples.organization;
import static org.psasync.testkit.Samples.pages;
import static org.psasync.testkit.Samples.readOne;
import static org.psasync.testkit.Samples.records;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException.Forbidden;
import org.psasync.spi.ConnectorException.Rejected;
import org.psasync.spi.ConnectorException.Throttled;
import org.psasync.spi.ConnectorException.Unauthorized;
import org.psasync.spi.ConnectorException.Unavailable;
import org.psasync.spi.IdPage;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.WriteOptions;
import org.psasync.spi.WriteResult;

class FaultsTest {
    private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
    private final FakePsa psa = FakePsa.builder(clock).build();

    @Test
    @DisplayName("C10.2: of a lost request the outcome is unknown, and nothing was done")
    void losesARequest() {
        psa.faults().next(Fault.requestLost().on(CREATE));
        Unavailable failure = catchThrowableOfType(Unavailable.class, this::createAcme);
        assertThat(failure.outcomeUnknown()).isTrue();
        assertThat(psa.all(ORGANIZATION)).isEmpty();
        assertThat(createAcme().failed()).isEmpty();
    }

    @Test
    @DisplayName("C10.2: of a lost answer the outcome is unknown, and one record was made")
    void losesAnAnswer() {
        psa.faults().next(Fault.answerLost().on(CREATE));
        Unavailable failure = catchThrowableOfType(Unavailable.class, this::createAcme);
        assertThat(failure.outcomeUnknown()).isTrue();
        assertThat(psa.all(ORGANIZATION)).hasSize(1);
        Call call = psa.journal().writes().get(0);
        assertThat(call.done()).isTrue();
        assertThat(call.failure()).isEqualTo("Unavailable");
        assertThat(call.ids()).containsExactly(psa.all(ORGANIZATION).get(0).id());
    }

    @Test
    @DisplayName("C9.1: what a lost create made is found by its draft, even renamed or reformatted since")
    void findsWhatALostCreateMade() {
        psa.faults().next(Fault.answerLost().on(CREATE));
        psa.faults().next(Fault.reformats(OrganizationFields.NAME, name -> name.substring(0, 2)));
        assertThatThrownBy(this::createAcme).isInstanceOf(Unavailable.class);
        RemoteRef made = psa.all(ORGANIZATION).get(0).ref();
        assertThat(readOne(psa, made).values().get(OrganizationFields.NAME)).isEqualTo("Ac");
        assertThat(psa.findCreated(draft(organization("Acme"))))
                .extracting(RemoteRecord::ref)
                .containsExactly(made);
    }

    @Test
    void ofAReadTheOutcomeIsNeverUnknown() {
        psa.faults().next(Fault.answerLost());
        psa.faults().next(Fault.requestLost());
        for (int i = 0; i < 2; i++) {
            Unavailable failure = catchThrowableOfType(Unavailable.class, psa::check);
            assertThat(failure.outcomeUnknown()).isFalse();
        }
        assertThat(psa.check().tenant()).isNotEmpty();
    }

    @Test
    void refusesAsThePsaWouldAndDoesNothing() {
        psa.faults().next(Fault.throttled(Duration.ofSeconds(7)));
        psa.faults().next(Fault.unavailable());
        psa.faults().next(Fault.unauthorized("password"));
        psa.faults().next(Fault.forbidden("company add"));
        psa.faults().next(Fault.rejected(Problem.ofRecord(Problem.Code.DUPLICATE, "There is an \"Acme\" already")));
        assertThat(catchThrowableOfType(Throttled.class, this::createAcme).retryAfter())
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(catchThrowableOfType(Unavailable.class, this::createAcme).outcomeUnknown())
                .isFalse();
        assertThat(catchThrowableOfType(Unauthorized.class, this::createAcme).credential())
                .isEqualTo("password");
        assertThat(catchThrowableOfType(Forbidden.class, this::createAcme).right())
                .isEqualTo("company add");
        assertThat(catchThrowableOfType(Rejected.class, this::createAcme).problems())
                .hasSize(1);
        assertThat(psa.all(ORGANIZATION)).isEmpty();
        assertThat(psa.journal().writes()).noneMatch(Call::done).hasSize(5);
    }

    @Test
    void aFaultHitsAsManyCallsAsToldOfItsOperationsAndKind() {
        psa.faults()
                .next(Fault.unavailable().on(READ, CHANGES).of(CONFIGURATION).times(2));
        psa.read(ORGANIZATION, List.of());
        createAcme();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> psa.read(CONFIGURATION, List.of())).isInstanceOf(Unavailable.class);
        }
        assertThat(psa.read(CONFIGURATION, List.of())).isEmpty();
    }

    @Test
    void aFaultCanLastUntilItIsCleared() {
        psa.faults().next(Fault.unavailable().forever());
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(psa::check).isInstanceOf(Unavailable.class);
        }
        psa.faults().clear();
        assertThat(psa.check().missing()).isEmpty();
    }

    @Test
    void aFaultThatMakesNoSenseForAnOperationIsRefused() {
        assertThatThrownBy(() -> Fault.shortPage().on(CREATE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SHORT");
        assertThatThrownBy(() -> Fault.unavailable().times(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFunctionCanChooseAndEditBetweenTwoRequests() {
        RemoteRef acme = psa.put(organization("Acme"));
        List<String> asked = new ArrayList<>();
        psa.faults().choose((operation, kind) -> {
            asked.add(operation + " " + kind);
            if (operation == UPDATE) {
                psa.edit(acme, organization("Acme GmbH"));
            }
            return operation == READ ? Fault.shortPage() : operation == CHANGES ? Fault.unavailable() : null;
        });
        RemoteRecord seen = readOne(psa, acme);
        psa.update(new RemoteUpdate(
                seen, FieldValues.empty(ORGANIZATION).with(OrganizationFields.SHORT_NAME, "ACM"), WriteOptions.NONE));
        assertThatThrownBy(() -> psa.changes(ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 10))
                .isInstanceOf(Unavailable.class);
        assertThat(psa.get(acme).orElseThrow().values().get(OrganizationFields.NAME))
                .isEqualTo("Acme GmbH");
        assertThat(asked).containsExactly("READ ORGANIZATION", "UPDATE ORGANIZATION", "CHANGES ORGANIZATION");
    }

    @Test
    void whatTheChoosingFunctionThrowsLeavesTheCall() {
        psa.faults().choose((operation, kind) -> {
            throw new IllegalStateException("crash");
        });
        assertThatThrownBy(this::createAcme).hasMessage("crash");
        psa.faults().choose(null);
        assertThat(psa.all(ORGANIZATION)).isEmpty();
        assertThat(psa.requests()).isZero();
    }

    @Test
    void answersWithAnOlderVersion() {
        RemoteRef acme = psa.put(organization("Acme"));
        Instant made = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        psa.edit(acme, organization("Acme Ltd"));
        psa.faults().next(Fault.staleRead());
        RemoteRecord stale = readOne(psa, acme);
        assertThat(stale.values().get(OrganizationFields.NAME)).isEqualTo("Acme");
        assertThat(stale.version().changedAt()).isEqualTo(made);
        assertThat(readOne(psa, acme).values().get(OrganizationFields.NAME)).isEqualTo("Acme Ltd");
    }

    @Test
    @DisplayName("C4.2: short, repeated and shuffled pages still show every record, and the reading ends (C4.5)")
    void oddPagesLoseNothing() {
        List<RemoteId> all = organizations(9);
        for (Fault odd : List.of(Fault.shortPage(), Fault.repeatedPage(), Fault.shuffledPage())) {
            psa.faults().next(odd.times(2));
            List<RemoteRecord> read = records(pages(psa, ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 4));
            assertThat(read).as(odd.toString()).extracting(RemoteRecord::id).containsAll(all);
        }
    }

    @Test
    void aShortPageIsHalfAndNotTheLast() {
        organizations(4);
        psa.faults().next(Fault.shortPage());
        var page = psa.changes(ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 10);
        assertThat(page.records()).hasSize(2);
        assertThat(page.last()).isFalse();
    }

    @Test
    void aRepeatedPageComesAgain() {
        organizations(3);
        psa.faults().next(Fault.repeatedPage());
        var first = psa.changes(ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 2);
        var second = psa.changes(ORGANIZATION, ReadScope.ALL, first.next(), 2);
        assertThat(second.records()).isEqualTo(first.records());
        assertThat(psa.changes(ORGANIZATION, ReadScope.ALL, second.next(), 2).records())
                .doesNotContainAnyElementsOf(first.records());
    }

    @Test
    void aShuffledPageHasAnotherOrder() {
        List<RemoteId> all = organizations(3);
        psa.faults().next(Fault.shuffledPage());
        assertThat(psa.changes(ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 10)
                        .records())
                .extracting(RemoteRecord::id)
                .containsExactly(all.get(2), all.get(1), all.get(0));
    }

    @Test
    @DisplayName("C5.1: a listing that missed an id on any page is not complete")
    void anIncompleteListingSaysSo() {
        FakePsa small = FakePsa.builder(clock).idsPerPage(2).build();
        IntStream.range(0, 5).forEach(i -> small.put(organization("Org " + i)));
        small.faults().next(Fault.incompleteListing());
        List<IdPage> pages = listing(small, ORGANIZATION);
        assertThat(pages.stream().mapToInt(page -> page.ids().size()).sum()).isEqualTo(4);
        assertThat(pages).hasSize(3).noneMatch(IdPage::complete);
        assertThat(listing(small, ORGANIZATION).get(2).complete()).isTrue();
    }

    @Test
    @DisplayName("C5.2: short and repeated pages of ids lose none")
    void oddPagesOfIdsLoseNothing() {
        List<RemoteId> all = organizations(5);
        psa.faults().next(Fault.shortPage().on(IDS));
        psa.faults().next(Fault.repeatedPage().on(IDS));
        List<IdPage> pages = listing(psa, ORGANIZATION);
        assertThat(pages).hasSize(3);
        assertThat(pages.stream().flatMap(page -> page.ids().stream()).distinct())
                .containsExactlyElementsOf(all);
        assertThat(pages.get(2).complete()).isTrue();
    }

    @Test
    void aSlowCallMovesTheClockAndCanFailToo() {
        Instant before = clock.instant();
        psa.faults().next(Fault.slow(Duration.ofSeconds(40)));
        psa.faults().next(Fault.answerLost());
        assertThatThrownBy(psa::check).isInstanceOf(Unavailable.class);
        assertThat(clock.instant()).isEqualTo(before.plusSeconds(40));
    }

    @Test
    @DisplayName("MERGE-7: the PSA stores a text otherwise than sent, and answers with what it stored")
    void reformatsAText() {
        psa.faults().next(Fault.reformats(OrganizationFields.NAME, name -> name.toUpperCase(Locale.ROOT)));
        RemoteRecord record = requireNonNull(createAcme().record());
        assertThat(record.values().get(OrganizationFields.NAME)).isEqualTo("ACME");
        assertThat(psa.all(ORGANIZATION).get(0).values().get(OrganizationFields.NAME))
                .isEqualTo("ACME");
    }

    @Test
    void ignoresAFieldSilently() {
        psa.faults().next(Fault.ignores(OrganizationFields.SHORT_NAME));
        WriteResult result = psa.create(draft(organization("Acme").with(OrganizationFields.SHORT_NAME, "ACM")));
        assertThat(result.failed()).isEmpty();
        assertThat(psa.all(ORGANIZATION).get(0).values().isBlank(OrganizationFields.SHORT_NAME))
                .isTrue();
    }

    @Test
    @DisplayName("C11.2: a field that fails is reported, the others are written")
    void failsOneField() {
        RemoteRef acme = psa.put(organization("Acme"));
        psa.faults().next(Fault.fails(OrganizationFields.SHORT_NAME, Problem.Code.REFUSED));
        WriteResult result = psa.update(new RemoteUpdate(
                readOne(psa, acme),
                organization("Acme Ltd").with(OrganizationFields.SHORT_NAME, "ACM"),
                WriteOptions.NONE));
        assertThat(result.failed()).extracting(Problem::field).containsExactly(OrganizationFields.SHORT_NAME);
        FieldValues stored = psa.get(acme).orElseThrow().values();
        assertThat(stored.get(OrganizationFields.NAME)).isEqualTo("Acme Ltd");
        assertThat(stored.isBlank(OrganizationFields.SHORT_NAME)).isTrue();
    }

    @Test
    @DisplayName("C6.2: a hidden organization and what belongs to it is neither listed nor found, and comes back")
    void hidesAnOrganization() {
        RemoteRef acme = psa.put(organization("Acme"));
        RemoteRef server = psa.put(configuration(psa, acme, "SRV-01"));
        psa.faults().hide(acme);
        assertThat(changed(psa, CONFIGURATION, ReadScope.ALL, RemoteCursor.start()))
                .isEmpty();
        assertThat(psa.read(CONFIGURATION, List.of(server.id()))).containsValue(new RemoteRead.NotFound());
        assertThat(listing(psa, ORGANIZATION).get(0).ids()).isEmpty();
        psa.faults().show(acme);
        assertThat(readOne(psa, server).ref()).isEqualTo(server);
    }

    @Test
    @DisplayName("SAFE-3: a withdrawn right stops its kind only")
    void withdrawsRights() {
        psa.faults().withdraw(CONFIGURATION);
        assertThatThrownBy(() -> psa.read(CONFIGURATION, List.of()))
                .isInstanceOf(Forbidden.class)
                .hasMessageContaining("configuration inquire");
        assertThat(psa.read(ORGANIZATION, List.of())).isEmpty();
        psa.faults().giveBack(CONFIGURATION);
        assertThat(psa.read(CONFIGURATION, List.of())).isEmpty();
    }

    @Test
    void mendsAGarbledRecord() {
        RemoteRef acme = psa.put(organization("Acme"));
        psa.faults().garble(acme);
        assertThat(changed(psa, ORGANIZATION, ReadScope.ALL, RemoteCursor.start()))
                .isEmpty();
        psa.faults().mend(acme);
        assertThat(changed(psa, ORGANIZATION, ReadScope.ALL, RemoteCursor.start()))
                .containsExactly(acme.id());
    }

    @Test
    @DisplayName("SAFE-2: another instance shows another tenant")
    void showsAnotherTenant() {
        String usual = psa.check().tenant();
        psa.faults().anotherInstance("someone-else");
        assertThat(psa.check().tenant()).isEqualTo("someone-else");
        psa.faults().clear();
        assertThat(psa.check().tenant()).isEqualTo(usual);
    }

    private WriteResult createAcme() {
        return psa.create(draft(organization("Acme")));
    }

    private List<RemoteId> organizations(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> psa.put(organization("Org " + i)).id())
                .toList();
    }
}
