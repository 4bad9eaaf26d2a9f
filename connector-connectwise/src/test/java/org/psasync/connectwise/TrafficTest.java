package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.PairId;
import org.psasync.spi.Draft;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.WriteOptions;
import org.psasync.testkit.connectwise.Exchange;

/** The connector's requests and the fake's answers, held against the vendor's own description of the API. */
class TrafficTest {
    private static final Path DESCRIPTION =
            Path.of(System.getProperty("psasync.shared"), "vendor", "connectwise", "openapi-subset.json");
    private static final String API = "/apis/3.0";

    @Test
    @DisplayName("PSA-CW-5, PULL-2: what goes over the wire is what the vendor describes")
    void speaksAsTheVendorDescribes() throws IOException {
        assumeTrue(
                Files.isReadable(DESCRIPTION),
                () -> "The vendor's description is not at " + DESCRIPTION
                        + "; set psasync.shared to check the traffic");
        List<Exchange> exchanges = Collections.synchronizedList(new ArrayList<>());
        try (Bench bench = new Bench()) {
            bench.psa.observe(exchanges::add);
            exercise(bench);
        }
        OpenApiInteractionValidator vendor = OpenApiInteractionValidator.createForInlineApiSpecification(
                        Files.readString(DESCRIPTION))
                .withLevelResolver(LevelResolver.create()
                        .withLevel("validation.request.security.missing", ValidationReport.Level.IGNORE)
                        .withLevel("validation.request.parameter.header.missing", ValidationReport.Level.IGNORE)
                        .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                        .build())
                .build();
        Set<String> faults = new TreeSet<>();
        for (Exchange exchange : exchanges) {
            if (exchange.path().contains(API)) {
                check(vendor, exchange, faults);
            }
        }
        assertThat(exchanges).hasSizeGreaterThan(20);
        assertThat(faults).isEmpty();
    }

    private static void exercise(Bench bench) {
        bench.connector.check();
        bench.connector.reference();
        for (AssetKind kind : List.of(AssetKind.ORGANIZATION, AssetKind.CONTACT, AssetKind.CONFIGURATION)) {
            bench.readAll(kind);
        }
        RemoteRecord server = bench.readAll(AssetKind.CONFIGURATION).records().get(0);
        bench.connector.update(new RemoteUpdate(
                server,
                FieldValues.empty(AssetKind.CONFIGURATION).with(ConfigurationFields.NOTES, "moved"),
                WriteOptions.NONE));
        FieldValues copy = FieldValues.of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.ORGANIZATION, server.values().get(ConfigurationFields.ORGANIZATION))
                .set(ConfigurationFields.TYPE, server.values().get(ConfigurationFields.TYPE))
                .set(ConfigurationFields.STATUS, server.values().get(ConfigurationFields.STATUS))
                .set(ConfigurationFields.NAME, "A new one")
                .build();
        Draft draft = new Draft(new PairId(0, 1), copy, List.of(), Map.of(), WriteOptions.NONE);
        bench.connector.create(bench.connector.prepare(draft));
    }

    private static void check(OpenApiInteractionValidator vendor, Exchange exchange, Set<String> faults) {
        String path = exchange.path().substring(exchange.path().indexOf(API) + API.length());
        SimpleRequest.Builder request =
                new SimpleRequest.Builder(Request.Method.valueOf(exchange.method()), "/v4_6_release" + API + path);
        for (String parameter : exchange.query().split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                request.withQueryParam(
                        parameter.substring(0, equals),
                        URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        if (!exchange.requestBody().isEmpty()) {
            request.withContentType("application/json").withBody(exchange.requestBody());
        }
        SimpleResponse response = SimpleResponse.Builder.status(exchange.status())
                .withContentType("application/vnd.connectwise.com+json; version=2025.8")
                .withBody(exchange.responseBody())
                .build();
        for (ValidationReport.Message message :
                vendor.validate(request.build(), response).getMessages()) {
            // An answer that was asked for some members only has no others, required or not.
            boolean cut =
                    exchange.query().contains("fields=") && message.getKey().endsWith("schema.required");
            if (message.getLevel() == ValidationReport.Level.ERROR && !cut) {
                faults.add(exchange.method() + " " + path.replaceAll("/[0-9]+", "/{id}") + ": " + message.getKey() + " "
                        + message.getMessage());
            }
        }
    }
}
