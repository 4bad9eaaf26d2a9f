package org.psasync.autotask;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteRef;
import org.psasync.spi.Webhook;
import org.psasync.spi.WebhookRequest;

/**
 * Verifies deliveries of webhooks and says which record each is about (PSA-ALL-3). The signature is over the raw bytes: the body
 * is escaped in a way that parsing loses. Source: REST guide, Webhooks, 2026-10.
 */
final class WebhookVerifier {
    private static final String SIGNATURE = "X-Hook-Signature";
    private static final String FORM = "sha1=";

    /** Old and new names. */
    private static final Map<String, AssetKind> KINDS = Map.of(
            "account", AssetKind.ORGANIZATION,
            "company", AssetKind.ORGANIZATION,
            "companie", AssetKind.ORGANIZATION,
            "contact", AssetKind.CONTACT,
            "installedproduct", AssetKind.CONFIGURATION,
            "configurationitem", AssetKind.CONFIGURATION,
            "ticket", AssetKind.TICKET);

    private final @Nullable String secret;

    WebhookVerifier(@Nullable String secret) {
        this.secret = secret;
    }

    Webhook verify(WebhookRequest request) {
        if (secret == null) {
            return new Webhook.Refused("No secret of webhooks is among the credentials, so that none can be believed");
        }
        Optional<byte[]> signature = request.header(SIGNATURE).flatMap(WebhookVerifier::decoded);
        if (signature.isEmpty()) {
            return new Webhook.Refused("The delivery has no signature");
        }
        byte[] body = request.body();
        if (!matches(body, secret, signature.get())) {
            return new Webhook.Refused("The delivery's signature does not fit its content");
        }
        try {
            JsonValue delivery =
                    JsonValue.parse(new String(body, StandardCharsets.UTF_8)).ignoringCase();
            AssetKind kind = kind(delivery.text("EntityType"));
            Long id = delivery.integer("Id");
            return new Webhook.Hints(
                    kind == null || id == null || id < 0 ? List.of() : List.of(new RemoteRef(kind, Ids.of(id))));
        } catch (JsonMismatch e) {
            return new Webhook.Refused("The delivery is not in the form of Autotask");
        }
    }

    private static @Nullable AssetKind kind(@Nullable String entityType) {
        String lower = entityType == null ? "" : entityType.toLowerCase(Locale.ROOT);
        return KINDS.get(lower.endsWith("s") ? lower.substring(0, lower.length() - 1) : lower);
    }

    private static Optional<byte[]> decoded(String header) {
        String stripped = header.strip();
        if (!stripped.regionMatches(true, 0, FORM, 0, FORM.length())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(stripped.substring(FORM.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean matches(byte[] body, String key, byte[] signature) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return MessageDigest.isEqual(mac.doFinal(body), signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HMAC with SHA-1", e);
        }
    }
}
