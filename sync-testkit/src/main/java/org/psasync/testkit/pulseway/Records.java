package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records of one kind, for tests that look into the PSA or work there as another person would: without HTTP and without
 * checks, with {@code ModifiedOn} moved. Records are maps with members as the vendor's description spells them. Threads
 * may share it.
 */
public final class Records {
    private static final TypeReference<Map<String, @Nullable Object>> MAP = new TypeReference<>() {};

    private final Tenant tenant;
    private final Table table;

    Records(Tenant tenant, Table table) {
        this.tenant = tenant;
        this.table = table;
    }

    /** The ids of all records, rising. */
    public List<Integer> ids() {
        synchronized (tenant) {
            List<Integer> ids = new ArrayList<>();
            table.rows().forEach(row -> ids.add(row.path("Id").asInt()));
            return ids;
        }
    }

    /** How many records there are. */
    public int count() {
        return ids().size();
    }

    /** Whether there is such a record. */
    public boolean has(int id) {
        return ids().contains(id);
    }

    /** The id of the first record whose member has that value, in the order of ids. */
    public int idWhere(String member, Object value) {
        for (int id : ids()) {
            if (value.equals(get(id).get(member))) {
                return id;
            }
        }
        throw new IllegalArgumentException("No " + table.name + " has " + member + " " + value);
    }

    /** A record as it is stored. */
    public Map<String, @Nullable Object> get(int id) {
        synchronized (tenant) {
            return Wire.MAPPER.convertValue(row(id), MAP);
        }
    }

    /** Adds a record with these members and returns its id; those left out are blank. */
    public int add(Map<String, ? extends @Nullable Object> members) {
        synchronized (tenant) {
            ObjectNode row = switch (table.name) {
                case "Account" -> AccountApi.blank();
                case "Contact" -> ContactApi.blank();
                case "Hardware asset" -> AssetApi.blank();
                case "Ticket" ->
                    Wire.object().put("OpenDate", tenant.stamp()).put("LastActivityUpdate", tenant.stamp());
                default -> Wire.object();
            };
            row.setAll(tree(members));
            table.add(tenant.made(row, Tenant.PERSON));
            tell(WebhookApi.Event.CREATED, row);
            return row.path("Id").asInt();
        }
    }

    /** Changes members of a record: null clears one, the others stay; arrays are replaced as wholes. */
    public void edit(int id, Map<String, ? extends @Nullable Object> members) {
        synchronized (tenant) {
            editUnnoticed(id, members);
            ObjectNode row = tenant.changed(row(id), Tenant.PERSON);
            if (table.name.equals("Ticket")) {
                row.put("LastActivityUpdate", tenant.stamp());
            }
            tell(WebhookApi.Event.UPDATED, row);
        }
    }

    /** Changes one member of a record. */
    public void edit(int id, String member, Object value) {
        edit(id, Map.of(member, value));
    }

    /** Changes members as {@link #edit(int, Map)} does, but moves no stamp. */
    public void editUnnoticed(int id, Map<String, ? extends @Nullable Object> members) {
        synchronized (tenant) {
            row(id).setAll(tree(members));
        }
    }

    /** Deletes a record without a trace in lists. */
    public void delete(int id) {
        synchronized (tenant) {
            ObjectNode row = row(id);
            table.remove(id);
            tell(WebhookApi.Event.DELETED, row);
        }
    }

    /** Webhooks are of tickets only. */
    private void tell(WebhookApi.Event event, ObjectNode row) {
        if (table == tenant.tickets) {
            WebhookApi.tell(tenant, event, row);
        }
    }

    private ObjectNode row(int id) {
        ObjectNode row = table.find(id);
        if (row == null) {
            throw new IllegalArgumentException("No " + table.name + " " + id);
        }
        return row;
    }

    private static ObjectNode tree(Map<String, ? extends @Nullable Object> members) {
        return Wire.MAPPER.valueToTree(members);
    }
}
