package org.psasync.examples.cluster;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.store.StoreException;

/**
 * The database of the example: the records of all hosts and those of all PSAs, so that every process reaches them. A record
 * is an organization with a name and a short name; all are active customers.
 */
final class Records {
    static final Choice CUSTOMER = new Choice("1", "Customer");
    static final Choice ACTIVE = new Choice("1", "Active");

    private static final String[] TABLES = {
        "create table tenants (tenant text primary key, last bigint not null)",
        "create table psa_records (id bigserial primary key, tenant text not null, name text not null, short_name text,"
                + " changed bigint not null, made_for text)",
        "create index on psa_records (tenant, changed)",
        "create table host_records (id bigserial primary key, account text not null, name text not null, short_name text,"
                + " revision bigint not null, origin text not null, actor text not null, edited timestamptz not null,"
                + " pair text, unique (account, pair))",
        "create index on host_records (account, id)",
        "create table edits (number bigserial primary key, account text not null, record bigint not null, name text not null)"
    };

    final DataSource source;

    private Records(DataSource source) {
        this.source = source;
    }

    /** Reaches the database by a pool of connections. */
    static Records at(String url, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(2);
        return new Records(new HikariDataSource(config));
    }

    void makeTables() {
        in(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String table : TABLES) {
                    statement.execute(table);
                }
            }
            return TABLES;
        });
    }

    /** What is done in one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Reads one row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> T in(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.with(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failure) {
                connection.rollback();
                throw failure;
            }
        } catch (SQLException failure) {
            throw new StoreException("The example's database failed: " + failure.getMessage(), failure);
        }
    }

    <T> List<T> query(String sql, Reader<T> reader, @Nullable Object... values) {
        return in(connection -> query(connection, sql, reader, values));
    }

    static <T> List<T> query(Connection connection, String sql, Reader<T> reader, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            List<T> result = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    result.add(reader.read(rows));
                }
            }
            return result;
        }
    }

    static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    static FieldValues values(ResultSet row) throws SQLException {
        return FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.NAME, row.getString("name"))
                .set(OrganizationFields.SHORT_NAME, row.getString("short_name"))
                .set(OrganizationFields.TYPES, Set.of(CUSTOMER))
                .set(OrganizationFields.STATUS, ACTIVE)
                .build();
    }
}
