package org.psasync.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A connection that keeps its statements, because its driver does not: to prepare one takes longer than to run it. */
interface KeepsStatements {
    /** Returns a statement that nobody else uses until it is given back. */
    PreparedStatement take(String sql) throws SQLException;

    /** Gives a statement back that can be used again; one that failed is closed instead. */
    void giveBack(String sql, PreparedStatement statement) throws SQLException;
}
