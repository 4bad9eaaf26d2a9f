package org.psasync.connectwise;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.model.RemoteId;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.WriteResult;

/**
 * Changes records: what are members of the record by one PATCH, and what the PSA keeps elsewhere by calls of its own.
 *
 * <p>ConnectWise checks no version, so that a write between the read and this one cannot be prevented (MERGE-6).
 */
final class Updater {
    /** Fields that a PATCH of their record does not write. */
    private static final Set<Field<?>> APART = Set.of(
            OrganizationFields.PRIMARY_LOCATION,
            OrganizationFields.TYPES,
            LocationFields.ORGANIZATION,
            ContactFields.TYPES,
            ContactFields.EMAILS,
            ContactFields.PHONES,
            ConfigurationFields.TYPE);

    private final Patches patches;
    private final Kinds kinds;
    private final Lists lists;
    private final Bodies bodies;
    private final DraftCheck check;
    private final TypeAssociations types;
    private final Communications communications;

    Updater(Api api, Kinds kinds, Lists lists, Bodies bodies, TypeAssociations types, Communications communications) {
        this.patches = new Patches(api);
        this.kinds = kinds;
        this.lists = lists;
        this.bodies = bodies;
        this.check = new DraftCheck(lists);
        this.types = types;
        this.communications = communications;
    }

    WriteResult update(RemoteUpdate update) {
        RecordKind kind = kinds.of(update.kind());
        FieldValues whole = update.seen().values().overlaidWith(update.changes());
        UpdateSteps steps = new UpdateSteps();
        try {
            steps.refuse(DraftCheck.unwritable(kind, update.changes()));
            steps.refuse(check.ofValues(kind, update.changes(), whole));
            steps.refuse(emptied(kind, update.changes()));
            FieldValues changes = update.changes().only(field -> !steps.failed(field));
            RemoteRecord record = patchMembers(kind, update, changes, whole, steps);
            boolean apart = changes.fields().stream().anyMatch(APART::contains);
            RemoteRecord later = apart ? changeApart(update, changes, steps) : null;
            return new WriteResult(update.id(), apart ? later : record, steps.outcome(), List.of());
        } catch (JsonMismatch e) {
            throw steps.notUnderstood(e, false);
        }
    }

    /** A member that a record cannot be without is not emptied. */
    private static List<Problem> emptied(RecordKind kind, FieldValues changes) {
        return kind.rules().stream()
                .filter(rule -> rule.requiredOnCreate() || rule.field().equals(OrganizationFields.SHORT_NAME))
                .filter(rule -> changes.isBlank(rule.field()))
                .map(rule -> Problem.of(
                        rule.field(),
                        Problem.Code.REQUIRED,
                        "ConnectWise keeps no record without " + DraftCheck.words(rule.field()) + "; fill it in"))
                .toList();
    }

    private @Nullable RemoteRecord patchMembers(
            RecordKind kind, RemoteUpdate update, FieldValues changes, FieldValues whole, UpdateSteps steps) {
        Patch patch = new Patch();
        for (Mapped<?> mapped : kind.mapped()) {
            if (changes.has(mapped.field()) && mapped.writer() != null && !APART.contains(mapped.field())) {
                try {
                    patch.set(mapped.field(), mapped.member(), mapped.json(changes, whole, lists));
                } catch (NotWritable e) {
                    steps.refuse(e.problem());
                }
            }
        }
        customFields(kind, update, changes, patch, steps);
        return patch.isEmpty() ? null : send(kind, update, patch, steps);
    }

    private void customFields(
            RecordKind kind, RemoteUpdate update, FieldValues changes, Patch patch, UpdateSteps steps) {
        Object parent = Ids.site(update.id()).map(Ids.Site::company).orElse(null);
        List<Problem> problems = new ArrayList<>();
        steps.run(
                customFieldsOf(changes),
                () -> patch.customFields(bodies.customFields(kind, changes, parent, problems)),
                false);
        steps.refuse(problems);
    }

    private static Set<Field<?>> customFieldsOf(FieldValues changes) {
        return changes.fields().stream().filter(Field::isCustom).collect(Collectors.toSet());
    }

    /** Sends the operations; those that the PSA refuses are left out, and the others sent again. */
    private @Nullable RemoteRecord send(RecordKind kind, RemoteUpdate update, Patch patch, UpdateSteps steps) {
        AtomicReference<@Nullable RemoteRecord> result = new AtomicReference<>();
        Deque<Patch> waiting = new ArrayDeque<>(List.of(patch));
        while (!waiting.isEmpty()) {
            Patch next = waiting.remove();
            steps.run(
                    next.fields(),
                    () -> {
                        try {
                            RestAnswer answer = patches.send(kind, next, kind.onePath(), segments(update.id()));
                            steps.wrote();
                            result.set(understood(kind, update, next, answer.json(), steps));
                        } catch (ConnectorException.Rejected e) {
                            List<Patch> left = withoutRefused(next, e, steps);
                            if (left.isEmpty()) {
                                throw e;
                            }
                            waiting.addAll(left);
                        }
                    },
                    false);
        }
        return result.get();
    }

    private static Object[] segments(RemoteId id) {
        return Ids.site(id)
                .map(site -> new Object[] {site.company(), site.site()})
                .orElseGet(() -> new Object[] {id});
    }

