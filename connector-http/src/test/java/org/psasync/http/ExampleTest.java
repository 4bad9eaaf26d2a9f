package org.psasync.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.spi.ConnectorConfig;

/** The example of the package's documentation, run. */
class ExampleTest {
    @Test
    void readsAPageAndMakesARecord() {
        try (WireServer server = new WireServer()) {
            server.thenJson(200, "[{\"id\":5,\"name\":\"Main\",\"inactiveFlag\":false}]")
                    .thenJson(201, "{\"id\":6}");
            ConnectorConfig config = ConnectorConfig.with(Map.of("site", server.address()))
                    .plainHttpToLoopback(true)
                    .build();
            RestClient client = RestClient.to(
                            BaseAddress.of(config.required("site"), config.plainHttpToLoopback()), config)
                    .budget(CallBudget.builder(config.clock())
                            .tenant(1000, Duration.ofMinutes(1))
                            .atOnce(3)
                            .build())
                    .credentials(() -> Map.of("Authorization", "Basic YTpi"))
                    .failures(FailureReader.byStatus())
                    .build();
            int companyId = 4210;
            RestAnswer page = client.call(
                    RestCall.read("sites.page", "companies/{}/sites", companyId).query("page", 1));

            FieldMap sites = FieldMap.of(
                    AssetKind.LOCATION,
                    FieldMapping.map(LocationFields.NAME, "name", JsonForms.text())
                            .maxLength(50)
                            .requiredOnCreate(),
                    FieldMapping.map(LocationFields.ACTIVE, "inactiveFlag", JsonForms.invertedFlag()),
                    FieldMapping.map(LocationFields.PHONE, "phoneNumber", JsonForms.text())
                            .pullOnly());
            assertThat(page.json().elements())
                    .singleElement()
                    .satisfies(record ->
                            assertThat(sites.read(record).values()).hasToString("{name=Main, phone=, active=true}"));

            FieldValues values = FieldValues.of(AssetKind.LOCATION)
                    .set(LocationFields.NAME, "Depot")
                    .build();
            JsonValue body = sites.writeNew(values).orRefuse().body();
            client.call(RestCall.write("sites.create", "POST", "companies/{}/sites", companyId)
                    .json(body));
            assertThat(server.requests().get(1)).endsWith("{\"name\":\"Depot\"}");
        }
    }
}
