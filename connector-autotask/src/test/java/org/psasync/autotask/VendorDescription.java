package org.psasync.autotask;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.psasync.testkit.autotask.Exchange;

/** The vendor's own description of the API, against which traffic is held; it is not a part of this project. */
final class VendorDescription {
    static final Path FILE =
            Path.of(System.getProperty("psasync.shared", "../shared"), "vendor", "autotask", "openapi-subset.json");
    /** The vendor calls what can be of any type an object. */
    private static final String ANYTHING = "\"object\"])";

    private static final Optional<VendorDescription> READ =
            Files.isReadable(FILE) ? Optional.of(new VendorDescription()) : Optional.empty();

    private final OpenApiInteractionValidator validator;

    private VendorDescription() {
        try {
            validator = OpenApiInteractionValidator.createForInlineApiSpecification(withWhatItLeavesOut())
                    .withLevelResolver(LevelResolver.create()
                            .withLevel("validation.request.parameter.header.missing", ValidationReport.Level.IGNORE)
                            .build())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The vendor does not say that members can be null. */
    private static String withWhatItLeavesOut() throws IOException {
        ObjectNode whole = (ObjectNode) new ObjectMapper().readTree(FILE.toFile());
        for (JsonNode definition : whole.path("definitions")) {
            for (JsonNode property : definition.path("properties")) {
                ((ObjectNode) property).put("x-nullable", true);
            }
        }
        return whole.toString();
    }

    /** Empty when the description is not there. */
    static Optional<VendorDescription> read() {
        return READ;
    }

    /** What is wrong with a request. */
    Set<String> faultsOfRequest(Exchange exchange) {
        return isDescribed(exchange) ? faults(exchange, validator.validateRequest(request(exchange))) : Set.of();
    }

    /** What is wrong with a request or its answer. */
    Set<String> faults(Exchange exchange) {
        return isDescribed(exchange)
                ? faults(exchange, validator.validate(request(exchange), response(exchange)))
                : Set.of();
    }

    /** The addresses of next pages are not described. */
    private static boolean isDescribed(Exchange exchange) {
        return !exchange.path().endsWith("/query/next") && !exchange.path().endsWith("/zoneInformation");
    }

    private static Set<String> faults(Exchange exchange, ValidationReport report) {
        Set<String> faults = new TreeSet<>();
        for (ValidationReport.Message message : report.getMessages()) {
            boolean anything = message.getMessage().contains(ANYTHING);
            if (message.getLevel() == ValidationReport.Level.ERROR && !anything) {
                faults.add(exchange.method() + " " + exchange.path().replaceAll("/[0-9]+", "/{id}") + ": "
                        + message.getKey() + " " + message.getMessage());
            }
        }
        return faults;
    }

    private static SimpleRequest request(Exchange exchange) {
        SimpleRequest.Builder request =
                new SimpleRequest.Builder(Request.Method.valueOf(exchange.method()), exchange.path());
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
        return request.build();
    }

    private static SimpleResponse response(Exchange exchange) {
        return SimpleResponse.Builder.status(exchange.status())
                .withContentType("application/json")
                .withBody(exchange.responseBody())
                .build();
    }
}
