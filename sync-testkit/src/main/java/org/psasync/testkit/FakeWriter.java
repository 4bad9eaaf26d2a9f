package org.psasync.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.spi.FieldRule;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.WriteResult;

/** Writes to a fake PSA as a connector does. */
final class FakeWriter {
    private final FakeWorld world;
    private final FakeChecks checks;

    FakeWriter(FakeWorld world) {
        this.world = world;
        this.checks = new FakeChecks(world);
    }

    /** Refuses a draft with all that is wrong with it. */
    void check(Draft draft) {
        List<Problem> problems = new ArrayList<>(checks.ofDraft(draft, null));
        for (Draft part : draft.parts()) {
            problems.addAll(checks.ofDraft(part, Fields.organization(part.kind())));
        }
        refuse(problems);
    }

    WriteResult create(Draft draft, Incident incident) {
        check(draft);
        Sent sent = send(draft.values(), incident);
        List<Problem> failed = new ArrayList<>(sent.failed);
        FakeRow row = world.make(sent.stored, draft);
        List<RemoteRecord> parts = new ArrayList<>();
        for (Draft part : draft.parts()) {
            Sent sentPart = send(below(row.ref(), part.values()), incident);
            sentPart.failed.forEach(problem -> failed.add(Problem.ofRecord(problem.code(), problem.toString())));
            FakeRow made = world.make(sentPart.stored, part);
            parts.add(world.schema(made.kind()).show(made));
            row = withMainLocation(row, made);
        }
        return result(row, failed, parts);
    }

    private static FieldValues below(RemoteRef organization, FieldValues part) {
        Field<AssetRef> field = Fields.organization(part.kind());
        return field == null ? part : part.with(field, organization);
    }

    /** The first location that comes with an organization is its main one, unless it names another. */
    private FakeRow withMainLocation(FakeRow row, FakeRow part) {
        boolean main = row.kind() == AssetKind.ORGANIZATION
                && part.kind() == AssetKind.LOCATION
                && row.values().get(OrganizationFields.PRIMARY_LOCATION) == null;
        if (!main) {
            return row;
        }
        FieldValues values = row.values().with(OrganizationFields.PRIMARY_LOCATION, part.ref());
        FakeRow joined = row.changed(values, row.changed());
        world.table(AssetKind.ORGANIZATION).put(joined);
        return joined;
    }

    WriteResult update(RemoteUpdate update, Incident incident) {
        FakeRow row = world.seen(update.kind(), update.id());
        if (row == null || row.deleted()) {
            throw new ConnectorException.Gone("There is no " + update.kind() + " " + update.id());
        }
        refuse(checks.ofChanges(row, update.changes()));
        Sent sent = send(update.changes(), incident);
        FakeRow changed = row.written(row.values().overlaidWith(sent.stored), world.stamp());
        world.table(update.kind()).put(changed);
        return result(changed, sent.failed, List.of());
    }

    private record Sent(FieldValues stored, List<Problem> failed) {}

    /** Separates what the PSA stores from what it does not take. */
    private Sent send(FieldValues values, Incident incident) {
        FakeSchema schema = world.schema(values.kind());
        List<Problem> failed = new ArrayList<>(incident.failures(values));
        Set<Field<?>> left = new HashSet<>();
        failed.forEach(problem -> left.add(Objects.requireNonNull(problem.field())));
        for (Field<?> field : values.fields()) {
            if (!schema.descriptor().rule(field).map(FieldRule::writable).orElse(false)) {
                left.add(field);
                failed.add(Problem.of(field, Problem.Code.NOT_WRITABLE, "\"" + field + "\" cannot be written"));
            }
        }
        FieldValues taken = values.only(field -> !left.contains(field));
        return new Sent(world.lists().learn(incident.stored(taken)), failed);
    }

    private WriteResult result(FakeRow row, List<Problem> failed, List<RemoteRecord> parts) {
        FakeSchema schema = world.schema(row.kind());
        @Nullable RemoteRecord record = schema.answersWithRecord() ? schema.show(row) : null;
        return new WriteResult(row.id(), record, failed, parts);
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ConnectorException.Rejected(problems);
        }
    }
}
