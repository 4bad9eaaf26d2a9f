package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteId;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.testkit.connectwise.Fault;
import org.psasync.testkit.connectwise.Switch;

/** A server that fails at one request every time, or answers with what cannot be understood. */
class BrokenAnswersTest {
    private static final Field<String> TIER = Field.custom(AssetKind.ORGANIZATION, "tier", FieldType.TEXT);
    private static final Fault BROKEN =
            Fault.error(500, "ConnectWiseApi", "Object reference not set to an instance of an object.");

    private final Bench bench = Bench.impatient(
            psa -> psa.companies(3).contacts(3).configurations(2).tickets(1),
            ConnectWiseCustomField.byCaption(TIER, "Tier"));

    @AfterEach
    void close() {
        bench.close();
    }

    private Map<RemoteId, RemoteRead> read(Object id) {
        return bench.connector.read(AssetKind.ORGANIZATION, List.of(new RemoteId(id.toString())));
    }

    private static FieldValues named(String name) {
        return FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.NAME, name)
                .build();
    }

    @Test
    @DisplayName("PULL-4: one record at which the server always fails, or which is forbidden, is set aside by itself")
    void oneRecordAlwaysFails() {
        for (Fault fault : List.of(BROKEN, Fault.forbidden(), Fault.error(400, "InvalidObject", "bad"))) {
            bench.psa.faults().clear();
            bench.psa.faults().always("GET", "company/companies/101", fault);
            assertThat(read(101))
                    .containsOnlyKeys(new RemoteId("101"))
                    .allSatisfy((id, read) -> assertThat(read).isInstanceOf(RemoteRead.NotUnderstood.class));
            assertThat(read(102)).allSatisfy((id, read) -> assertThat(read).isInstanceOf(RemoteRead.Found.class));
        }
    }

    @Test
    @DisplayName("C6.2: a bare 404 is the record's where the list can be read, and the whole endpoint's otherwise")
    void bareNotFound() {
        bench.psa.switches().on(Switch.BARE_NOT_FOUND);
        assertThat(read(999)).containsValue(new RemoteRead.NotFound());

        bench.psa.faults().always("GET", "company/companies/**", Fault.answer(404, ""));
        bench.psa.faults().always("GET", "company/companies", Fault.answer(404, ""));
        assertThatThrownBy(() -> read(101)).isInstanceOf(ConnectorException.class);
    }

    @Test
    @DisplayName("SAFE-3: when no record can be read it is the right or the server, and no record's own")
    void allRecordsFail() {
        bench.psa.faults().always("GET", "company/companies/**", Fault.forbidden());
        bench.psa.faults().always("GET", "company/companies", Fault.forbidden());
        assertThatThrownBy(() -> read(101)).isInstanceOf(ConnectorException.Forbidden.class);
        bench.psa.faults().clear();
        bench.psa.faults().always("GET", "company/companies/**", BROKEN);
        bench.psa.faults().always("GET", "company/companies", BROKEN);
        assertThatThrownBy(() -> read(101)).isInstanceOf(ConnectorException.Unavailable.class);
        bench.psa.faults().clear();
        bench.clock.advance(Duration.ofMinutes(30));
        bench.psa.faults().always("GET", "company/companies/101", Fault.timeout());
        assertThatThrownBy(() -> read(101)).isInstanceOf(ConnectorException.Unavailable.class);
    }

    @Test
    @DisplayName("SAFE-1: a create at which the server fails every time is refused at last; a passing failure is not")
    void createAlwaysFails() {
        Draft draft = bench.connector.prepare(Bench.draft(named("Harbor Dental")));
        bench.psa.faults().always("POST", "company/companies", BROKEN);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> bench.connector.create(draft))
                    .isInstanceOfSatisfying(
                            ConnectorException.Unavailable.class,
                            e -> assertThat(e.outcomeUnknown()).isTrue());
            assertThat(bench.connector.findCreated(draft)).isEmpty();
        }
        assertThatThrownBy(() -> bench.connector.create(draft))
                .isInstanceOf(ConnectorException.Rejected.class)
                .hasMessageContaining("3 times");

        bench.psa.faults().clear();
        bench.psa.faults().always("POST", "company/companies", Fault.timeout());
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> bench.connector.create(draft)).isInstanceOf(ConnectorException.Unavailable.class);
        }
    }

    @Test
    @DisplayName("MERGE-9: what cannot be understood after a part was written leaves the update open")
    void oddAnswerAfterAPart() {
        RemoteRecord seen = bench.read(AssetKind.ORGANIZATION, 102);
        bench.psa
                .faults()
                .always("GET", "company/companies/*/typeAssociations", Fault.members(Map.of("type", "Customer")));
        FieldValues types = FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.TYPES, Set.of(new Choice("2", "Prospect")))
                .build();

        assertThatThrownBy(() -> bench.connector.update(Bench.update(seen, types)))
                .isInstanceOfSatisfying(
                        ConnectorException.Unavailable.class,
                        e -> assertThat(e.outcomeUnknown()).isFalse());
        assertThatThrownBy(() ->
                        bench.connector.update(Bench.update(seen, types.with(OrganizationFields.NAME, "Renamed AG"))))
                .isInstanceOfSatisfying(
                        ConnectorException.Unavailable.class,
                        e -> assertThat(e.outcomeUnknown()).isTrue());
        assertThat(bench.psa.records("company/companies").get(102)).containsEntry("name", "Renamed AG");
    }

    @Test
    @DisplayName("C10.2: what cannot be understood before the create leaves nothing open")
    void oddAnswerBeforeACreate() {
        FieldValues values = named("Harbor Dental").with(TIER, "Gold");
        Draft draft = bench.connector.prepare(Bench.draft(values));
        bench.psa.faults().always("GET", "company/companies", Fault.members(Map.of("customFields", "none")));

        assertThatThrownBy(() -> bench.connector.create(draft))
                .isInstanceOfSatisfying(
                        ConnectorException.Unavailable.class,
                        e -> assertThat(e.outcomeUnknown()).isFalse());
        assertThat(bench.psa.requests().count("POST", "company/companies")).isZero();
    }

    @Test
    @DisplayName("CONN-1: a look-up that says nothing of a code base, company or version is no ConnectWise's")
    void oddLookUps() {
        bench.psa.faults().always("GET", "/login/companyinfo/*", Fault.body("{}"));
        assertThatThrownBy(() -> bench.connector.check()).isInstanceOf(ConnectorException.Unavailable.class);
        bench.psa.faults().clear();
        bench.psa
                .faults()
                .always(
                        "GET",
                        "/login/companyinfo/*",
                        Fault.body("{\"code\":\"Security\",\"message\":\"SSL is required.\",\"errors\":null}"));
        namesTheSite();
        for (int status : new int[] {400, 401, 404, 500}) {
            bench.psa.faults().clear();
            bench.psa
                    .faults()
                    .always("GET", "/login/companyinfo/*", Fault.error(status, "Security", "SSL is required."));
            namesTheSite();
        }
    }

    private void namesTheSite() {
        assertThatThrownBy(() -> bench.connector.check())
                .isInstanceOfSatisfying(
                        ConnectorException.Unauthorized.class,
                        e -> assertThat(e.credential()).isEqualTo("site"))
                .hasMessageContaining("api-");
    }

    @Test
    @DisplayName("C2.2: a list that is none is no right; advice that cannot be had blocks nothing")
    void oddChecks() {
        bench.psa.faults().always("GET", "company/contacts", Fault.body("{\"message\":\"hello\"}"));
        assertThatThrownBy(() -> bench.connector.check()).isInstanceOf(ConnectorException.Unavailable.class);
        bench.psa.faults().clear();
        try (ConnectWiseConnector connector = bench.connectorWith(Map.of("memberId", "jkowalski"))) {
            bench.psa
                    .faults()
                    .always("GET", "system/members", Fault.error(400, "ApiFindCondition", "no"))
                    .afterFirst(1);
            assertThat(connector.check().missing()).isEmpty();
        }
    }
}
