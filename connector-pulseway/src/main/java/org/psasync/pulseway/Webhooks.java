package org.psasync.pulseway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteRef;
import org.psasync.spi.Webhook;
import org.psasync.spi.WebhookRequest;

/**
 * Believes a ticket webhook by the secret in its address (PSA-ALL-3): how the PSA signs, and what it sends, is not
 * published. Where the body names a ticket, that ticket is the hint; else the next run finds what changed.
 */
final class Webhooks {
    static final String SECRET = "webhookSecret";

    private final @Nullable String secret;

    Webhooks(@Nullable String secret) {
        this.secret = secret;
    }

    Webhook verify(WebhookRequest request) {
        if (secret == null) {
            return new Webhook.Refused("No secret for webhooks is set up");
        }
        for (String pair : request.query().split("&", -1)) {
            if (pair.startsWith("secret=") && isSecret(pair.substring("secret=".length()))) {
                return new Webhook.Hints(tickets(request));
            }
        }
        return new Webhook.Refused("The address lacks the right secret");
    }

    private boolean isSecret(String given) {
        try {
            byte[] decoded = URLDecoder.decode(given, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            return MessageDigest.isEqual(decoded, String.valueOf(secret).getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<RemoteRef> tickets(WebhookRequest request) {
        try {
            JsonValue body = JsonValue.parse(new String(request.body(), StandardCharsets.UTF_8))
                    .ignoringCase();
            for (String member : List.of("TicketId", "Ticket/Id", "Id")) {
                Long id = body.isObject() ? body.integer(member) : null;
                if (id != null && id > 0) {
                    return List.of(new RemoteRef(AssetKind.TICKET, Ids.of(id)));
                }
            }
            return List.of();
        } catch (JsonMismatch e) {
            return List.of();
        }
    }
}
