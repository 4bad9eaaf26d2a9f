package org.psasync.testkit.autotask;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All that a tenant holds. Whoever works on it holds its monitor. */
final class Tenant {
    /** The user of the API, and the author of what other people do. */
    static final long API_USER = 29_682_931;

    static final long PERSON = 29_682_891;

    /** The number of the tenant's database, which the look-up of the zone tells. */
    static final int DATABASE = 441_207;

    /** The entries of pick lists, by the names that the schema has for the lists. */
    final Map<String, List<Pick>> lists = new LinkedHashMap<>();

    final Switches switches = new Switches();
    final Rights rights = new Rights();
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final Map<String, List<Udf>> udfs = new LinkedHashMap<>();
    private final InstantSource clock;
    private final List<ChangeListener> listeners = new ArrayList<>();

    /** Hears of changes of records. */
    @FunctionalInterface
    interface ChangeListener {
        /**
         * A record was made, changed or deleted.
         *
         * @param members what changed; all of a new record, none of a deleted one
         */
        void changed(Table table, Row row, String action, List<String> members, long author);
    }

    Tenant(InstantSource clock) {
        this.clock = clock;
        for (Entity entity : Schema.all()) {
            tables.put(entity.path(), new Table(entity, firstId(entity.path())));
        }
    }

    private static long firstId(String path) {
        return switch (path) {
            case "Companies" -> 29_683_699;
            case "Contacts" -> 30_684_199;
            case "Resources" -> 29_682_880;
            case "ConfigurationItems" -> 20_399;
            case "CompanyLocations" -> 500;
            case "Products" -> 12_000;
            case "Tickets" -> 31_800;
            case "BillingCodes" -> 29_682_839;
            default -> 10;
        };
    }

    Instant now() {
        return clock.instant().plus(switches.clockSkew());
    }

    /** The time now, as stamps are kept. */
    String stamp() {
        return Stamps.of(now());
    }

    Table table(String path) {
        Table table = tables.get(path);
        if (table == null) {
            throw new IllegalArgumentException("No records \"" + path + "\"; there are " + tables.keySet());
        }
        return table;
    }

    /** The records that others refer to; null for those that the fake does not keep. */
    @Nullable
    Row target(Member member, long id) {
        return member.refersTo() == null ? null : table(member.refersTo()).find(id);
    }

    List<Udf> udfs(Entity entity) {
        return udfs.computeIfAbsent(entity.path(), any -> new ArrayList<>());
    }

    @Nullable
    Udf udf(Entity entity, String name) {
        return udfs(entity).stream()
                .filter(udf -> udf.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    /** The entries of a member's pick list. */
    List<Pick> picks(Member member) {
        String list = Objects.requireNonNull(member.list());
        Table table = tables.get(list);
        return table == null
                ? lists.getOrDefault(list, List.of())
                : table.rows().stream()
                        .map(row -> new Pick(row.id, row.text("name"), row.flag("isActive"), ""))
                        .toList();
    }

    void listen(ChangeListener listener) {
        listeners.add(listener);
    }

    // Changes --------------------------------------------------------------------------------------------------------

    /** Stamps a new record and tells of it. */
    void made(Table table, Row row, long author) {
        String stamp = stamp();
        for (String sort : List.of("created", "changed", "activity")) {
            String member = table.entity.stamp(sort);
            if (member != null) {
                row.values.put(member, stamp);
            }
        }
        for (String member : List.of("createdByResourceID", "createdByPersonID", "creatorResourceID")) {
            if (table.entity.find(member) != null) {
                row.values.put(member, author);
            }
        }
        tell(table, row, "Create", table.entity.all().stream().map(Member::name).toList(), author);
    }

    /** Stamps a changed record and tells of it. */
    void changed(Table table, Row row, List<String> members, long author) {
        boolean ticket = table.entity.path().equals("Tickets");
        String changed = table.entity.stamp("changed");
        if (changed != null && !(ticket && switches.isOn(Switch.TRACKED_STAMP_OF_TICKETS_STAYS))) {
            row.values.put(changed, stamp());
        }
        active(table, row);
        tell(table, row, "Update", members, author);
    }

    /** Moves the stamp of activity, as a note or a ticket of a company does. */
    void active(Table table, Row row) {
        String activity = table.entity.stamp("activity");
        if (activity != null) {
            row.values.put(activity, stamp());
        }
    }

    void deleted(Table table, Row row, long author) {
        table.remove(row.id);
        if (table.entity.path().equals("Tickets")) {
            Row log = table("DeletedTicketLogs").add();
            log.values.put("ticketID", row.id).put("deletedByResourceID", author);
            log.values.put("ticketNumber", row.text("ticketNumber")).put("ticketTitle", row.text("title"));
            log.values.put("deletedDateTime", stamp());
        }
        tell(table, row, "Delete", List.of(), author);
    }

    private void tell(Table table, Row row, String action, List<String> members, long author) {
        listeners.forEach(listener -> listener.changed(table, row, action, members, author));
    }

    /** Makes a location the primary one; the others of its company are no more. */
    void makePrimary(Row location) {
        long company = location.number("companyID");
        for (Row other : table("CompanyLocations").rows()) {
            if (other.number("companyID") == company) {
                other.values.put("isPrimary", other == location);
            }
        }
    }

    /** Whether a record is there and in use; what has no flag for that is. */
    static boolean isActive(@Nullable Row row) {
        return row != null && (!row.values.has("isActive") || row.flag("isActive"));
    }

    boolean isApiUser(Row resource) {
        return lists.getOrDefault("licenseType", List.of()).stream()
                .anyMatch(pick -> pick.value() == resource.number("licenseType")
                        && pick.label().toUpperCase(Locale.ROOT).contains("API"));
    }
}
