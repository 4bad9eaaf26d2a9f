package org.psasync.pulseway;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.http.RestCall;
import org.psasync.http.RestClient;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorException;

/** The log-in of API v1, whose tokens cannot be renewed. Source: public clients of API v1, 2026-10. */
final class LogInV1 implements LogIn {
    private final RestClient rest;
    private final ConnectorConfig config;
    private final String host;

    /** @param rest sends no credentials of its own */
    LogInV1(RestClient rest, ConnectorConfig config, String host) {
        this.rest = rest;
        this.config = config;
        this.host = host;
    }

    @Override
    public Token first() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "password");
        form.put("username", config.required(Session.USER));
        form.put("password", config.required(Session.PASSWORD));
        form.put("tenant", config.required(Session.TENANT));
        try {
            return token(rest.call(RestCall.write("security.token", "POST", "api/token")
                    .form(form)
                    .withoutCredentials()));
        } catch (ConnectorException.Gone e) {
            throw new ConnectorException.Unauthorized("There is no log-in of API v1 at " + host, Server.SERVER);
        } catch (ConnectorException.Unavailable e) {
            throw LogIn.atFirstContact(e, host);
        } catch (JsonMismatch e) {
            throw new ConnectorException.Unavailable(
                    "security.token got an answer that cannot be understood: " + e.getMessage(), false, e);
        }
    }

    private Token token(RestAnswer answer) {
        JsonValue json = answer.json();
        String access = json.isObject() ? json.text("access_token") : null;
        if (access == null) {
            throw new JsonMismatch("it holds no token");
        }
        Long seconds = json.integer("expires_in");
        return Token.of(access, null, config.clock().instant(), seconds == null ? null : Duration.ofSeconds(seconds));
    }

    @Override
    public Token renewed(Token known) {
        return first();
    }
}