    /** What is left to send; custom fields of which one was refused, without a word on which, go one by one. */
    private static List<Patch> withoutRefused(Patch sent, ConnectorException.Rejected refusal, UpdateSteps steps) {
        Set<Field<?>> refused = new HashSet<>();
        for (Problem problem : refusal.problems()) {
            Field<?> field = problem.field();
            if (field != null && sent.fields().contains(field)) {
                refused.add(field);
                steps.refuse(problem);
            }
        }
        if (!refused.isEmpty()) {
            Patch left = sent.without(refused);
            return left.isEmpty() ? List.of() : List.of(left);
        }
        List<Patch> apart = sent.apart();
        return sent.writesCustomFields() && apart.size() > 1 && Patches.speaksOfCustomFields(refusal)
                ? apart
                : List.of();
    }

    /** A write that the PSA passed over in silence is no write (C11.2). */
    private static @Nullable RemoteRecord understood(
            RecordKind kind, RemoteUpdate update, Patch sent, JsonValue answer, UpdateSteps steps) {
        RemoteRecord record;
        try {
            record = kind instanceof SiteKind sites
                    ? sites.read(Ids.site(update.id()).map(Ids.Site::company).orElse(0L), answer)
                    : kind.read(answer);
        } catch (JsonMismatch e) {
            return null;
        }
        for (Field<?> field : sent.fields()) {
            Object wanted = update.changes().get(field);
            Object now = record.values().get(field);
            boolean kept = record.values().has(field)
                    && !Objects.equals(now, wanted)
                    && Objects.equals(now, update.seen().values().get(field));
            if (kept) {
                steps.refuse(Problem.of(
                        field,
                        Problem.Code.REFUSED,
                        "ConnectWise answered as if it had written the " + DraftCheck.words(field)
                                + ", but kept the former value"));
            }
        }
        return record;
    }

    private @Nullable RemoteRecord changeApart(RemoteUpdate update, FieldValues changes, UpdateSteps steps) {
        if (update.kind() == AssetKind.CONFIGURATION) {
            return changeType(update, changes, steps);
        }
        FieldValues seen = update.seen().values();
        long number = Ids.number(update.seen().ref());
        if (changes.has(LocationFields.ORGANIZATION)) {
            steps.refuse(Problem.of(
                    LocationFields.ORGANIZATION,
                    Problem.Code.NOT_WRITABLE,
                    "ConnectWise cannot move a site to another company"));
        }
        if (changes.has(OrganizationFields.TYPES)) {
            types.change(
                    steps,
                    OrganizationFields.TYPES,
                    number,
                    seen.get(OrganizationFields.TYPES),
                    changes.get(OrganizationFields.TYPES));
        }
        if (changes.has(ContactFields.TYPES)) {
            types.change(
                    steps,
                    ContactFields.TYPES,
                    number,
                    seen.get(ContactFields.TYPES),
                    changes.get(ContactFields.TYPES));
        }
        for (var field : List.of(ContactFields.EMAILS, ContactFields.PHONES)) {
            if (changes.has(field)) {
                communications.change(steps, field, number, seen.get(field), changes.get(field), update.options());
            }
        }
        if (changes.has(OrganizationFields.PRIMARY_LOCATION)) {
            steps.run(
                    OrganizationFields.PRIMARY_LOCATION,
                    () -> makePrimary(update, changes.get(OrganizationFields.PRIMARY_LOCATION)));
        }
        return null;
    }

    /** Source: ConnectWise OpenAPI 2025.8, changeType of a configuration. */
    private @Nullable RemoteRecord changeType(RemoteUpdate update, FieldValues changes, UpdateSteps steps) {
        RecordKind kind = kinds.of(AssetKind.CONFIGURATION);
        AtomicReference<@Nullable RemoteRecord> result = new AtomicReference<>();
        steps.run(ConfigurationFields.TYPE, () -> {
            Object type = Map.of(
                    "id",
                    lists.entry(
                                    ConfigurationFields.TYPE,
                                    ListName.CONFIGURATION_TYPES,
                                    Objects.requireNonNull(changes.get(ConfigurationFields.TYPE)))
                            .number());
            Patch patch = new Patch().set(ConfigurationFields.TYPE, "type", type);
            RestAnswer answer = patches.send(kind, patch, kind.onePath() + "/changeType", segments(update.id()));
            result.set(understood(kind, update, patch, answer.json(), steps));
        });
        return result.get();
    }

    /** The default site of a company is the site that says so. */
    private void makePrimary(RemoteUpdate update, @Nullable AssetRef location) {
        if (location == null) {
            throw new NotWritable(Problem.of(
                    OrganizationFields.PRIMARY_LOCATION,
                    Problem.Code.NOT_WRITABLE,
                    "A company of ConnectWise always has a primary site; choose another one instead"));
        }
        RecordKind sites = kinds.of(AssetKind.LOCATION);
        Patch patch = new Patch().set("primaryAddressFlag", true);
        try {
            patches.send(sites, patch, sites.onePath(), update.id(), Ids.number(location));
        } catch (ConnectorException.Gone e) {
            throw NotWritable.unknown(
                    OrganizationFields.PRIMARY_LOCATION,
                    "The company has no such site in ConnectWise; choose one of its");
        }
    }
}
