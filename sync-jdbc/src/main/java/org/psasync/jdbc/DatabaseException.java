package org.psasync.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.psasync.store.StoreException;

/**
 * The database failed, refused, or holds what this library cannot read. What was to be stored is stored whole or not at
 * all; after a lost connection nobody knows which, and the versions of what is stored tell.
 */
public final class DatabaseException extends StoreException {
    private static final long serialVersionUID = 1;

    DatabaseException(String message) {
        super(message, null);
    }

    DatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static DatabaseException of(SQLException failed) {
        // A batch tells which values failed, and further lines do: values of records belong in no message.
        SQLException next = failed instanceof BatchUpdateException ? failed.getNextException() : null;
        SQLException failure = next == null ? failed : next;
        String first = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return new DatabaseException("The database failed: " + first + wayOut(failure), failure);
    }

    private static String wayOut(SQLException failure) {
        String text = String.valueOf(failure.getMessage());
        String state = String.valueOf(failure.getSQLState());
        if (state.equals("53100")) {
            return ". Make room on the disk of the database; nothing of this change was stored";
        }
        if (state.equals("25006")) {
            return ". The database takes no writes now; is it a standby?";
        }
        if (state.equals("55P03")) {
            return ". Somebody else keeps the rows locked; nothing of this change was stored";
        }
        if (text.contains("SQLITE_NOTADB")) {
            return ". The file is not a SQLite database; name another one";
        }
        if (text.contains("SQLITE_READONLY") || text.contains("SQLITE_CANTOPEN")) {
            return ". The process must be able to write the file and its directory";
        }
        if (text.contains("SQLITE_FULL")) {
            return ". Make room on the disk; nothing of this change was stored";
        }
        return text.contains("SQLITE_BUSY") ? ". Another process keeps the file locked" : "";
    }
}
