package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records below one path, for tests that look into the PSA or work there as another person would: without HTTP,
 * without checks of lengths and required members, with {@code lastUpdated} moved. Records are maps, or JSON texts, of
 * the shape the API uses. Threads may share it.
 */
public final class Records {
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final Tenant tenant;
    private final Renderer renderer;
    private final Writer writer;
    private final Router router;
    private final Router.Route route;
    private final Author author;

    Records(Tenant tenant, Renderer renderer, Writer writer, Router router, Router.Route route, Author author) {
        this.tenant = tenant;
        this.renderer = renderer;
        this.writer = writer;
        this.router = router;
        this.route = route;
        this.author = author;
    }

    /** The same records, worked on by another person. */
    public Records as(String member) {
        return new Records(tenant, renderer, writer, router, route, Author.person(member));
    }

    /** The ids of all records, rising; those of deleted companies too. */
    public List<Integer> ids() {
        synchronized (tenant) {
            List<Integer> ids = new ArrayList<>();
            for (Row row : route.table().rows()) {
                if (route.parents().entrySet().stream()
                        .allMatch(parent -> row.pointer(parent.getKey()) == parent.getValue())) {
                    ids.add(row.id);
                }
            }
            return ids;
        }
    }

    /** How many records there are. */
    public int count() {
        return ids().size();
    }

    /** The id of the first record whose member has that text, in order of ids; a step into a reference is {@code a/b}. */
    public int idWhere(String member, Object value) {
        for (int id : ids()) {
            Object found = get(id);
            for (String step : member.split("/", -1)) {
                found = found instanceof Map<?, ?> map ? map.get(step) : null;
            }
            if (value.equals(found)) {
                return id;
            }
        }
        throw new IllegalArgumentException("No " + route.table().name() + " has " + member + " " + value);
    }

    /** Whether there is such a record. */
    public boolean has(int id) {
        return ids().contains(id);
    }

    /** A record as the API shows it. */
    public Map<String, Object> get(int id) {
        synchronized (tenant) {
            return Renderer.MAPPER.convertValue(renderer.record(route.table(), row(id)), MAP);
        }
    }

    /** A record as JSON text. */
    public String json(int id) {
        synchronized (tenant) {
            return renderer.record(route.table(), row(id)).toString();
        }
    }

    /** Adds a record and returns its id. References may be given by id or by name. */
    public int add(Map<String, ? extends @Nullable Object> members) {
        return add(Renderer.MAPPER.<JsonNode>valueToTree(members));
    }

    /** Adds a record and returns its id. */
    public int add(String json) {
        return add(tree(json));
    }

    private int add(JsonNode members) {
        synchronized (tenant) {
            return writer.create(route.table(), members, route.parents(), author).id;
        }
    }

    /** Changes members of a record: null clears one, the others stay; arrays are replaced as wholes. */
    public void edit(int id, Map<String, ? extends @Nullable Object> members) {
        synchronized (tenant) {
            writer.edit(route.table(), row(id), Renderer.MAPPER.valueToTree(members), author);
        }
    }

    /** Changes one member of a record. */
    public void edit(int id, String member, Object value) {
        edit(id, Map.of(member, value));
    }

    /** Changes members as {@link #edit(int, Map)} does, but leaves {@code lastUpdated} and {@code updatedBy}. */
    public void editUnnoticed(int id, Map<String, ? extends @Nullable Object> members) {
        synchronized (tenant) {
            Row row = row(id);
            String lastUpdated = row.lastUpdated;
            String updatedBy = row.updatedBy;
            edit(id, members);
            row.lastUpdated = lastUpdated;
            row.updatedBy = updatedBy;
            row.forgetRendering();
        }
    }

    /** Moves {@code lastUpdated} although nothing else changes. */
    public void touch(int id) {
        edit(id, Map.of());
    }

    /** Deletes a record as the API does: companies keep their row with {@code deletedFlag}. */
    public void delete(int id) {
        synchronized (tenant) {
            writer.delete(route.table(), row(id), author);
        }
    }

    private Row row(int id) {
        try {
            return router.record(new Router.Route(Router.Goal.RECORD, route.table(), route.parents(), id, "", null));
        } catch (Refusal refusal) {
            throw new IllegalArgumentException(refusal.getMessage());
        }
    }

    private static JsonNode tree(String json) {
        try {
            return Renderer.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not JSON: " + json, e);
        }
    }
}
