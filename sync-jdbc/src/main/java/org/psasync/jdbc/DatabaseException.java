package org.psasync.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The database failed, refused, or holds what this library cannot read. What was to be stored is stored whole or not at
 * all; after a lost connection nobody knows which, and the versions of what is stored tell.
 */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DatabaseException(String message) {
        super(message);
    }

    DatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static DatabaseException of(SQLException failure) {
        return new DatabaseException("The database failed: " + failure.getMessage() + wayOut(failure), failure);
    }

    private static String wayOut(SQLException failure) {
        String text = String.valueOf(failure.getMessage());
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
