package org.psasync.engine.decide;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.Selection;
import org.psasync.engine.SyncSettings;
import org.psasync.engine.SyncSettings.TypeMode;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.SyncState;
import org.psasync.model.TicketFields;
import org.psasync.store.Observation;
import org.psasync.store.Pair;

/** Says whether a record syncs (SPEC 4), naming every reason against it. */
public final class Gate {
    private final Policy policy;
    private final SyncSettings settings;

    /** Makes the gate of a policy. */
    public Gate(Policy policy) {
        this.policy = policy;
        this.settings = policy.settings();
    }

    /**
     * Judges a record by its values, its organization aside.
     *
     * <p>What the connector reads counts, even where the settings leave the field out of the sync.
     *
     * @param values of either side; a field that is absent is judged as if it were selected, because it was not read; for
     *     a record of the PSA that is new here, {@link #judgeNew} is asked
     * @param linked whether the record is a link already; a link does not become too old (PULL-7)
     * @return every reason against it, the most telling first; a new set, empty when it may sync
     */
    public Set<GateReason> judge(FieldValues values, boolean linked) {
        EnumSet<GateReason> reasons = EnumSet.noneOf(GateReason.class);
        if (!settings.enabled(values.kind())) {
            reasons.add(GateReason.KIND_NOT_ENABLED);
        }
        switch (values.kind()) {
            case ORGANIZATION -> organization(values, reasons);
            case CONFIGURATION -> configuration(values, reasons);
            case CONTACT -> active(values.get(ContactFields.ACTIVE), reasons);
            case LOCATION -> active(values.get(LocationFields.ACTIVE), reasons);
            case TICKET -> ticket(values, linked, reasons);
        }
        return reasons;
    }

    /**
     * Judges a record of the PSA that is no link: of what it does not show nobody knows whether it is selected (FIELD-3), and
     * nothing is made on a guess. A list row that shows less than the details is judged by what it shows (PSA-PW-4).
     *
     * @return every reason against it, the most telling first; a new set, empty when it may sync
     */
    public Set<GateReason> judgeNew(Observation observed) {
        Set<GateReason> reasons = judge(observed.values(), false);
        if (!observed.row()) {
            reasons.addAll(unshown(observed.values()));
        }
        return reasons;
    }

    /** Returns what keeps it from being known whether a record of the PSA is selected. */
    Set<GateReason> unshown(FieldValues remote) {
        SyncSettings.Organizations organizations = settings.organizations();
        SyncSettings.Configurations configurations = settings.configurations();
        EnumSet<GateReason> reasons = EnumSet.noneOf(GateReason.class);
        switch (remote.kind()) {
            case ORGANIZATION -> {
                unshown(remote, OrganizationFields.TYPES, organizations.types(), reasons);
                unshown(remote, OrganizationFields.STATUS, organizations.statuses(), reasons);
                unshown(remote, OrganizationFields.CLASSIFICATION, organizations.classifications(), reasons);
            }
            case CONFIGURATION -> {
                unshown(remote, ConfigurationFields.TYPE, configurations.types(), reasons);
                unshown(remote, ConfigurationFields.STATUS, configurations.statuses(), reasons);
            }
            case TICKET ->
                unshown(remote, TicketFields.BOARD, settings.tickets().boards(), reasons);
            case CONTACT, LOCATION -> {}
        }
        return reasons;
    }

    private void unshown(FieldValues remote, Field<?> field, Selection selection, Set<GateReason> reasons) {
        if (policy.isRead(field) && !remote.has(field) && !selection.all()) {
            reasons.add(
                    field.equals(Fields.status(field.kind()))
                            ? GateReason.STATUS_NOT_SHOWN
                            : GateReason.TYPE_NOT_SHOWN);
        }
    }

    private void organization(FieldValues values, Set<GateReason> reasons) {
        SyncSettings.Organizations chosen = settings.organizations();
        if (policy.isRead(OrganizationFields.TYPES) && values.has(OrganizationFields.TYPES)) {
            Set<Choice> types = values.get(OrganizationFields.TYPES);
            if (types == null) {
                reasons.add(GateReason.NO_TYPE);
            } else if (!passes(types, chosen)) {
                reasons.add(GateReason.TYPE_NOT_SELECTED);
            }
        }
        if (policy.isRead(OrganizationFields.STATUS) && values.has(OrganizationFields.STATUS)) {
            choose(values.get(OrganizationFields.STATUS), chosen.statuses(), GateReason.STATUS_NOT_SELECTED, reasons);
        }
        if (policy.isRead(OrganizationFields.CLASSIFICATION)
                && values.has(OrganizationFields.CLASSIFICATION)
                && !chosen.classifications().all()) {
            choose(
                    values.get(OrganizationFields.CLASSIFICATION),
                    chosen.classifications(),
                    GateReason.CLASSIFICATION_NOT_SELECTED,
                    reasons);
        }
    }

    private static boolean passes(Set<Choice> types, SyncSettings.Organizations chosen) {
        return chosen.typeMode() == TypeMode.ALL
                ? types.stream().allMatch(chosen.types()::contains)
                : types.stream().anyMatch(chosen.types()::contains);
    }

