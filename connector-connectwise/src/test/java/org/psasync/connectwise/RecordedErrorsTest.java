package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.psasync.model.AssetKind;
import org.psasync.model.ContactFields;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Webhook;
import org.psasync.spi.WebhookRequest;
import org.psasync.testkit.connectwise.Fault;
import org.psasync.testkit.connectwise.Signatures;

/** The vendor's recorded errors and callbacks, which are not a part of this project. */
class RecordedErrorsTest {
    private final Bench bench =
            new Bench(psa -> psa.companies(2).contacts(2).configurations(2).tickets(1));

    @AfterEach
    void close() {
        bench.close();
    }

    private static String sample(String name) throws IOException {
        Path file = VendorDescription.FILE.resolveSibling("samples").resolve(name);
        assumeTrue(Files.isReadable(file), () -> "There is no sample " + file + "; set psasync.shared");
        return Files.readString(file);
    }

    private ConnectorException refusal(String sample, int status) throws IOException {
        bench.psa.faults().always("POST", "company/contacts", Fault.answer(status, sample(sample)));
        FieldValues contact = FieldValues.of(AssetKind.CONTACT)
                .set(ContactFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 101))
                .set(ContactFields.FIRST_NAME, "Ada")
                .build();
        return catchThrowableOfType(ConnectorException.class, () -> bench.connector.create(Bench.draft(contact)));
    }

    @ParameterizedTest
    @CsvSource({
        "error-missing-required-field.json, 400, Rejected",
        "error-reference-not-found.json, 400, Rejected",
        "error-object-exists.json, 400, Rejected",
        "error-out-of-range.json, 400, Rejected",
        "error-invalid-field.json, 400, Rejected",
        "error-invalid-patch.json, 400, Rejected",
        "error-bad-condition.json, 400, Rejected",
        "error-unknown-member.json, 400, Rejected",
        "error-unauthorized.json, 401, Unauthorized",
        "error-ssl-required.json, 403, Unauthorized",
        "error-not-found.json, 404, Gone",
        "error-no-such-endpoint.json, 404, Unavailable",
        "error-rate-limited.json, 429, Throttled",
        "error-server-timeout.json, 500, Unavailable",
    })
    @DisplayName("C0.2: recorded errors become what to do next")
    void recordedErrors(String sample, int status, String type) throws IOException {
        assertThat(refusal(sample, status))
                .extracting(e -> e.getClass().getSimpleName())
                .isEqualTo(type);
    }

    @Test
    @DisplayName("PUSH-13: recorded refusals name the fields at fault, and the pause that is asked for")
    void recordedDetails() throws IOException {
        assertThat(((ConnectorException.Rejected) refusal("error-missing-required-field.json", 400)).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo(ContactFields.FIRST_NAME);
                    assertThat(problem.code()).isEqualTo(Problem.Code.REQUIRED);
                });
        bench.psa.faults().clear();
        assertThat(((ConnectorException.Rejected) refusal("error-reference-not-found.json", 400)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.field()).isEqualTo(ContactFields.ORGANIZATION));
        bench.psa.faults().clear();
        assertThat(((ConnectorException.Throttled) refusal("error-rate-limited.json", 429)).retryAfter())
                .isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({"callback-added.json", "callback-updated.json", "callback-deleted.json"})
    @DisplayName("PSA-ALL-3: recorded callbacks become hints once they are signed by our key")
    void recordedCallbacks(String sample) throws IOException {
        String body = sample(sample).replaceAll("https://[^\"/]+/v4", bench.psa.url() + "/v4");
        bench.psa.faults().always("GET", "/**", Fault.body(sample("callback-signing-key.json")));
        String key = sample("callback-signing-key.json").replaceAll("(?s).*:\\s*\"([^\"]*)\".*", "$1");
        WebhookRequest request = new WebhookRequest(
                "",
                Map.of("x-content-signature", List.of(Signatures.sign(key, body))),
                body.getBytes(StandardCharsets.UTF_8));

        assertThat(bench.connector.webhook(request))
                .isInstanceOfSatisfying(
                        Webhook.Hints.class,
                        hints -> assertThat(hints.records()).hasSize(1));
    }

    @Test
    @DisplayName("CONN-1: the recorded description of a server is understood")
    void recordedSystemInfo() throws IOException {
        bench.psa.faults().always("GET", "system/info", Fault.body(sample("system-info.json")));
        assertThat(bench.connector.check().version()).isEqualTo("v2025.1.10333");
        assertThat(bench.read(AssetKind.ORGANIZATION, 101).values().has(OrganizationFields.NAME))
                .isTrue();
    }
}
