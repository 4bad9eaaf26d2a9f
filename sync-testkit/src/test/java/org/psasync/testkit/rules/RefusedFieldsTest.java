package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.RemoteUpdate;

/** A PSA that refuses a whole update for the value of one field. */
class RefusedFieldsTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");
    private final RemoteRef server = stage.server(acme, "SRV-1");
    private int updates;

    private PsaConnector refusing(PsaConnector real, Set<Field<?>> refused) {
        return Between.with(real, (method, arguments, call) -> {
            if (method.equals("forPushes")) {
                return refusing(real, refused);
            }
            if (method.equals("update")) {
                updates++;
                for (Field<?> field : ((RemoteUpdate) arguments[0]).changes().fields()) {
                    if (refused.contains(field)) {
                        throw new ConnectorException.Rejected(
                                List.of(Problem.of(field, Problem.Code.INVALID, "No such value.")));
                    }
                }
            }
            return call.call(arguments);
        });
    }

    private LocalRef synced(RemoteRef ref, Set<Field<?>> refused) {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        stage.engine = stage.newEngine(refusing(stage.psa, refused));
        return stage.localOf(ref);
    }

    @Test
    @DisplayName("PUSH-12: what was not refused goes out with the same save, without what was")
    void sendsTheOthers() {
        LocalRef local = synced(server, Set.of(ConfigurationFields.NOTES, ConfigurationFields.SERIAL_NUMBER));

        PushResult answer = stage.userSaves(
                local,
                FieldValues.empty(AssetKind.CONFIGURATION)
                        .with(ConfigurationFields.NOTES, "bad")
                        .with(ConfigurationFields.SERIAL_NUMBER, "bad")
                        .with(ConfigurationFields.ASSET_TAG, "T-1"));

        assertThat(stage.inPsa(server, ConfigurationFields.ASSET_TAG)).isEqualTo("T-1");
        assertThat(answer).isInstanceOf(PushResult.Refused.class);
        assertThat(answer.text()).contains("notes").contains("serialNumber");
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.REFUSED_BY_PSA);
        int sent = updates;
        stage.later(Duration.ofMinutes(30)).engine.run();
        stage.later(Duration.ofHours(25)).engine.run();
        assertThat(updates).isEqualTo(sent);
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.REFUSED_BY_PSA);
    }

    @Test
    @DisplayName("PUSH-12, MERGE-3: of an address of which a line was refused no line goes out")
    void keepsAnAddressTogether() {
        RemoteRef site = stage.site(acme, "HQ", "Tampa");
        LocalRef local = synced(site, Set.of(LocationFields.CITY));

        stage.userSaves(
                local,
                FieldValues.empty(AssetKind.LOCATION)
                        .with(LocationFields.CITY, "bad")
                        .with(LocationFields.ADDRESS_1, "1 Main St")
                        .with(LocationFields.NAME, "Headquarters"));

        assertThat(stage.inPsa(site, LocationFields.NAME)).isEqualTo("Headquarters");
        assertThat(stage.inPsa(site, LocationFields.ADDRESS_1)).isNull();
        assertThat(stage.inPsa(site, LocationFields.CITY)).isEqualTo("Tampa");
    }
}
