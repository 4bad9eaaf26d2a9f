package org.psasync.pulseway;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.http.FailureReader;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.spi.ConnectorException;

/** What the answer to a log-in means. Which words a refusal has is not documented: they only help to name the fault. */
final class LogInFailures implements FailureReader {
    @Override
    public Optional<ConnectorException> failure(RestAnswer answer) {
        int status = answer.status();
        boolean refused =
                status == 400 || status == 401 || status == 403 || Failures.isFailure(answer) || isFailureOfV1(answer);
        if (!refused || Failures.code(answer) >= 500) {
            return FailureReader.byStatus().failure(answer);
        }
        if (Failures.code(answer) == 429) {
            return Optional.of(new ConnectorException.Throttled(
                    answer.call().name() + " was throttled", answer.retryAfter().orElse(Failures.UNNAMED_PAUSE)));
        }
        String words = isFailureOfV1(answer) ? wordsOfV1(answer) : Failures.words(answer);
        String lower = words.toLowerCase(Locale.ROOT);
        String told = "The log-in was refused" + (words.isEmpty() ? " (status " + status + ")" : ": " + words);
        boolean code = lower.matches(".*\\b(mfa|2fa|multi-?factor|two-?factor|one-time|verification code)\\b.*");
        if (code) {
            return Optional.of(new ConnectorException.Unauthorized(
                    told + " Use a user of the type Api Employee, of whom no code is demanded", Session.USER));
        }
        return Optional.of(new ConnectorException.Unauthorized(
                told + " Check tenant, user and password, and that the user's security role has API access",
                credential(lower)));
    }

    /** API v1 names an error by a word of OAuth 2. */
    private static boolean isFailureOfV1(RestAnswer answer) {
        JsonValue error = answer.json().isObject() ? answer.json().at("error") : JsonValue.missing();
        return error.isText() && !error.isBlank();
    }

    private static String wordsOfV1(RestAnswer answer) {
        JsonValue described = answer.json().at("error_description");
        String words = described.isText() && !described.isBlank()
                ? described.text()
                : answer.json().at("error").text();
        return answer.masked(String.valueOf(words));
    }

    private static @Nullable String credential(String words) {
        if (words.matches(".*\\b(tenant|company)\\b.*")) {
            return Session.TENANT;
        }
        boolean password = words.contains("password");
        boolean user = words.matches(".*\\b(user|username|user name)\\b.*");
        return password == user ? null : password ? Session.PASSWORD : Session.USER;
    }
}
