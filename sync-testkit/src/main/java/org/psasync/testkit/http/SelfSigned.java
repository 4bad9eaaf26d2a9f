package org.psasync.testkit.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A key and a certificate for the loopback address, made for one server and signed by itself. Immutable.
 *
 * @param keystore a file in the format PKCS12 for the web server, gone when this is closed
 * @param certificate what a client must trust
 */
public record SelfSigned(Path keystore, X509Certificate certificate) {
    /** Guards nothing: the key is made for one test. */
    public static final String PASSWORD = "loopback";

    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = Der.oid("2.5.29.17");
    private static final byte[] BASIC_CONSTRAINTS = Der.oid("2.5.29.19");

    /**
     * Makes a certificate that is valid for ten years around that moment.
     *
     * @throws UncheckedIOException when the file cannot be written
     */
    public static SelfSigned create(Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            X509Certificate certificate = certificate(keys, now);
            return new SelfSigned(store(keys, certificate), certificate);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X509Certificate certificate(KeyPair keys, Instant now) throws GeneralSecurityException {
        byte[] name = Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.text("localhost"))));
        Duration fiveYears = Duration.ofDays(5 * 365);
        byte[] content = Der.sequence(
                Der.element(0xa0, Der.integer(2)),
                Der.integer(Math.max(1, now.toEpochMilli())),
                ECDSA_WITH_SHA256,
                name,
                Der.sequence(Der.time(now.minus(fiveYears)), Der.time(now.plus(fiveYears))),
                name,
                keys.getPublic().getEncoded(),
                Der.element(0xa3, Der.sequence(forAnchor(), forLoopback())));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(content);
        byte[] encoded = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    private static byte[] forAnchor() {
        return Der.sequence(BASIC_CONSTRAINTS, Der.bool(true), Der.octets(Der.sequence(Der.bool(true))));
    }

    private static byte[] forLoopback() {
        return Der.sequence(
                SUBJECT_ALTERNATIVE_NAME,
                Der.octets(Der.sequence(
                        Der.element(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)),
                        Der.element(0x87, new byte[] {127, 0, 0, 1}))));
    }

    private static Path store(KeyPair keys, X509Certificate certificate) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", keys.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {certificate});
        Path file = Files.createTempFile("fake-psa", ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    /** Returns a certificate as the text that clients take as one to trust (PEM). */
    public static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deletes the file; a second time is harmless. */
    public void close() {
        try {
            Files.deleteIfExists(keystore);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
