package org.psasync.testkit.connectwise;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs callbacks as the PSA does: HMAC-SHA256 of the body under the SHA-256 of the signing key.
 *
 * <p>Source: ConnectWise developer guide, Callbacks: verifying the callback source, 2026-10.
 */
public final class Signatures {
    private Signatures() {}

    /** Returns what the header {@code x-content-signature} holds: the signature in Base64. */
    public static String sign(String signingKey, String body) {
        try {
            byte[] key = MessageDigest.getInstance("SHA-256").digest(signingKey.getBytes(StandardCharsets.UTF_8));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
