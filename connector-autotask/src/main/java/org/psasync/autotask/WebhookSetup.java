package org.psasync.autotask;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.autotask.Metadata.Pick;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;

/**
 * Has the PSA tell of changes of a kind, one call after the other. Our own writes are kept quiet by leaving out our own user.
 * Doing it again changes nothing but what is missing. Source: REST guide, Creating webhooks, 2026-10.
 */
final class WebhookSetup {
    private final Api api;
    private final QueryReader queries;
    private final Metadata metadata;
    private final People people;
    private final Kinds kinds;
    private final String user;
    private final @Nullable String secret;

    WebhookSetup(
            Api api,
            QueryReader queries,
            Metadata metadata,
            People people,
            Kinds kinds,
            String user,
            @Nullable String secret) {
        this.api = api;
        this.queries = queries;
        this.metadata = metadata;
        this.people = people;
        this.kinds = kinds;
        this.user = user;
        this.secret = secret;
    }

    private static String name(AssetKind kind) {
        return switch (kind) {
            case ORGANIZATION -> "Company";
            case CONTACT -> "Contact";
            case CONFIGURATION -> "ConfigurationItem";
            case TICKET -> "Ticket";
            case LOCATION -> throw new IllegalArgumentException("Autotask has no webhooks of locations");
        };
    }

    void register(AssetKind kind, URI url, URI deactivationUrl) {
        String key = secret;
        if (key == null || key.length() > 64) {
            throw new IllegalArgumentException("Webhooks need the credential \"" + AutotaskProvider.WEBHOOK_SECRET
                    + "\", of 64 characters at most");
        }
        String name = name(kind);
        String webhooks = name + "Webhooks";
        Optional<Long> there =
                queries
                        .all(Query.of("webhooks.find", webhooks).where(Filter.equal("webhookUrl", url.toString())))
                        .stream()
                        .map(Ids::required)
                        .findFirst();
        long id = there.orElseGet(() -> make(webhooks, url, deactivationUrl, key));
        fields(kind, name, webhooks, id);
        people.named(user).ifPresent(own -> leaveOut(name, webhooks, id, Ids.required(own)));
        requireReady(webhooks, id);
    }

    private long make(String webhooks, URI url, URI deactivationUrl, String key) {
        JsonValue body = JsonValue.object()
                .with("name", "psa-sync")
                .with("webhookUrl", url.toString())
                .with("deactivationUrl", deactivationUrl.toString())
                .with("secretKey", key)
                .with("isActive", true)
                .with("isSubscribedToCreateEvents", true)
                .with("isSubscribedToUpdateEvents", true)
                .with("isSubscribedToDeleteEvents", true)
                .with("sendThresholdExceededNotification", false);
        return api.write("webhooks.create", "POST", body, webhooks);
    }

    /** Subscribes to what is read of the records; a field that cannot be subscribed to is passed over. */
    private void fields(AssetKind kind, String name, String webhooks, long id) {
        Set<String> there = new HashSet<>();
        for (JsonValue field :
                queries.all(Query.of("webhooks.fields", name + "WebhookFields").where(Filter.equal("webhookID", id)))) {
            there.add(String.valueOf(field.text("fieldID")));
        }
        List<String> wanted = kinds.of(kind).members();
        for (Pick pick : metadata.readNow(name + "WebhookFields").picks("fieldID")) {
            boolean read = wanted.isEmpty() || wanted.stream().anyMatch(pick.label()::equalsIgnoreCase);
            if (read && !there.contains(pick.value())) {
                JsonValue body = JsonValue.object()
                        .with("webhookID", id)
                        .with("fieldID", Long.parseLong(pick.value()))
                        .with("isSubscribedField", true)
                        .with("isDisplayAlwaysField", false);
                api.write("webhooks.create", "POST", body, webhooks + "/{}/Fields", id);
            }
        }
    }

    private void leaveOut(String name, String webhooks, long id, long resource) {
        boolean there = !queries.all(Query.of("webhooks.excluded", name + "WebhookExcludedResources")
                        .where(Filter.equal("webhookID", id), Filter.equal("resourceID", resource)))
                .isEmpty();
        if (!there) {
            JsonValue body = JsonValue.object().with("webhookID", id).with("resourceID", resource);
            api.write("webhooks.create", "POST", body, webhooks + "/{}/ExcludedResources", id);
        }
    }

    private void requireReady(String webhooks, long id) {
        JsonValue webhook = api.get("webhooks.read", webhooks + "/{}", id).at("item");
        boolean ready = webhook.isObject()
                && Boolean.TRUE.equals(webhook.flag("isActive"))
                && Boolean.TRUE.equals(webhook.flag("isReady"));
        if (!ready) {
            throw new ConnectorException.Rejected(List.of(Problem.ofRecord(
                    Problem.Code.REFUSED,
                    "Autotask took the webhook but does not use it: it is not active and ready there.")));
        }
    }
}
