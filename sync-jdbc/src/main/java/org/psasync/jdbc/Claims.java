package org.psasync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.psasync.model.PairId;

/** Who decides which single pair just now. */
record Claims(Connection connection, long integration) {
    /** A claim as it is kept. */
    record Claim(String holder, Instant until) {}

    boolean take(PairId pair, String holder, Instant until, Instant now) throws SQLException {
        Optional<Claim> held = find(pair);
        if (held.isPresent()
                && now.isBefore(held.get().until())
                && !held.get().holder().equals(holder)) {
            return false;
        }
        Sql.update(
                connection,
                "insert into psasync_claims (integration, id, claim) values (?, ?, ?)"
                        + " on conflict (integration, id) do update set claim = excluded.claim",
                integration,
                KeyText.bytes(pair),
                Codec.write(new Claim(holder, until)));
        return true;
    }

    void giveBack(PairId pair, String holder) throws SQLException {
        Optional<Claim> held = find(pair);
        if (held.isPresent() && held.get().holder().equals(holder)) {
            Sql.update(
                    connection,
                    "delete from psasync_claims where integration = ? and id = ?",
                    integration,
                    KeyText.bytes(pair));
        }
    }

    private Optional<Claim> find(PairId pair) throws SQLException {
        List<Claim> claims = Sql.query(
                connection,
                "select claim from psasync_claims where integration = ? and id = ?",
                row -> Codec.read(Claim.class, row.getString(1)),
                integration,
                KeyText.bytes(pair));
        return claims.stream().findFirst();
    }
}
