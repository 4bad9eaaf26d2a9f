package org.psasync.testkit.autotask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.psasync.spi.WebhookRequest;

/**
 * The deliveries of webhooks that wait. Nothing is sent before {@link #deliver()} is called. Threads may share it.
 *
 * <p>Source: REST guide, Webhooks and Webhooks error handling, 2026-10; the escaping of bodies, from public clients.
 */
public final class Callouts {
    /**
     * One attempt to deliver.
     *
     * @param action {@code Create}, {@code Update}, {@code Delete} or {@code Deactivated}
     * @param status what the receiver answered; 0 when it did not
     */
    public record Attempt(String url, String action, long recordId, int status, Instant at) {}

    private record Waiting(
            Row webhook,
            Table table,
            String url,
            String action,
            long id,
            String body,
            boolean signed,
            int tries,
            Instant due) {
        Waiting again(Instant moment) {
            return new Waiting(webhook, table, url, action, id, body, signed, tries + 1, moment);
        }
    }

    private static final Map<String, String> OLD_NAMES =
            Map.of("Company", "Account", "ConfigurationItem", "InstalledProduct");
    private static final String SIGNATURE = "X-Hook-Signature";
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final int TRIES = 5;
    private static final int FAILURES_TO_END = 25;
    private static final String ESCAPED = "\"'&<>+`";

    private final Tenant tenant;
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final Map<Row, Integer> sequences = new HashMap<>();
    private final Map<Row, Integer> failures = new HashMap<>();
    private @Nullable HttpClient client;

    Callouts(Tenant tenant) {
        this.tenant = tenant;
        tenant.listen(this::changed);
    }

    /** How many deliveries wait, due or not. */
    public int waiting() {
        synchronized (tenant) {
            return waiting.size();
        }
    }

    /** Loses all that waits. */
    public void lose() {
        synchronized (tenant) {
            waiting.clear();
        }
    }

    /** All attempts so far, oldest first. */
    public List<Attempt> attempts() {
        synchronized (tenant) {
            return List.copyOf(attempts);
        }
    }

    /** Sends what is due by the server's clock, in this thread, and returns the attempts. */
    public List<Attempt> deliver() {
        List<Waiting> due = new ArrayList<>();
        synchronized (tenant) {
            Instant now = tenant.now();
            waiting.removeIf(one -> !one.due().isAfter(now) && due.add(one));
        }
        List<Attempt> made = new ArrayList<>();
        for (Waiting one : due) {
            int status = send(one);
            synchronized (tenant) {
                Attempt attempt = new Attempt(one.url(), one.action(), one.id(), status, tenant.now());
                made.add(attempt);
                attempts.add(attempt);
                settle(one, status);
            }
        }
        return made;
    }

    private void changed(Table table, Row row, String action, List<String> members, long author) {
        String name = table.entity.name();
        if (!Schema.WITH_WEBHOOKS.contains(name)) {
            return;
        }
        Table webhooks = tenant.table(name + "Webhooks");
        for (Row webhook : webhooks.rows()) {
            Set<String> subscribed = fields(name, webhook, "isSubscribedField");
            boolean concerns = action.equals("Delete")
                    || (action.equals("Update")
                            ? members.stream().anyMatch(subscribed::contains)
                            : !subscribed.isEmpty());
            if (webhook.flag("isActive")
                    && webhook.flag("isSubscribedTo" + action + "Events")
                    && concerns
                    && !isExcluded(name, webhook, author)) {
                subscribed.addAll(fields(name, webhook, "isDisplayAlwaysField"));
                if (action.equals("Update")) {
                    subscribed.removeIf(field -> !members.contains(field));
                    subscribed.addAll(fields(name, webhook, "isDisplayAlwaysField"));
                }
                waiting.add(waiting(webhooks, webhook, table, row, action, subscribed, author));
            }
        }
    }

    private Set<String> fields(String name, Row webhook, String flag) {
        Set<String> fields = new HashSet<>();
        Entity watched = MetaApi.watched(name);
        for (Row field : tenant.table(name + "WebhookFields").rows()) {
            if (field.number("webhookID") == webhook.id && field.flag(flag)) {
                fields.add(MetaApi.webhookField(watched, field.number("fieldID")));
            }
        }
        return fields;
    }

    private boolean isExcluded(String name, Row webhook, long author) {
        return tenant.table(name + "WebhookExcludedResources").rows().stream()
                .anyMatch(row -> row.number("webhookID") == webhook.id && row.number("resourceID") == author);
    }

