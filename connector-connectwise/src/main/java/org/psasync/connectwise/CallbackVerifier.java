package org.psasync.connectwise;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.http.TrustedHosts;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Webhook;
import org.psasync.spi.WebhookRequest;

/**
 * Verifies callbacks and says which record each is about (PSA-ALL-3).
 *
 * <p>The signature is an HMAC over the raw body, with the digest of a signing key. The body itself names where that key
 * is; only the PSA's own hosts are asked for it, seldom, and the answer is kept. Safe for use by several threads. Source:
 * ConnectWise developer guide, Callbacks: verifying the callback source, 2026-10.
 */
final class CallbackVerifier {
    private static final String SIGNATURE = "x-content-signature";
    private static final String KEY_PATH = "/system/callbackkey/index.rails";
    private static final String COMPANY = "companyName=";
    private static final int MOST_KEYS = 16;
    private static final int MOST_LOOKUPS = 10;
    private static final Duration LOOKUP_WINDOW = Duration.ofMinutes(1);
    private static final Map<String, AssetKind> KINDS = Map.of(
            "company", AssetKind.ORGANIZATION,
            "contact", AssetKind.CONTACT,
            "configuration", AssetKind.CONFIGURATION,
            "ticket", AssetKind.TICKET);

    private final Api api;
    private final TrustedHosts trusted;
    private final String companyId;
    private final InstantSource clock;
    private final Map<URI, String> keys = new LinkedHashMap<>();
    private final Deque<Instant> lookups = new ArrayDeque<>();

    CallbackVerifier(Api api, TrustedHosts trusted, String companyId, InstantSource clock) {
        this.api = api;
        this.trusted = trusted;
        this.companyId = companyId;
        this.clock = clock;
    }

    Webhook verify(WebhookRequest request) {
        byte[] body = request.body();
        Optional<byte[]> signature = request.header(SIGNATURE).flatMap(CallbackVerifier::decoded);
        if (signature.isEmpty()) {
            return new Webhook.Refused("The callback has no signature");
        }
        JsonValue callback;
        URI keyAddress;
        try {
            callback = JsonValue.parse(new String(body, StandardCharsets.UTF_8));
            keyAddress = URI.create(String.valueOf(callback.text("Metadata/key_url")));
        } catch (JsonMismatch | IllegalArgumentException e) {
            return new Webhook.Refused("The callback is not in the form of ConnectWise");
        }
        if (!trusted.trusts(keyAddress)) {
            return new Webhook.Refused("The callback names a signing key that is not on the PSA's own host");
        }
        if (!isOurs(keyAddress)) {
            return new Webhook.Refused("The callback names a signing key that is not this company's");
        }
        String known = known(keyAddress);
        if (known != null && matches(body, known, signature.get())) {
            return hints(callback);
        }
        // a key that is not known yet, or was replaced
        String key = fetched(keyAddress);
        if (key == null) {
            return new Webhook.Refused("The callback's signing key could not be had");
        }
        return matches(body, key, signature.get())
                ? hints(callback)
                : new Webhook.Refused("The callback's signature does not fit its content");
    }

    /** The cloud keeps many tenants on one host, and each has signing keys: what one of them signs is not ours. */
    private boolean isOurs(URI keyAddress) {
        String query = keyAddress.getRawQuery();
        return keyAddress.normalize().getPath().endsWith(KEY_PATH)
                && query != null
                && Arrays.stream(query.split("&", -1))
                        .map(parameter -> URLDecoder.decode(parameter, StandardCharsets.UTF_8))
                        .filter(parameter -> parameter.regionMatches(true, 0, COMPANY, 0, COMPANY.length()))
                        .map(parameter -> parameter.substring(COMPANY.length()))
                        .reduce((one, another) -> "") // named twice, it is not clear which counts
                        .filter(companyId::equalsIgnoreCase)
                        .isPresent();
    }

    private Webhook hints(JsonValue callback) {
        try {
            String company = callback.text("CompanyId");
            if (company != null && !company.equalsIgnoreCase(companyId)) {
                return new Webhook.Refused("The callback is another company's");
            }
            String type = callback.text("Type");
            AssetKind kind = type == null ? null : KINDS.get(type.toLowerCase(Locale.ROOT));
            Long id = callback.integer("ID");
            return new Webhook.Hints(
                    kind == null || id == null || id <= 0 ? List.of() : List.of(new RemoteRef(kind, Ids.of(id))));
        } catch (JsonMismatch e) {
            return new Webhook.Refused("The callback is not in the form of ConnectWise");
        }
    }

    private @Nullable String known(URI address) {
        synchronized (keys) {
            return keys.get(address);
        }
    }

    /** Returns null when there is no key, or too many were asked for lately: forged callbacks must not cost requests. */
    private @Nullable String fetched(URI address) {
        synchronized (keys) {
            Instant now = clock.instant();
            while (!lookups.isEmpty() && lookups.getFirst().isBefore(now.minus(LOOKUP_WINDOW))) {
                lookups.removeFirst();
            }
            if (lookups.size() >= MOST_LOOKUPS) {
                return null;
            }
            lookups.addLast(now);
        }
        String key = key(address);
        if (key != null) {
            synchronized (keys) {
                if (keys.size() >= MOST_KEYS) {
                    keys.remove(keys.keySet().iterator().next());
                }
                keys.put(address, key);
            }
        }
        return key;
    }

    /** Whether the key needs credentials is not documented; it is asked for without them first. */
    private @Nullable String key(URI address) {
        String open = key(address, false);
        return open == null ? key(address, true) : open;
    }

    private @Nullable String key(URI address, boolean withCredentials) {
        try {
            RestAnswer answer = api.fetch("callbacks.key", address, withCredentials);
            return answer.isSuccess() ? answer.json().text("signing_key") : null;
        } catch (ConnectorException.Unauthorized
                | ConnectorException.Forbidden
                | ConnectorException.Gone
                | ConnectorException.Rejected
                | JsonMismatch e) {
            return null;
        }
    }

    private static Optional<byte[]> decoded(String signature) {
        try {
            return Optional.of(Base64.getDecoder().decode(signature.strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean matches(byte[] body, String key, byte[] signature) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(digest, "HmacSHA256"));
            return MessageDigest.isEqual(mac.doFinal(body), signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HMAC with SHA-256", e);
        }
    }
}
