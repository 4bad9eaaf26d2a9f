package org.psasync.testkit.scenario;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Edit;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;

/**
 * The records of one side as data: taken from a fake PSA or a host in memory, written and read as JSON, loaded into either,
 * compared with another one.
 *
 * <pre>{@code
 * {"organization": [{"id": "101", "name": "Acme", "types": ["Customer"], "status": "Active"}],
 *  "configuration": [{"id": "102", "organization": "101", "name": "SRV-1", "installedOn": "2026-03-01"}]}
 * }</pre>
 *
 * <p>Choices are written by name, references by the id of a record of the snapshot, e-mails and phones as
 * {@code {"value": …, "primary": true}} or as texts. A field that is not there is blank. Custom fields, and what refers to records
 * outside of the snapshot, are left out. Immutable.
 */
public final class Snapshot {
    private final Map<AssetKind, Map<String, Map<Field<?>, Object>>> records;

    Snapshot(Map<AssetKind, Map<String, Map<Field<?>, Object>>> records) {
        this.records = records;
    }

    /** Takes all records of a fake PSA that are not deleted. */
    public static Snapshot of(PsaBench psa) {
        Map<AssetKind, Map<String, FieldValues>> found = new EnumMap<>(AssetKind.class);
        for (AssetKind kind : AssetKind.values()) {
            Map<String, FieldValues> values = new LinkedHashMap<>();
            psa.all(kind).forEach(ref -> psa.get(ref).ifPresent(record -> values.put(ref.idText(), record)));
            found.put(kind, values);
        }
        return SnapshotWords.snapshot(found);
    }

    /** Takes all records of a host in memory. */
    public static Snapshot of(InMemoryAssetRepository host) {
        Map<AssetKind, Map<String, FieldValues>> found = new EnumMap<>(AssetKind.class);
        for (AssetKind kind : AssetKind.values()) {
            Map<String, FieldValues> values = new LinkedHashMap<>();
            for (Asset asset : host.all(kind)) {
                values.put(asset.id().value(), asset.values());
            }
            found.put(kind, values);
        }
        return SnapshotWords.snapshot(found);
    }

    /**
     * Reads a snapshot from JSON.
     *
     * @throws IllegalArgumentException when it is no JSON, or names an unknown kind or field, or an id twice
     */
    public static Snapshot parse(String json) {
        return SnapshotJson.read(requireNonNull(json, "json"));
    }

    /** Returns the snapshot as JSON, several lines; {@link #parse} reads it back. */
    public String json() {
        return SnapshotJson.write(records);
    }

    /**
     * Makes all records in a fake PSA, as its users would.
     *
     * @return the records made, by kind and by the id in the snapshot
     * @throws IllegalArgumentException when a reference leads nowhere, a value does not fit its field, or the PSA has no place
     *     for a field
     */
    public Map<AssetKind, Map<String, RemoteRef>> loadInto(PsaBench psa) {
        return load(psa, psa::put, psa::edit);
    }

    /**
     * Makes all records in a host in memory.
     *
     * @param edit who makes them, how and when
     * @param lists the PSA whose lists the choices are from
     * @return the records made, by kind and by the id in the snapshot
     * @throws IllegalArgumentException when a reference leads nowhere, or a value does not fit its field
     */
    public Map<AssetKind, Map<String, LocalRef>> loadInto(InMemoryAssetRepository host, Edit edit, PsaBench lists) {
        return load(lists, values -> host.save(null, values, edit).ref(), (ref, later) -> host.save(ref, later, edit));
    }

    /** Makes one record. */
    private interface Make<R> {
        R make(FieldValues values);
    }

