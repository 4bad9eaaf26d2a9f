package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.spi.WebhookRequest;

/**
 * The callbacks that wait for delivery. Nothing is sent before {@link #deliver()} is called, unless the builder was
 * given a timer. Threads may share it.
 *
 * <p>Source: ConnectWise developer guide, Callbacks, 2026-10.
 */
public final class Callbacks {
    /**
     * One attempt to deliver a callback.
     *
     * @param url the registered address with the record's id and the action
     * @param type the kind of record, such as {@code company}
     * @param action {@code added}, {@code updated} or {@code deleted}
     * @param status what the receiver answered; 0 when it did not
     */
    public record Attempt(String url, String type, int recordId, String action, int status, Instant at) {}

    private record Waiting(
            int entry, String url, String type, int recordId, String action, String body, int tries, Instant due) {
        Waiting again(Instant moment) {
            return new Waiting(entry, url, type, recordId, action, body, tries + 1, moment);
        }
    }

    private static final Set<Integer> TRIED_AGAIN = Set.of(404, 409, 419, 429);
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(2), Duration.ofSeconds(4));
    private static final Duration PATIENCE = Duration.ofDays(3);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);

    private final Tenant tenant;
    private final Account account;
    private final Renderer renderer;
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final Map<Integer, Instant> failingSince = new HashMap<>();
    private @Nullable HttpClient client;
    private int messages;

    Callbacks(Tenant tenant, Account account, Renderer renderer) {
        this.tenant = tenant;
        this.account = account;
        this.renderer = renderer;
    }

    /** How many callbacks wait, due or not. */
    public int waiting() {
        synchronized (tenant) {
            return waiting.size();
        }
    }

    /** All attempts so far, oldest first. */
    public List<Attempt> attempts() {
        synchronized (tenant) {
            return List.copyOf(attempts);
        }
    }

    /** Loses all callbacks that wait. */
    public void lose() {
        synchronized (tenant) {
            waiting.clear();
        }
    }

    /** Sends what is due by the server's clock, in this thread, and returns the attempts. */
    public List<Attempt> deliver() {
        List<Waiting> due = new ArrayList<>();
        synchronized (tenant) {
            Instant now = tenant.now();
            waiting.removeIf(one -> !one.due().isAfter(now) && due.add(one));
            due.sort(Comparator.comparing(Waiting::due));
            if (tenant.switches.isOn(Switch.CALLBACKS_REVERSED)) {
                Collections.reverse(due);
            }
        }
        List<Attempt> made = new ArrayList<>();
        for (Waiting one : due) {
            int status = send(one);
            synchronized (tenant) {
                Attempt attempt =
                        new Attempt(one.url(), one.type(), one.recordId(), one.action(), status, tenant.now());
                made.add(attempt);
                attempts.add(attempt);
                settle(one, status);
            }
        }
        return made;
    }

    private int send(Waiting one) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(one.url()))
                .timeout(TIME_LIMIT)
                .header("Content-Type", "application/json")
                .header("x-content-signature", Signatures.sign(account.signingKey(), one.body()))
                .POST(HttpRequest.BodyPublishers.ofString(one.body()))
                .build();
        try {
            return client().send(request, HttpResponse.BodyHandlers.discarding())
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

    /** Tries again after some refusals; disables a callback that fails for three days. */
    private void settle(Waiting one, int status) {
        Instant now = tenant.now();
        if (status / 100 == 2) {
            failingSince.remove(one.entry());
            return;
        }
        if (TRIED_AGAIN.contains(status) && one.tries() < PAUSES.size()) {
            waiting.add(one.again(now.plus(PAUSES.get(one.tries()))));
            return;
        }
        Instant since = failingSince.computeIfAbsent(one.entry(), entry -> now);
        Row entry = tenant.find("callback", one.entry());
        if (entry != null && !now.isBefore(since.plus(PATIENCE))) {
            entry.set(tenant.table("callback").field("inactiveFlag"), true);
            entry.forgetRendering();
            tenant.changed();
        }
    }

    /** Queues callbacks for a change of a record. */
    void changed(Table table, Row row, String action, Author author, @Nullable Draft draft) {
        Table entries = tenant.table("callback");
        for (Row entry : entries.rows()) {
            boolean suppressed = author.overApi() && entry.flag(entries.field("isSelfSuppressedFlag"));
            boolean skipped = draft != null && table.shape.find("skipCallback") != null && draft.flag("skipCallback");
            if (!entry.flag(entries.field("inactiveFlag"))
                    && !suppressed
                    && !skipped
                    && concerns(entries, entry, table, row)) {
                queue(entries, entry, table, row, action, author);
                if (tenant.switches.isOn(Switch.CALLBACKS_DOUBLED)) {
                    queue(entries, entry, table, row, action, author);
                }
            }
        }
    }

    private boolean concerns(Table entries, Row entry, Table table, Row row) {
        if (!entry.text(entries.field("type")).equalsIgnoreCase(table.name())) {
            return false;
        }
        String level = entry.text(entries.field("level"));
        int object = entry.pointer(entries.field("objectId"));
        if (level.equalsIgnoreCase("owner")) {
            return object == 1;
        }
        if (level.equalsIgnoreCase(table.name())) {
            return object == row.id;
        }
        Field field = table.shape.find(level);
        if (field != null) {
            return row.pointer(field) == object;
        }
        Field types = level.equalsIgnoreCase("type") ? table.shape.find("types") : null;
        if (types == null) {
            return false;
        }
        Table associations = tenant.table(table.name() + "TypeAssociation");
        return associations.below(row.id).stream()
                .anyMatch(association -> association.pointer(associations.field("type")) == object);
    }

    private void queue(Table entries, Row entry, Table table, Row row, String action, Author author) {
        String url = entry.text(entries.field("url")) + row.id + "&action=" + action;
        Instant due = tenant.now().plus(tenant.switches.callbackDelay());
        String body = body(entry.id, table, row, action, author);
        waiting.add(new Waiting(entry.id, url, table.name(), row.id, action, body, 0, due));
    }

    private String body(int entry, Table table, Row row, String action, Author author) {
        messages++;
        String keyUrl = account.url() + "/" + account.codebase() + "system/callbackkey/index.rails?companyName="
                + account.companyId() + "&id=" + Tenant.guid("key", entry);
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("Action", action)
                .put("CallbackObjectRecId", entry)
                .put("CompanyId", account.companyId())
                .put("Entity", action.equals("deleted") ? null : entity(table, row))
                .put("FromUrl", account.site())
                .put("ID", row.id)
                .put("MemberId", author.name())
                .put("MessageId", Tenant.guid("message", messages));
        body.putObject("Metadata").put("key_url", keyUrl);
        body.put("PartnerId", "invented-partner")
                .put("ProductInstanceId", "invented-instance")
                .put("Type", table.name());
        return body.toString();
    }

    /** Returns the request by which a subscriber hears that a person changed a record. */
    WebhookRequest request(String type, int id) {
        synchronized (tenant) {
            Row row = tenant.find(type, id);
            if (row == null) {
                throw new IllegalArgumentException("There is no " + type + " " + id);
            }
            String body = body(1, tenant.table(type), row, "updated", Author.person("jkowalski"));
            return new WebhookRequest(
                    "recordId=" + id + "&action=updated",
                    Map.of("x-content-signature", List.of(Signatures.sign(account.signingKey(), body))),
                    body.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The record as text, without the parts that callbacks lack. */
    private String entity(Table table, Row row) {
        ObjectNode record = renderer.record(table, row);
        record.remove(List.of("communicationItems", "customFields"));
        if (table.name().equals("contact")) {
            record.remove("types");
        }
        return record.toString();
    }
}
