package org.psasync.autotask;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.autotask.Labels.ListName;
import org.psasync.http.FieldMap;
import org.psasync.http.FieldReading;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteVersion;

/**
 * A kind of record as the PSA keeps it. Reading, writing and the published rules come from one map.
 *
 * @param entity the path of its queries
 * @param below the last step of the path at which it is written, below its company; empty when it is written at its own
 * @param members what queries ask for; empty for everything, as user-defined fields need
 * @param deltas the stamps of which one at least is moved by each change; empty where there is none
 * @param stamps those of them that tell when its values changed
 * @param created the stamp of its making; empty where there is none
 * @param lists the members that are numbers of a list, with their lists
 */
record RecordKind(
        AssetKind kind,
        String entity,
        String below,
        FieldMap map,
        List<String> members,
        List<String> deltas,
        List<String> stamps,
        String created,
        Map<String, ListName> lists) {

    /** The name of a call, such as {@code companies.page}. */
    String call(String what) {
        return Kinds.callOf(entity) + "." + what;
    }

    Query query(String what) {
        return Query.of(call(what), entity).include(members);
    }

    /** What changed, or was made, from a time on. */
    Query changedFrom(Query query, Instant from) {
        List<JsonValue> alternatives = new ArrayList<>();
        deltas.forEach(stamp -> alternatives.add(Filter.from(stamp, from)));
        if (!created.isEmpty()) {
            alternatives.add(Filter.from(created, from));
        }
        return query.where(Filter.or(alternatives));
    }

    /**
     * Reads a record to which all was joined that it refers to.
     *
     * @throws JsonMismatch when a member does not hold what it should, naming it
     */
    RemoteRecord read(JsonValue row) {
        long id = Ids.required(row);
        FieldReading reading = shown(row).read(row);
        if (!reading.isUnderstood()) {
            throw new JsonMismatch(reading.problemText());
        }
        return new RemoteRecord(
                Ids.of(id),
                new RemoteVersion("", changed(row)),
                reading.values(),
                false,
                created.isEmpty() ? null : row.instant(created),
                reading.noteText());
    }

    /** What lies in other records is absent when they could not be read. */
    private FieldMap shown(JsonValue row) {
        if (kind == AssetKind.ORGANIZATION && row.at(Kinds.PRIMARY_LOCATION).isMissing()) {
            return map.only(field -> !field.equals(OrganizationFields.PRIMARY_LOCATION));
        }
        if (kind == AssetKind.CONFIGURATION && row.at(Kinds.PRODUCT).isMissing()) {
            if (row.at("referenceTitle").isBlank()) {
                throw new JsonMismatch("It has no reference title, and its product " + row.text("productID")
                        + ", which would name it, cannot be read");
            }
            return map.only(field ->
                    !field.equals(ConfigurationFields.MANUFACTURER) && !field.equals(ConfigurationFields.MODEL));
        }
        return map;
    }

    private @Nullable Instant changed(JsonValue row) {
        Instant latest = null;
        for (String stamp : stamps) {
            Instant at = row.instant(stamp);
            latest = at == null || latest != null && latest.isAfter(at) ? latest : at;
        }
        return latest;
    }

    /** The company that a record of this PSA is below. */
    static @Nullable Long company(@Nullable Object reference) {
        return reference instanceof RemoteRef ref ? Ids.number(ref) : null;
    }
}