    /** References to records that are not made yet, such as the main location of an organization, are set afterwards. */
    private <R extends AssetRef> Map<AssetKind, Map<String, R>> load(
            PsaBench lists, Make<R> make, BiConsumer<R, FieldValues> change) {
        Map<AssetKind, Map<String, R>> made = new EnumMap<>(AssetKind.class);
        List<Runnable> later = new ArrayList<>();
        Wording words = new Wording(lists, item -> {
            throw new IllegalStateException("A snapshot has no items: " + item);
        });
        records.forEach((kind, byId) -> {
            made.put(kind, new LinkedHashMap<>());
            byId.forEach((id, record) -> {
                Map<Field<?>, Object> now = new LinkedHashMap<>();
                Map<Field<?>, Object> rest = new LinkedHashMap<>();
                record.forEach((field, word) -> {
                    boolean waits = SnapshotWords.references(word).stream().anyMatch(ref -> target(made, ref) == null);
                    (waits ? rest : now).put(field, word);
                });
                R ref = make.make(words.values(kind, SnapshotWords.resolved(now, link -> found(made, link))));
                requireNonNull(made.get(kind)).put(id, ref);
                if (!rest.isEmpty()) {
                    later.add(() -> change.accept(
                            ref, words.values(kind, SnapshotWords.resolved(rest, link -> found(made, link)))));
                }
            });
        });
        later.forEach(Runnable::run);
        return made;
    }

    private static <R extends AssetRef> @Nullable R target(
            Map<AssetKind, Map<String, R>> made, SnapshotWords.Link link) {
        for (AssetKind kind : link.kinds()) {
            R ref = made.getOrDefault(kind, Map.of()).get(link.id());
            if (ref != null) {
                return ref;
            }
        }
        return null;
    }

    private static <R extends AssetRef> R found(Map<AssetKind, Map<String, R>> made, SnapshotWords.Link link) {
        R ref = target(made, link);
        if (ref == null) {
            throw new IllegalArgumentException("The snapshot has no " + link);
        }
        return ref;
    }

    /**
     * Compares what people see: ids do not count, references by the titles of the records, and of a record that has its title for
     * itself on both sides the fields that differ are told.
     *
     * @return a sentence for each difference; empty when there is none
     */
    public List<String> differences(Snapshot other) {
        List<String> result = new ArrayList<>();
        for (AssetKind kind : AssetKind.values()) {
            Map<String, List<Map<String, String>>> here = byTitle(kind);
            Map<String, List<Map<String, String>>> there = other.byTitle(kind);
            TreeSet<String> titles = new TreeSet<>(here.keySet());
            titles.addAll(there.keySet());
            for (String title : titles) {
                compare(
                        Wording.kind(kind) + " " + title,
                        here.getOrDefault(title, List.of()),
                        there.getOrDefault(title, List.of()),
                        result);
            }
        }
        return result;
    }

    private static void compare(
            String record, List<Map<String, String>> here, List<Map<String, String>> there, List<String> result) {
        if (here.size() == 1 && there.size() == 1) {
            TreeSet<String> fields = new TreeSet<>(here.get(0).keySet());
            fields.addAll(there.get(0).keySet());
            for (String field : fields) {
                String one = here.get(0).get(field);
                String two = there.get(0).get(field);
                if (!Objects.equals(one, two)) {
                    result.add(record + ": " + field + " is " + Wording.shown(one) + " here, " + Wording.shown(two)
                            + " there");
                }
            }
        } else {
            List<Map<String, String>> onlyThere = new ArrayList<>(there);
            here.stream()
                    .filter(each -> !onlyThere.remove(each))
                    .forEach(each -> result.add(record + ": only here, " + each));
            onlyThere.forEach(each -> result.add(record + ": only there, " + each));
        }
    }

    private Map<String, List<Map<String, String>>> byTitle(AssetKind kind) {
        Map<String, List<Map<String, String>>> result = new LinkedHashMap<>();
        records.getOrDefault(kind, Map.of()).forEach((id, record) -> {
            Map<String, String> shown = new LinkedHashMap<>();
            record.forEach((field, word) -> shown.put(field.name(), SnapshotWords.shown(word, this::title)));
            result.computeIfAbsent(SnapshotWords.title(kind, record), title -> new ArrayList<>())
                    .add(shown);
        });
        return result;
    }

    private String title(SnapshotWords.Link link) {
        for (AssetKind kind : link.kinds()) {
            Map<Field<?>, Object> record = records.getOrDefault(kind, Map.of()).get(link.id());
            if (record != null) {
                return Wording.kind(kind) + " " + SnapshotWords.title(kind, record);
            }
        }
        return "? " + link.id();
    }

    /** Returns whether they hold the same records with the same ids. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Snapshot that && records.equals(that.records);
    }

    @Override
    public int hashCode() {
        return records.hashCode();
    }

    /** Returns the JSON. */
    @Override
    public String toString() {
        return json();
    }
}
