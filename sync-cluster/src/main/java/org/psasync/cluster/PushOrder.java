package org.psasync.cluster;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.Revision;

/**
 * A save that is to be pushed, as it is kept with its task.
 *
 * @param integration of which integration
 * @param record the record
 * @param revision the one that was named; null when none was
 */
record PushOrder(
        String integration, LocalRef record, @Nullable Revision revision) {
    /** Returns the same text for all saves of a record, whatever its ids look like. */
    String key() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(new PushOrder(integration, record, null).bytes()));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, integration);
            write(out, record.kind().name());
            write(out, record.id().value());
            out.writeBoolean(revision != null);
            if (revision != null) {
                write(out, revision.token());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    static PushOrder read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            String integration = readText(in);
            AssetKind kind = AssetKind.valueOf(readText(in));
            LocalRef record = new LocalRef(kind, new LocalId(readText(in)));
            return new PushOrder(integration, record, in.readBoolean() ? new Revision(readText(in)) : null);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Character by character, so that unpaired surrogates are kept. */
    private static void write(DataOutputStream out, String text) throws IOException {
        out.writeInt(text.length());
        out.writeChars(text);
    }

    private static String readText(DataInputStream in) throws IOException {
        char[] chars = new char[in.readInt()];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = in.readChar();
        }
        return new String(chars);
    }

    /** How tasks of saves are kept; nothing but orders. */
    static final Serializer SERIALIZER = new Serializer() {
        @Override
        public byte[] serialize(Object data) {
            return ((PushOrder) data).bytes();
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] bytes) {
            return type.cast(read(bytes));
        }
    };
}
