package org.psasync.testkit.autotask;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The records of one kind, for tests that look into the PSA or work there as another person would: without HTTP and without
 * checks, with the stamps moved and webhooks told. Records are maps with members as the vendor spells them. Threads may
 * share it.
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
    public List<Long> ids() {
        synchronized (tenant) {
            List<Long> ids = new ArrayList<>();
            table.rows().forEach(row -> ids.add(row.id));
            return ids;
        }
    }

    /** How many records there are. */
    public int count() {
        synchronized (tenant) {
            return table.rows().size();
        }
    }

    /** Whether there is such a record. */
    public boolean has(long id) {
        synchronized (tenant) {
            return table.find(id) != null;
        }
    }

    /** The ids of the records whose member has that value, rising. */
    public List<Long> idsWhere(String member, Object value) {
        synchronized (tenant) {
            List<Long> ids = new ArrayList<>();
            for (Row row : table.rows()) {
                if (row.text(member).equals(value.toString())) {
                    ids.add(row.id);
                }
            }
            return ids;
        }
    }

    /** The id of the first record whose member has that value. */
    public long idWhere(String member, Object value) {
        return idsWhere(member, value).stream()
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("No " + table.entity.name() + " has " + member + " " + value));
    }

    /** A record with all its members, as the API shows it. */
    public Map<String, @Nullable Object> get(long id) {
        synchronized (tenant) {
            return Wire.MAPPER.convertValue(new Renderer(tenant).record(table.entity, row(id), Set.of()), MAP);
        }
    }

    /** A user-defined field of a record; null when it is unset. */
    public @Nullable String udf(long id, String name) {
        synchronized (tenant) {
            return row(id).udfs.get(name);
        }
    }

    /** Adds a record with these members and returns its id; those left out are blank. */
    public long add(Map<String, ? extends @Nullable Object> members) {
        synchronized (tenant) {
            Row row = table.add();
            set(row, members);
            tenant.made(table, row, Tenant.PERSON);
            return row.id;
        }
    }

    /** Changes members of a record: null clears one, the others stay. */
    public void edit(long id, Map<String, ? extends @Nullable Object> members) {
        synchronized (tenant) {
            Row row = row(id);
            set(row, members);
            tenant.changed(table, row, List.copyOf(members.keySet()), Tenant.PERSON);
        }
    }

    /** Changes one member of a record. */
    public void edit(long id, String member, Object value) {
        edit(id, Map.of(member, value));
    }

    /** Sets a user-defined field; null clears it. */
    public void editUdf(long id, String name, @Nullable String value) {
        synchronized (tenant) {
            Row row = row(id);
            if (value == null) {
                row.udfs.remove(name);
            } else {
                row.udfs.put(name, value);
            }
            tenant.changed(table, row, List.of(name), Tenant.PERSON);
        }
    }

    /** Changes members as {@link #edit(long, Map)} does, but moves no stamp and tells nobody. */
    public void editUnnoticed(long id, Map<String, ? extends @Nullable Object> members) {
        synchronized (tenant) {
            set(row(id), members);
        }
    }

    /** Moves the stamp of activity alone, as a note does. */
    public void touch(long id) {
        synchronized (tenant) {
            tenant.active(table, row(id));
        }
    }

    /** Deletes a record; of tickets a log remains, of others nothing. */
    public void delete(long id) {
        synchronized (tenant) {
            tenant.deleted(table, row(id), Tenant.PERSON);
        }
    }

    private Row row(long id) {
        Row row = table.find(id);
        if (row == null) {
            throw new IllegalArgumentException("No " + table.entity.name() + " " + id);
        }
        return row;
    }

    private void set(Row row, Map<String, ? extends @Nullable Object> members) {
        ObjectNode tree = Wire.MAPPER.valueToTree(members);
        tree.properties().forEach(value -> set(row, value.getKey(), value.getValue()));
        if (Objects.equals(table.entity.path(), "CompanyLocations")
                && tree.path("isPrimary").asBoolean(false)) {
            tenant.makePrimary(row);
        }
    }

    private void set(Row row, String name, JsonNode value) {
        Member member = table.entity.find(name);
        if (member == null) {
            throw new IllegalArgumentException("A " + table.entity.name() + " has no \"" + name + "\"");
        }
        boolean time = member.type() == Member.Type.DATETIME && value.isTextual();
        row.set(member.name(), time ? Wire.object().textNode(Stamps.read(value.asText())) : value);
    }
}
