package org.psasync.pulseway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.model.AssetKind;
import org.psasync.model.ContactFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.WriteResult;
import org.psasync.testkit.pulseway.Fault;

/** The log-in of the older interface, which only writes of locations use. */
class OlderLogInTest {
    private static final String LOG_IN = "api/token";
    private static final String WRITES = "api/crm/locations/*";
    private static final String REFUSED =
            "{\"error\":\"invalid_grant\",\"error_description\":\"The user name or password is incorrect.\"}";

    private final Office office =
            new Office(psa -> psa.accounts(2).contacts(3).assets(1).tickets(1));
    private final Bench bench = office.bench;
    private final PulsewayConnector connector = bench.connectorWith(Map.of("locationsThroughV1", "true"));
    private int town;

    @AfterEach
    void close() {
        connector.close();
        office.close();
    }

    private String place() {
        return "1101/" + bench.psa.locations(1101).get(0);
    }

    private WriteResult write() {
        FieldValues change = FieldValues.of(AssetKind.LOCATION)
                .set(LocationFields.CITY, "Town " + ++town)
                .build();
        return connector.update(Bench.update(bench.read(AssetKind.LOCATION, place()), change));
    }

    private void writeIsRefused(String words) {
        assertThatThrownBy(this::write)
                .isInstanceOf(ConnectorException.Rejected.class)
                .hasMessageContaining("API v1 does not let this user in")
                .hasMessageContaining(words)
                .hasMessageNotContaining(bench.psa.credentials().get("password"));
    }

    private int logIns() {
        return bench.psa.requests().count("POST", LOG_IN);
    }

    @Test
    @DisplayName(
            "PSA-PW-1: one token of API v1 is for all writes of locations; a refused one is followed by one log-in")
    void logsInOnceAfter401() {
        write();
        write();
        assertThat(logIns()).isEqualTo(1);

        bench.psa.forgetTokens();

        assertThat(write().failed()).isEmpty();
        assertThat(logIns()).isEqualTo(2);
        assertThat(bench.psa.location(1101, bench.psa.locations(1101).get(0)).toString())
                .contains("City=Town 3");
    }

    @Test
    @DisplayName("PSA-PW-1: a token of API v1 is renewed before it expires, and a short-lived one not with each write")
    void renewsInTime() {
        bench.psa.switches().tokenLifetime(Duration.ofSeconds(100));
        for (int i = 0; i < 3; i++) {
            write();
            bench.clock.advance(Duration.ofSeconds(20));
        }
        assertThat(logIns()).isEqualTo(1);

        bench.clock.advance(Duration.ofSeconds(20));
        write();

        assertThat(logIns()).isEqualTo(2);
        assertThat(bench.psa.requests().all()).noneMatch(request -> request.status() == 401);
    }

    @Test
    @DisplayName("SAFE-3: a log-in that API v1 refused is not repeated until the connection is checked")
    void repeatsNoRefusedLogIn() {
        bench.psa.faults().always("POST", LOG_IN, Fault.answer(400, REFUSED));
        for (int i = 0; i < 3; i++) {
            writeIsRefused("The user name or password is incorrect");
        }
        assertThat(logIns()).isEqualTo(1);
        assertThat(bench.psa.requests().count("PUT", WRITES)).isZero();

        bench.psa.faults().clear();
        writeIsRefused("The user name or password is incorrect");
        connector.check();

        assertThat(write().failed()).isEmpty();
    }

    @Test
    @DisplayName("SAFE-3: a log-in that API v1 refuses with status 200, or does not have, is refused too")
    void otherRefusals() {
        bench.psa.faults().next(1, "POST", LOG_IN, Fault.answer(200, "{\"error\":\"invalid_grant\"}"));
        writeIsRefused("invalid_grant");
        connector.check();
        bench.psa.faults().next(1, "POST", LOG_IN, Fault.htmlPage(404));
        writeIsRefused("There is no log-in of API v1 at 127.0.0.1");
        writeIsRefused("There is no log-in of API v1 at 127.0.0.1");
        assertThat(logIns()).isEqualTo(2);
    }

    @Test
    @DisplayName("SAFE-3: when a new token of API v1 does not help either, nothing more is sent there")
    void stopsAfterOneLogIn() {
        bench.psa.faults().always("PUT", WRITES, Fault.answer(401, ""));
        for (int i = 0; i < 3; i++) {
            writeIsRefused("The token was refused");
        }
        assertThat(logIns()).isEqualTo(2);
        assertThat(bench.psa.requests().count("PUT", WRITES)).isEqualTo(2);
        bench.psa.faults().clear();
        connector.check();

        assertThat(write().failed()).isEmpty();
    }

    @Test
    @DisplayName("SAFE-3: a log-in to API v1 that fails for the moment is no refusal, and the next write tries again")
    void triesAgainAfterPassingFailures() {
        for (Fault passing : List.of(Fault.htmlPage(502), Fault.answer(200, "{}"))) {
            bench.psa.faults().next(1, "POST", LOG_IN, passing);
            assertThatThrownBy(this::write)
                    .isInstanceOfSatisfying(
                            ConnectorException.Unavailable.class,
                            e -> assertThat(e.outcomeUnknown()).isFalse());
        }
        assertThat(write().failed()).isEmpty();
    }

    @Test
    @DisplayName("SAFE-3, PUSH-13: while API v1 lets nobody in a location is refused, and all else goes on")
    void leavesTheOthersAlone() {
        office.engine = office.engine(connector);
        office.twoWay(Office.options());
        LocalRef place = office.localOf(AssetKind.LOCATION, place());
        LocalRef contact = office.localOf(
                AssetKind.CONTACT, bench.psa.records("contacts").ids().get(0));
        bench.psa.faults().always("POST", LOG_IN, Fault.answer(400, REFUSED));

        PushResult refused = office.saves(place, LocationFields.CITY, "Elsewhere");

        assertThat(refused).isInstanceOf(PushResult.Refused.class);
        assertThat(refused.text()).contains("API v1 does not let this user in");
        assertThat(office.saves(contact, ContactFields.TITLE, "Captain")).isInstanceOf(PushResult.Pushed.class);
        assertThat(office.nextHour().status()).as("for the refused location").isEqualTo(RunReport.Status.INCOMPLETE);

        bench.psa.faults().clear();
        connector.check();
        assertThat(office.saves(place, LocationFields.CITY, "Port Ellis")).isInstanceOf(PushResult.Pushed.class);
    }
}
