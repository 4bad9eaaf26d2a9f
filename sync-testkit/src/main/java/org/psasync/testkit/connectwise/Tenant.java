package org.psasync.testkit.connectwise;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the fake PSA holds: its tables, its clock and its switches. Whoever reads or writes it holds its
 * monitor.
 */
final class Tenant {
    final Schema schema = Schema.load();
    final Switches switches = new Switches();
    final boolean cloud;
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final InstantSource clock;
    private volatile String version;
    private String base = "";
    private long writes;
    private long epoch;
    private int lastAnswer = 1000;

    Tenant(InstantSource clock, String version, boolean cloud) {
        this.clock = clock;
        this.version = version;
        this.cloud = cloud;
        schema.shapes().forEach((name, shape) -> tables.put(name, new Table(shape)));
    }

    /** The release with its build, such as {@code v2025.1.10333}. */
    String version() {
        return version;
    }

    void version(String release) {
        version = release;
    }

    /** The newest model that the server knows, which is that of its release, such as {@code 2025.1}. */
    String model() {
        return version.replaceFirst("^v(\\d+\\.\\d+).*", "$1");
    }

    Table table(String name) {
        Table table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("No table " + name);
        }
        return table;
    }

    Map<String, Table> tables() {
        return tables;
    }

    /** The row of a table, or null; null as well for tables that are not kept. */
    @Nullable
    Row find(String table, int id) {
        Table found = tables.get(table);
        return found == null ? null : found.find(id);
    }

    /** The id of the row of a set-up table that is marked as default; null without one. */
    @Nullable
    Integer defaultOf(String table) {
        Table found = table(table);
        Field isDefault = found.field("defaultFlag");
        for (Row row : found.rows()) {
            if (row.flag(isDefault)) {
                return row.id;
            }
        }
        return null;
    }

    /** The server's time, skewed as the switches say. */
    Instant now() {
        return clock.instant().plus(switches.clockSkew()).truncatedTo(ChronoUnit.SECONDS);
    }

    /** The address below which all records are, with a slash at the end. */
    String base() {
        return base;
    }

    void base(String address) {
        base = address;
        namesChanged();
    }

    int nextAnswerId() {
        lastAnswer++;
        return lastAnswer;
    }

    /** Rises with every write. */
    long writes() {
        return writes;
    }

    /** Rises when a record could be shown differently although it did not change itself. */
    long epoch() {
        return epoch;
    }

    void changed() {
        writes++;
    }

    void namesChanged() {
        writes++;
        epoch++;
    }

    /** A stable GUID for a record. */
    static String guid(String table, int id) {
        long high = mixed(table.hashCode() * 31L + id);
        long low = mixed(high + id);
        return new UUID((high & ~0xf000L) | 0x4000L, (low >>> 2) | (1L << 63)).toString();
    }

    /** Spreads the bits of a number over all of its result. */
    private static long mixed(long number) {
        long mixed = (number ^ (number >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
