package org.psasync.testkit.autotask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.testkit.http.Incoming;

/**
 * The way to the API: zone, credentials and limits.
 *
 * <p>Source: REST guide, Authentication, Thresholds and Thread limiting, 2026-10.
 */
final class Gate {
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int WRONG_SECRETS = 5;

    private final Tenant tenant;
    private final Account account;
    private final Router router;
    private final Deque<Instant> sent = new ArrayDeque<>();
    private final Map<String, Integer> atOnce = new HashMap<>();
    private int zonePort;
    private int wrongSecrets;

    Gate(Tenant tenant, Account account, Router router) {
        this.tenant = tenant;
        this.account = account;
        this.router = router;
    }

    /** Who may call. */
    record Account(String user, String secret, String integrationCode) {}

    /** The tenant is at the server with that port from now on. */
    void moveTo(int port) {
        zonePort = port;
    }

    void unlock() {
        wrongSecrets = 0;
    }

    Reply answer(Incoming request) {
        String path = Desk.shownPath(request);
        String entity = path.replaceAll("/.*", "").toLowerCase(Locale.ROOT);
        try {
            if (entity.equals("zoneinformation")) {
                return good(zone(QueryApi.parameters(request.query()).get("user")));
            }
            if (path.equalsIgnoreCase("/ATServicesRest/VersionInformation")) {
                ObjectNode versions = Wire.object();
                versions.putArray("apiVersions").add("V1.0").add("V2.0");
                return good(versions);
            }
            Duration latency;
            synchronized (tenant) {
                identify(request);
                enter(entity);
                latency = latency();
            }
            try {
                pause(latency);
                synchronized (tenant) {
                    count();
                    return good(router.answer(request, base(request.port()), usage()));
                }
            } finally {
                synchronized (tenant) {
                    atOnce.merge(entity, -1, Integer::sum);
                }
            }
        } catch (Refusal refusal) {
            return refusal.reply();
        }
    }

    private static Reply good(JsonNode answer) {
        return Reply.of(200, Wire.bytes(answer));
    }

    private static String base(int port) {
        return "http://127.0.0.1:" + port + "/ATServicesRest/";
    }

    /** Any server tells where a tenant is. */
    private JsonNode zone(@Nullable String user) {
        synchronized (tenant) {
            if (!account.user().equalsIgnoreCase(user)) {
                throw Refusal.invalid("Zone information could not be determined");
            }
            ObjectNode zone = Wire.object().put("zoneName", "Loopback").put("url", base(zonePort));
            return zone.put("webUrl", "http://127.0.0.1:" + zonePort + "/").put("ci", Tenant.DATABASE);
        }
    }

    /** A wrong zone answers as wrong credentials do; the secret of a known user too often wrong locks the user. */
    private void identify(Incoming request) {
        Map<String, String> headers = request.headers();
        boolean rightUser = account.user().equalsIgnoreCase(headers.get("UserName"));
        boolean rightSecret = account.secret().equals(headers.get("Secret"));
        boolean rightCode = account.integrationCode().equals(headers.get("ApiIntegrationCode"));
        boolean locked = wrongSecrets >= WRONG_SECRETS;
        if (rightUser && !rightSecret) {
            wrongSecrets++;
        }
        if (rightUser && rightSecret && !rightCode && tenant.switches.isOn(Switch.INTEGRATION_CODE_NAMED)) {
            throw Refusal.invalid("IntegrationCode is invalid.");
        }
        if (!rightUser || !rightSecret || !rightCode || locked || request.port() != zonePort) {
            throw Refusal.bare(401);
        }
        wrongSecrets = 0;
    }

    // Limits ---------------------------------------------------------------------------------------------------------

    private void enter(String entity) {
        int most = tenant.switches.atOnce();
        int now = atOnce.getOrDefault(entity, 0);
        if (most > 0 && now >= most) {
            throw limit("API thread threshold of " + most + " threads has been exceeded");
        }
        atOnce.put(entity, now + 1);
    }

    private void count() {
        int most = tenant.switches.requestsPerHour();
        if (most > 0 && used() >= most) {
            throw limit("The request threshold of " + most + " requests in 60 minutes has been exceeded.");
        }
        sent.addLast(tenant.now());
    }

    private Refusal limit(String words) {
        return Refusal.of(tenant.switches.isOn(Switch.LIMITS_AS_500) ? 500 : 429, words);
    }

    private int used() {
        Instant begin = tenant.now().minus(WINDOW);
        while (!sent.isEmpty() && !sent.getFirst().isAfter(begin)) {
            sent.removeFirst();
        }
        return sent.size() + tenant.switches.otherRequests();
    }

    private ObjectNode usage() {
        int most = tenant.switches.requestsPerHour();
        ObjectNode usage = Wire.object().put("externalRequestThreshold", most == 0 ? Integer.MAX_VALUE : most);
        return usage.put("requestThresholdTimeframe", 60).put("currentTimeframeRequestCount", used());
    }

    private Duration latency() {
        int most = tenant.switches.requestsPerHour();
        Duration latency = tenant.switches.latency();
        if (most > 0 && tenant.switches.isOn(Switch.SLOWED_BY_USE)) {
            int used = used();
            latency = latency.plusMillis(used * 4L >= most * 3L ? 1000 : used * 2L >= most ? 500 : 0);
        }
        return latency;
    }

    private static void pause(Duration time) {
        if (!time.isZero()) {
            try {
                Thread.sleep(time.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
