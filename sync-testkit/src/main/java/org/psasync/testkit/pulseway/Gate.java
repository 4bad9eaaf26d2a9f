package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.psasync.testkit.http.Incoming;

/**
 * The way to the API: log-in, tokens and the limit of each endpoint.
 *
 * <p>Source: BMS API 2.0, Security; Pulseway help, PSA Rest APIs V2, 2026-10.
 */
final class Gate {
    static final int TENANT_ID = 777;

    private static final Duration WINDOW = Duration.ofHours(1);

    private final Tenant tenant;
    private final Account account;
    private final Router router;
    private final Map<String, Token> tokens = new HashMap<>();
    private final Map<String, Instant> olderTokens = new HashMap<>();
    private final Map<String, Deque<Instant>> sent = new HashMap<>();
    private int count;

    Gate(Tenant tenant, Account account, Router router) {
        this.tenant = tenant;
        this.account = account;
        this.router = router;
    }

    /** Who may log in. */
    record Account(String tenantName, String user, String password) {}

    private record Token(String refresh, Instant until, Instant refreshUntil) {}

    Reply answer(Incoming request) {
        synchronized (tenant) {
            boolean older = request.path().startsWith("/api/");
            boolean pascal = older || tenant.switches.isOn(Switch.PASCAL_CASE);
            try {
                JsonNode result = result(request);
                return result.isMissingNode() ? Reply.empty(200) : Reply.of(200, Wire.bytes(result, pascal));
            } catch (Refusal refusal) {
                return refused(refusal, pascal);
            }
        }
    }

    private Reply refused(Refusal refusal, boolean pascal) {
        if (refusal.status() != 0) {
            return refusal.reply(refusal.status(), pascal);
        }
        if (refusal.code() == 404) {
            if (tenant.switches.isOn(Switch.MISSING_AS_BARE_404)) {
                return Reply.empty(404);
            }
            return refusal.reply(tenant.switches.isOn(Switch.MISSING_AS_200) ? 200 : 404, pascal);
        }
        return refusal.reply(tenant.switches.isOn(Switch.REFUSALS_AS_400) ? 400 : 200, pascal);
    }

    private JsonNode result(Incoming request) {
        String path = request.path();
        return switch (path) {
            case "/v2/security/authenticate" -> {
                limit("POST " + path);
                yield logIn(form(request));
            }
            case "/v2/security/refreshtoken" -> {
                limit("POST " + path);
                yield renew(form(request));
            }
            case "/api/token" -> olderLogIn(form(request));
            default -> {
                Router.Found found = router.find(request.method(), path);
                limit(found.template());
                requireToken(request.headers(), path.startsWith("/api/"));
                yield found.answer(query(request.query()), request.body());
            }
        };
    }

    // Log-in ---------------------------------------------------------------------------------------------------------

    private JsonNode logIn(Map<String, String> form) {
        if (!"password".equalsIgnoreCase(form.get("GrantType"))) {
            throw Refusal.of(200, 400, "The GrantType is not supported.");
        }
        if (!account.tenantName().equalsIgnoreCase(form.get("Tenant"))) {
            throw Refusal.of(200, 401, "The tenant does not exist.");
        }
        if (!isRight(form.get("UserName"), form.get("Password"))) {
            throw Refusal.of(200, 401, "Invalid credentials.");
        }
        if (tenant.switches.isOn(Switch.MFA_DEMANDED)
                && form.getOrDefault("MFACode", "").isEmpty()) {
            throw Refusal.of(200, 401, "An MFA code is required for this user.");
        }
        return issued();
    }

    private boolean isRight(@Nullable String user, @Nullable String password) {
        return account.user().equalsIgnoreCase(user) && account.password().equals(password);
    }

    private JsonNode renew(Map<String, String> form) {
        Token token = tokens.remove(form.getOrDefault("AccessToken", ""));
        if (token == null
                || !token.refresh().equals(form.get("RefreshToken"))
                || !tenant.now().isBefore(token.refreshUntil())) {
            throw Refusal.of(200, 401, "The refresh token is expired or not valid.");
        }
        return issued();
    }

    private ObjectNode issued() {
        count++;
        String access = "access-" + account.tenantName().hashCode() + "-" + count;
        Token token = new Token(
                "refresh-" + account.tenantName().hashCode() + "-" + count,
                tenant.now().plus(tenant.switches.tokenLifetime()),
                tenant.now().plus(tenant.switches.refreshLifetime()));
        tokens.put(access, token);
        ObjectNode result = Wire.object().put("AccessToken", access).put("RefreshToken", token.refresh());
        result.put("AccessTokenExpireOn", tenant.stamp(token.until()));
        result.put("RefreshTokenExpireOn", tenant.stamp(token.refreshUntil()));
        return Router.envelope(result);
    }

    private JsonNode olderLogIn(Map<String, String> form) {
        boolean right = account.tenantName().equalsIgnoreCase(form.get("tenant"))
                && isRight(form.get("username"), form.get("password"));
        if (!right) {
            return Wire.object().put("error", "invalid_grant").put("error_description", "The credentials are wrong.");
        }
        count++;
        String token = "older-" + count;
        olderTokens.put(token, tenant.now().plus(tenant.switches.tokenLifetime()));
        return Wire.object()
                .put("access_token", token)
                .put("token_type", "bearer")
                .put("expires_in", tenant.switches.tokenLifetime().toSeconds());
    }

    /** Ends all tokens, as a restart of the server does. */
    void forgetTokens() {
        tokens.clear();
        olderTokens.clear();
    }

    private void requireToken(Map<String, String> headers, boolean older) {
        String authorization = headers.getOrDefault("Authorization", "");
        String token = authorization.startsWith("Bearer ") ? authorization.substring(7) : "";
        Instant until;
        if (older) {
            until = olderTokens.get(token);
        } else {
            Token known = tokens.get(token);
            until = known == null ? null : known.until();
        }
        if (until == null || !tenant.now().isBefore(until) || tenant.switches.isOn(Switch.NO_API_ACCESS)) {
            throw Refusal.bare(401);
        }
    }

    // Limits ---------------------------------------------------------------------------------------------------------

    private void limit(String endpoint) {
        int most = tenant.switches.requestsPerHour();
        Instant now = tenant.now();
        Deque<Instant> times = sent.computeIfAbsent(endpoint, any -> new ArrayDeque<>());
        while (!times.isEmpty() && !times.getFirst().isAfter(now.minus(WINDOW))) {
            times.removeFirst();
        }
        if (most > 0 && times.size() >= most) {
            Duration wait = Duration.between(now, times.getFirst().plus(WINDOW));
            throw Refusal.tooMany(wait.plusSeconds(1));
        }
        times.addLast(now);
    }

    private static Map<String, String> form(Incoming request) {
        return query(new String(request.body(), StandardCharsets.UTF_8));
    }

    /** What is given several times is taken as a list between commas. */
    private static Map<String, String> query(String text) {
        Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            try {
                parameters.merge(
                        URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                        parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8),
                        (one, more) -> one + "," + more);
            } catch (IllegalArgumentException e) {
                throw Refusal.of(400, 400, "The query cannot be decoded.");
            }
        }
        return parameters;
    }
}
