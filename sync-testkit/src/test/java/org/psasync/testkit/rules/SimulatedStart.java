package org.psasync.testkit.rules;

import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.psasync.model.AssetRef;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;

/**
 * Where a trace may start: one random state that both sides hold, each of them after changes of its own, before anything was
 * synced. So the first run finds matches, doubts and differences.
 */
final class SimulatedStart {
    private final Stage stage;
    private final Random random;

    SimulatedStart(Stage stage, Random random) {
        this.stage = stage;
        this.random = random;
    }

    /**
     * Makes servers on both sides, and the host's organizations for them.
     *
     * @param companies the PSA's organizations, which are there already
     * @param names what they are called
     * @param madeInPsa gets what is made in the PSA
     * @param madeLocally gets what is made in the host
     */
    void make(List<RemoteRef> companies, List<String> names, Set<RemoteRef> madeInPsa, Set<LocalRef> madeLocally) {
        List<LocalRef> organizations = new ArrayList<>();
        for (String name : names) {
            organizations.add(organization(name));
        }
        int servers = random.nextInt(5);
        for (int i = 0; i < servers; i++) {
            int company = random.nextInt(companies.size());
            String name = any(SimulatedPeople.NAMES);
            FieldValues common = changed(FieldValues.empty(CONFIGURATION));
            if (random.nextInt(5) != 0) {
                madeInPsa.add(stage.psa.put(server(companies.get(company), name).overlaidWith(changed(common))));
            }
            if (random.nextInt(5) != 0) {
                FieldValues values = server(organizations.get(company), name).overlaidWith(changed(common));
                madeLocally.add(stage.creates(values, random.nextBoolean() ? Origin.USER : Origin.IMPORT)
                        .ref());
            }
        }
    }

    private LocalRef organization(String name) {
        FieldValues values = FieldValues.of(ORGANIZATION)
                .set(OrganizationFields.NAME, name)
                .set(OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                .build();
        return stage.creates(values, Origin.IMPORT).ref();
    }

    private FieldValues server(AssetRef organization, String name) {
        return stage.serverValues(organization, name);
    }

    /** Returns the values with another one or two of them. */
    private FieldValues changed(FieldValues values) {
        FieldValues changed = values;
        for (int i = random.nextInt(3); i > 0; i--) {
            changed = changed.with(
                    any(SimulatedPeople.FIELDS), random.nextInt(4) == 0 ? null : any(SimulatedPeople.TEXTS));
        }
        return changed;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
