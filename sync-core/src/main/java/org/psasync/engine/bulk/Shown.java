package org.psasync.engine.bulk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.psasync.engine.pair.Basis;
import org.psasync.model.Revision;
import org.psasync.store.Pair;

/**
 * What a preview showed: a digest of the pairs and their versions and of the revisions of local records that were looked
 * at, and eight bytes of each, by which nothing is touched that was not shown. Not safe for use by several threads.
 */
final class Shown {
    private final MessageDigest digest;
    private final boolean exactly;
    private long[] prints = new long[64];
    private int count;
    private boolean sorted = true;

    /**
     * Begins with what is the same for all pairs.
     *
     * @param exactly whether a pair that changed since counts as not shown
     */
    Shown(String about, boolean exactly) {
        this.exactly = exactly;
        digest = Basis.sha256();
        digest.update(about.getBytes(StandardCharsets.UTF_8));
    }

    void add(BulkScan.Found found) {
        Pair pair = found.pair();
        digest.update(ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(pair.id().high())
                .putLong(pair.id().low())
                .putLong(pair.version())
                .putLong(revision(found))
                .flip());
        if (count == prints.length) {
            prints = Arrays.copyOf(prints, 2 * count);
        }
        prints[count++] = print(found);
        sorted = false;
    }

    /** Returns the digest of everything that was added; nothing can be added any more. */
    String digest() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Returns how many pairs were added. */
    int count() {
        return count;
    }

    /** Returns whether the pair was added; if it counts exactly, in this version and with this local record. */
    boolean contains(BulkScan.Found found) {
        if (!sorted) {
            Arrays.sort(prints, 0, count);
            sorted = true;
        }
        return Arrays.binarySearch(prints, 0, count, print(found)) >= 0;
    }

    private long print(BulkScan.Found found) {
        Pair pair = found.pair();
        long id = mixed(mixed(pair.id().high()) + pair.id().low());
        return exactly ? mixed(mixed(id + pair.version()) + revision(found)) : id;
    }

    private static long revision(BulkScan.Found found) {
        Revision revision = found.revision();
        long print = 0;
        for (int i = 0; revision != null && i < revision.token().length(); i++) {
            print = mixed(print + 1 + revision.token().charAt(i));
        }
        return print;
    }

    /** The finalizer of SplitMix64, which spreads every bit over all others. */
    private static long mixed(long value) {
        long z = value + 0x9E37_79B9_7F4A_7C15L;
        z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 31;
    }
}