    private Waiting waiting(
            Table webhooks, Row webhook, Table table, Row row, String action, Set<String> shown, long author) {
        int sequence = sequences.merge(webhook, 1, Integer::sum);
        String body = body(webhook.text("webhookGUID"), sequence, table, row, action, shown, author);
        return new Waiting(webhook, webhooks, webhook.text("webhookUrl"), action, row.id, body, true, 0, tenant.now());
    }

    private String body(
            String guid, int sequence, Table table, Row row, String action, Set<String> shown, long author) {
        String name = table.entity.name();
        ObjectNode body = Wire.object().put("Action", action).put("Guid", guid);
        boolean newNames = tenant.switches.isOn(Switch.NEW_NAMES_IN_WEBHOOKS);
        body.put("EntityType", newNames ? name : OLD_NAMES.getOrDefault(name, name))
                .put("Id", row.id);
        ObjectNode fields = body.putObject("Fields");
        for (Member member : table.entity.all()) {
            if (shown.contains(member.name())) {
                JsonNode value = row.get(member.name());
                fields.set(pascal(member.name()), value.isMissingNode() ? fields.nullNode() : value);
            }
        }
        body.put("EventTime", tenant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        body.put("SequenceNumber", sequence).put("PersonID", author);
        return escaped(body);
    }

    /** Returns the request by which a subscriber with that secret hears that a person changed a record. */
    WebhookRequest request(String path, long id, String secret) {
        synchronized (tenant) {
            Table table = tenant.table(path);
            Row row = table.find(id);
            if (row == null || !Schema.WITH_WEBHOOKS.contains(table.entity.name())) {
                throw new IllegalArgumentException("No webhook tells of " + path + " " + id);
            }
            String body =
                    body("5f0b6a0e-8c7d-4a51-9a49-2b8a2d0c7e13", 1, table, row, "Update", Set.of(), Tenant.PERSON);
            return new WebhookRequest(
                    "", Map.of(SIGNATURE, List.of(signature(secret, body))), body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String pascal(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /** Within texts, some characters and all beyond ASCII are written as numbers, in capitals. */
    static String escaped(JsonNode body) {
        StringBuilder result = new StringBuilder();
        String json = body.toString();
        boolean inText = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inText && c == '\\' && json.charAt(i + 1) == '"') {
                result.append("\\u0022");
                i++;
            } else if (inText && c == '\\') {
                result.append(c).append(json.charAt(i + 1));
                i++;
            } else if (c == '"') {
                inText = !inText;
                result.append(c);
            } else if (inText && (c > 126 || ESCAPED.indexOf(c) >= 0)) {
                result.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
            } else {
                result.append(c);
            }
        }
        return result.toString();
    }

    /** The signature that goes with a body. */
    static String signature(String secret, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return "sha1=" + Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private int send(Waiting one) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(one.url()))
                .timeout(TIME_LIMIT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(one.body()));
        if (one.signed()) {
            request.header(SIGNATURE, signature(one.webhook().text("secretKey"), one.body()));
        }
        try {
            return client().send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(TIME_LIMIT)
                    .build();
        }
        return client;
    }

    /** Tries again a few times; what is dropped is logged, and ends the webhook when it happens too often. */
    private void settle(Waiting one, int status) {
        if (status / 100 == 2) {
            failures.remove(one.webhook());
        } else if (one.tries() + 1 < TRIES && one.signed()) {
            waiting.add(one.again(tenant.now().plus(PAUSE)));
        } else if (one.signed()) {
            log(one, status);
            if (failures.merge(one.webhook(), 1, Integer::sum) >= FAILURES_TO_END) {
                deactivate(one);
            }
        }
    }

    private void log(Waiting one, int status) {
        Row log = tenant.table("WebhookEventErrorLogs").add();
        log.values.put("createDateTime", tenant.stamp()).put("payload", one.body());
        log.values.put("errorMessage", "The remote server returned an error: (" + status + ").");
    }

    private void deactivate(Waiting one) {
        one.webhook().values.put("isActive", false);
        ObjectNode body = Wire.object()
                .put("Action", "Deactivated")
                .put("Guid", one.webhook().text("webhookGUID"));
        body.put("EventTime", tenant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        body.put("SequenceNumber", sequences.merge(one.webhook(), 1, Integer::sum));
        String url = one.webhook().text("deactivationUrl");
        waiting.add(
                new Waiting(one.webhook(), one.table(), url, "Deactivated", -1, escaped(body), false, 0, tenant.now()));
    }
}
