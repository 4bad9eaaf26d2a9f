package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.psasync.engine.SyncSettings.TypeMode;
import org.psasync.model.OrganizationFields;

/** Chooses which organizations sync. Not for use by several threads. */
public final class OrganizationsChange {
    private final PsaNames names;
    private final List<String> faults;
    private SyncSettings.Organizations organizations;

    OrganizationsChange(SyncSettings.Organizations before, PsaNames names, List<String> faults) {
        this.organizations = before;
        this.names = names;
        this.faults = faults;
    }

    /** Selects these types, by name or id, and no others. */
    public OrganizationsChange types(String... types) {
        return set(
                names.select(OrganizationFields.TYPES, organizations.types(), List.of(types), faults),
                organizations.statuses());
    }

    /** Selects every type. */
    public OrganizationsChange allTypes() {
        return set(Selection.ALL, organizations.statuses());
    }

    /** Selects these statuses, by name or id, and no others. */
    public OrganizationsChange statuses(String... statuses) {
        return set(
                organizations.types(),
                names.select(OrganizationFields.STATUS, organizations.statuses(), List.of(statuses), faults));
    }

    /** Selects every status. */
    public OrganizationsChange allStatuses() {
        return set(organizations.types(), Selection.ALL);
    }

    /** Sets how an organization with several types is judged (GATE-2). */
    public OrganizationsChange typeMode(TypeMode mode) {
        organizations = new SyncSettings.Organizations(
                organizations.types(),
                organizations.statuses(),
                requireNonNull(mode, "mode"),
                organizations.classifications());
        return this;
    }

    /** Selects these classifications, by name or id, and no others. */
    public OrganizationsChange classifications(String... classifications) {
        organizations = new SyncSettings.Organizations(
                organizations.types(),
                organizations.statuses(),
                organizations.typeMode(),
                names.select(
                        OrganizationFields.CLASSIFICATION,
                        organizations.classifications(),
                        List.of(classifications),
                        faults));
        return this;
    }

    /** Selects every classification. */
    public OrganizationsChange allClassifications() {
        organizations = new SyncSettings.Organizations(
                organizations.types(), organizations.statuses(), organizations.typeMode(), Selection.ALL);
        return this;
    }

    private OrganizationsChange set(Selection types, Selection statuses) {
        organizations = new SyncSettings.Organizations(
                types, statuses, organizations.typeMode(), organizations.classifications());
        return this;
    }

    /** Returns what was chosen. */
    SyncSettings.Organizations changed() {
        return organizations;
    }
}