    private void configuration(FieldValues values, Set<GateReason> reasons) {
        SyncSettings.Configurations chosen = settings.configurations();
        if (policy.isRead(ConfigurationFields.TYPE) && values.has(ConfigurationFields.TYPE)) {
            Choice type = values.get(ConfigurationFields.TYPE);
            if (type == null || type.equals(policy.connector().untyped())) {
                if (!chosen.untyped()) {
                    reasons.add(GateReason.NO_TYPE);
                }
            } else if (!chosen.types().contains(type)) {
                reasons.add(GateReason.TYPE_NOT_SELECTED);
            }
        }
        if (policy.isRead(ConfigurationFields.STATUS) && values.has(ConfigurationFields.STATUS)) {
            choose(values.get(ConfigurationFields.STATUS), chosen.statuses(), GateReason.STATUS_NOT_SELECTED, reasons);
        }
        if (!chosen.inactive()) {
            active(values.get(ConfigurationFields.ACTIVE), reasons);
        }
    }

    private void ticket(FieldValues values, boolean linked, Set<GateReason> reasons) {
        if (policy.isRead(TicketFields.BOARD) && values.has(TicketFields.BOARD)) {
            choose(values.get(TicketFields.BOARD), settings.tickets().boards(), GateReason.BOARD_NOT_SELECTED, reasons);
        }
        Instant updated = values.get(TicketFields.UPDATED);
        if (!linked && updated != null && updated.isBefore(policy.ticketsSince())) {
            reasons.add(GateReason.TOO_OLD);
        }
    }

    private static void active(@Nullable Boolean active, Set<GateReason> reasons) {
        if (Boolean.FALSE.equals(active)) {
            reasons.add(GateReason.INACTIVE);
        }
    }

    private static void choose(
            @Nullable Choice value, Selection selection, GateReason reason, Set<GateReason> reasons) {
        boolean selected = value == null ? selection.all() : selection.contains(value);
        if (!selected) {
            reasons.add(reason);
        }
    }

    /** Where the organization of a record stands. */
    public enum Organization {
        /** It syncs, or the record is an organization itself. */
        SYNCING,
        /** It is to sync, but is not linked yet. */
        PENDING,
        /** It does not sync. */
        NOT_SYNCING,
        /** The record names none. */
        NONE
    }

    /**
     * Says where the organization of a record stands.
     *
     * @param values of either side
     */
    public Organization organization(FieldValues values, LinkTable links) {
        var field = Fields.organization(values.kind());
        if (field == null) {
            return Organization.SYNCING;
        }
        AssetRef ref = values.get(field);
        if (ref == null) {
            return values.has(field) ? Organization.NONE : Organization.NOT_SYNCING;
        }
        Pair pair = links.pair(ref);
        if (pair == null) {
            return Organization.NOT_SYNCING;
        }
        if (pair.linked()) {
            return pair.state() == SyncState.SYNCING ? Organization.SYNCING : Organization.NOT_SYNCING;
        }
        return isToBeLinked(pair) ? Organization.PENDING : Organization.NOT_SYNCING;
    }

    private boolean isToBeLinked(Pair pair) {
        Observation observed = pair.observed();
        if (observed != null) {
            return !observed.deleted()
                    && observed.visible()
                    && !isLeftAlone(pair)
                    && judgeNew(observed).isEmpty();
        }
        return policy.pushesCreates(AssetKind.ORGANIZATION) && pair.local() != null && !isLeftOut(pair);
    }

    /** A person left it alone (MATCH-5), or what it is like: it was left out, and not by the gate. */
    private static boolean isLeftAlone(Pair pair) {
        return isLeftOut(pair) && pair.turnedAway().isEmpty();
    }

    /** Returns whether a record without link is not to become one, by what was decided about it last. */
    public static boolean isLeftOut(Pair pair) {
        return pair.disposition() == Disposition.NOT_SELECTED
                || pair.disposition() == Disposition.UNKNOWN
                || pair.disposition() == Disposition.OWNED_ELSEWHERE;
    }

    /** Returns whether a link that is out of the sync goes on following the PSA's value of a field (PULL-6). */
    public static boolean isFollowed(Field<?> field) {
        return field.equals(Fields.active(field.kind()))
                || field.equals(Fields.status(field.kind()))
                || field.equals(OrganizationFields.TYPES)
                || field.equals(ConfigurationFields.TYPE);
    }

    /** Returns every reason against a record, its organization included, the most telling first; a new set. */
    Set<GateReason> reasons(FieldValues values, boolean linked, Organization organization) {
        return joined(judge(values, linked), organization);
    }

    /** Returns the same of a record of the PSA that is no link. */
    Set<GateReason> reasonsOfNew(Observation observed, Organization organization) {
        return joined(judgeNew(observed), organization);
    }

    private static Set<GateReason> joined(Set<GateReason> reasons, Organization organization) {
        if (organization == Organization.NOT_SYNCING) {
            reasons.add(GateReason.ORGANIZATION_NOT_SYNCING);
        } else if (organization == Organization.NONE) {
            reasons.add(GateReason.NO_ORGANIZATION);
        }
        return reasons;
    }
}
