package org.psasync.connectwise;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.psasync.testkit.connectwise.Exchange;

/** The vendor's own description of the API, against which traffic is held; it is not a part of this project. */
final class VendorDescription {
    static final Path FILE =
            Path.of(System.getProperty("psasync.shared", "../shared"), "vendor", "connectwise", "openapi-subset.json");
    private static final String API = "/apis/3.0";
    private static final Optional<VendorDescription> READ =
            Files.isReadable(FILE) ? Optional.of(new VendorDescription()) : Optional.empty();

    private final OpenApiInteractionValidator validator;

    private VendorDescription() {
        try {
            validator = OpenApiInteractionValidator.createForInlineApiSpecification(Files.readString(FILE))
                    .withLevelResolver(LevelResolver.create()
                            .withLevel("validation.request.security.missing", ValidationReport.Level.IGNORE)
                            .withLevel("validation.request.parameter.header.missing", ValidationReport.Level.IGNORE)
                            .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                            .build())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty when the description is not there. */
    static Optional<VendorDescription> read() {
        return READ;
    }

    /** What is wrong with a request. */
    Set<String> faultsOfRequest(Exchange exchange) {
        return exchange.path().contains(API)
                ? faults(exchange, validator.validateRequest(request(exchange)))
                : Set.of();
    }

    /** What is wrong with a request or its answer. */
    Set<String> faults(Exchange exchange) {
        return exchange.path().contains(API)
                ? faults(exchange, validator.validate(request(exchange), response(exchange)))
                : Set.of();
    }

    private static Set<String> faults(Exchange exchange, ValidationReport report) {
        Set<String> faults = new TreeSet<>();
        for (ValidationReport.Message message : report.getMessages()) {
            // An answer that was asked for some members only has no others, required or not.
            boolean cut =
                    exchange.query().contains("fields=") && message.getKey().endsWith("schema.required");
            if (message.getLevel() == ValidationReport.Level.ERROR && !cut) {
                faults.add(exchange.method() + " " + below(exchange).replaceAll("/[0-9]+", "/{id}") + ": "
                        + message.getKey() + " " + message.getMessage());
            }
        }
        return faults;
    }

    private static String below(Exchange exchange) {
        return exchange.path().substring(exchange.path().indexOf(API) + API.length());
    }

    private static SimpleRequest request(Exchange exchange) {
        SimpleRequest.Builder request = new SimpleRequest.Builder(
                Request.Method.valueOf(exchange.method()), "/v4_6_release" + API + below(exchange));
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
                .withContentType("application/vnd.connectwise.com+json; version=2025.8")
                .withBody(exchange.responseBody())
                .build();
    }
}
