package org.psasync.pulseway;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.http.RestCall;
import org.psasync.http.RestClient;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorException;

/** The log-in of API v2. Source: BMS API 2.0, Security, 2026-10. */
final class LogInV2 implements LogIn {
    private final RestClient rest;
    private final ConnectorConfig config;
    private final String host;

    /** @param rest sends no credentials of its own */
    LogInV2(RestClient rest, ConnectorConfig config, String host) {
        this.rest = rest;
        this.config = config;
        this.host = host;
    }

    @Override
    public Token first() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("GrantType", "password");
        form.put("UserName", config.required(Session.USER));
        form.put("Password", config.required(Session.PASSWORD));
        form.put("Tenant", config.required(Session.TENANT));
        return send("security.authenticate", "v2/security/authenticate", form);
    }

    @Override
    public Token renewed(Token known) {
        String renewal = String.valueOf(known.renewal());
        return send(
                "security.refresh",
                "v2/security/refreshtoken",
                Map.of("AccessToken", known.access(), "RefreshToken", renewal));
    }

    /** Sent as a write, which is never repeated by itself; that it may have taken effect does not matter. */
    private Token send(String name, String path, Map<String, String> form) {
        RestAnswer answer;
        try {
            answer = rest.call(RestCall.write(name, "POST", path).form(form).withoutCredentials());
        } catch (ConnectorException.Unavailable e) {
            throw LogIn.atFirstContact(e, host);
        }
        try {
            JsonValue result = Api.result(answer.json());
            String access = result.text("AccessToken");
            if (access == null) {
                throw new JsonMismatch("it holds no token");
            }
            Instant now = config.clock().instant();
            return Token.of(access, result.text("RefreshToken"), now, lifetime(answer, result, now));
        } catch (JsonMismatch e) {
            throw new ConnectorException.Unavailable(
                    name + " got an answer that cannot be understood: " + e.getMessage(), false, e);
        }
    }

    /** The time of expiry is the server's; what counts is how long that is from the server's own time. */
    private static @Nullable Duration lifetime(RestAnswer answer, JsonValue result, Instant now) {
        Instant expires = result.instant("AccessTokenExpireOn");
        return expires == null ? null : Duration.between(Session.serverTime(answer, now), expires);
    }
}
