package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a tenant holds. Whoever works on it holds its monitor. */
final class Tenant {
    /** The user of the API, and the author of what other people do. */
    static final int API_USER = 5101;

    static final int PERSON = 5102;

    final Switches switches = new Switches();
    final Lookups lookups = new Lookups();
    final Table accounts = new Table("Account", 1100);
    final Table contacts = new Table("Contact", 6600);
    final Table assets = new Table("Hardware asset", 9900);
    final Table tickets = new Table("Ticket", 120_000);
    final Table employees = new Table("Employee", 5100);
    final Table webhooks = new Table("Webhook", 10);
    final List<Delivery> deliveries = new ArrayList<>();
    private final InstantSource clock;
    private int lastPart = 20_000;

    Tenant(InstantSource clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant().plus(switches.clockSkew());
    }

    /** The time now, as stamps have it. */
    String stamp() {
        return stamp(now());
    }

    String stamp(Instant at) {
        Instant seconds = at.truncatedTo(ChronoUnit.SECONDS);
        return switches.isOn(Switch.STAMPS_WITHOUT_OFFSET)
                ? seconds.toString().replace("Z", ".417")
                : seconds.toString();
    }

    static Instant time(String stamp) {
        if (stamp.length() == 10) {
            return Instant.parse(stamp + "T00:00:00Z");
        }
        boolean zone = stamp.endsWith("Z") || stamp.lastIndexOf('+') > 10;
        return zone
                ? OffsetDateTime.parse(stamp).toInstant()
                : LocalDateTime.parse(stamp).toInstant(ZoneOffset.UTC);
    }

    /** An id for a location, an address, an e-mail or a phone. */
    int nextPart() {
        return ++lastPart;
    }

    /** Stamps a new record. */
    ObjectNode made(ObjectNode row, int author) {
        row.put("CreatedBy", author).put("CreatedOn", stamp());
        return changed(row, author);
    }

    ObjectNode changed(ObjectNode row, int author) {
        return row.put("ModifiedBy", author).put("ModifiedOn", stamp());
    }

    /** The location of an account; null when it has none of that id. */
    static @Nullable ObjectNode location(ObjectNode account, int id) {
        for (JsonNode location : account.path("Locations")) {
            if (location.path("Id").asInt() == id) {
                return (ObjectNode) location;
            }
        }
        return null;
    }

    /** The account of a location; null when there is no such location. */
    @Nullable
    ObjectNode accountOf(int location) {
        for (ObjectNode account : accounts.rows()) {
            if (location(account, location) != null) {
                return account;
            }
        }
        return null;
    }

    /** The table of records that tests name. */
    Table table(String records) {
        return switch (records) {
            case "accounts" -> accounts;
            case "contacts" -> contacts;
            case "assets" -> assets;
            case "tickets" -> tickets;
            case "employees" -> employees;
            default ->
                throw new IllegalArgumentException(
                        "No records \"" + records + "\"; there are accounts, contacts, assets, tickets and employees");
        };
    }
}
