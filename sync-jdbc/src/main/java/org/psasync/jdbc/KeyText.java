package org.psasync.jdbc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import org.psasync.model.PairId;

/**
 * Texts as keys of an index. Short, plain ones are their own key; of long ones, and of those that a database may refuse,
 * the key is a digest. The text itself is always kept in the body.
 */
final class KeyText {
    private static final int LONGEST = 200;
    private static final char DIGEST = '#';

    /** The order in which the databases keep keys; that of Java differs beyond the basic plane. */
    static final Comparator<String> ORDER =
            Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private KeyText() {}

    /** Returns the key; two texts have the same key only if they are the same. */
    static String of(String text) {
        boolean plain = text.length() <= LONGEST
                && !text.isEmpty()
                && text.charAt(0) != DIGEST
                && text.indexOf('\0') < 0
                && isWellFormed(text);
        return plain ? text : DIGEST + digest(text);
    }

    /** Returns whether every surrogate is one of a pair. */
    static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static String digest(String text) {
        try {
            // As UTF-16, in which unpaired surrogates differ too.
            byte[] bytes = text.getBytes(StandardCharsets.UTF_16BE);
            if (!isWellFormed(text)) {
                ByteBuffer raw = ByteBuffer.allocate(text.length() * 2);
                text.chars().forEach(c -> raw.putChar((char) c));
                bytes = raw.array();
            }
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns a pair's id as bytes, which a database orders as ids are. */
    static byte[] bytes(PairId id) {
        return ByteBuffer.allocate(16).putLong(id.high()).putLong(id.low()).array();
    }

    /** Returns the id of these bytes. */
    static PairId id(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new PairId(buffer.getLong(), buffer.getLong());
    }
}
