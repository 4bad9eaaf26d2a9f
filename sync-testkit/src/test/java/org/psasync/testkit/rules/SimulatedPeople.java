package org.psasync.testkit.rules;

import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.psasync.model.Asset;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.PairId;
import org.psasync.model.Problem;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.LocalChange;
import org.psasync.spi.RemoteRecord;
import org.psasync.store.Commit;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.PsaInstance;

/** People who work on both sides of a simulated world, each as they like; the values are few, so that equal ones meet often. */
final class SimulatedPeople {
    static final List<String> COMPANIES = List.of("Acme", "Globex", "Initech");
    static final List<String> NAMES = List.of("SRV-1", "SRV-2", "SRV-3");
    static final List<String> TEXTS = List.of("a", "b", "c");
    static final List<Field<String>> FIELDS =
            List.of(ConfigurationFields.NOTES, ConfigurationFields.SERIAL_NUMBER, ConfigurationFields.ASSET_TAG);
    private static final int MOST_COMPANIES = 5;

    private final Stage stage;
    private final Random random;
    private final Consumer<String> say;
    private final List<RemoteRef> companies;
    private final Set<RemoteRef> madeInPsa;
    private final Set<LocalRef> madeLocally;
    private final boolean demanding;

    /**
     * Makes them.
     *
     * @param companies the PSA's organizations; grows
     * @param madeInPsa what they made in the PSA; grows
     * @param madeLocally what they made in the host; grows
     * @param demanding whether the PSA makes no server without a location
     */
    SimulatedPeople(
            Stage stage,
            Random random,
            Consumer<String> say,
            List<RemoteRef> companies,
            Set<RemoteRef> madeInPsa,
            Set<LocalRef> madeLocally,
            boolean demanding) {
        this.stage = stage;
        this.random = random;
        this.say = say;
        this.companies = companies;
        this.madeInPsa = madeInPsa;
        this.madeLocally = madeLocally;
        this.demanding = demanding;
    }

    void newInPsa() {
        RemoteRef ref = stage.server(any(companies), any(NAMES));
        madeInPsa.add(ref);
        say.accept("new in PSA " + ref);
    }

    void editInPsa() {
        List<RemoteRecord> servers = stage.psa.all(CONFIGURATION);
        if (!servers.isEmpty()) {
            RemoteRef ref = any(servers).ref();
            Field<String> field = any(FIELDS);
            String value = any(TEXTS);
            say.accept("PSA " + ref + " " + field + "=" + value);
            stage.psaEdits(ref, field, value);
        }
    }

    /**
     * A server goes to another company (FIELD-10). One whose create was not answered is recognised by its organization, where
     * the PSA keeps no mark, so it stays until it is linked.
     */
    void movesInPsa() {
        List<RemoteRef> servers = stage.psa.all(CONFIGURATION).stream()
                .map(RemoteRecord::ref)
                .filter(ref -> madeInPsa.contains(ref)
                        || stage.state().byRemote(ref).filter(Pair::linked).isPresent())
                .toList();
        if (!servers.isEmpty()) {
            RemoteRef ref = any(servers);
            RemoteRef company = any(companies);
            say.accept("PSA moves " + ref + " to " + company);
            stage.psaEdits(ref, ConfigurationFields.ORGANIZATION, company);
        }
    }

    void newCompany() {
        if (companies.size() < MOST_COMPANIES) {
            RemoteRef ref = stage.company(any(COMPANIES));
            companies.add(ref);
            say.accept("new in PSA " + ref);
        }
    }

    void changeType() {
        RemoteRef company = any(companies);
        String type = random.nextInt(3) == 0 ? "Vendor" : "Customer";
        say.accept(company + " becomes a " + type);
        stage.psaEdits(company, OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, type)));
    }

    void deletedInPsa() {
        List<RemoteRecord> servers = stage.psa.all(CONFIGURATION);
        if (!servers.isEmpty()) {
            RemoteRef ref = any(servers).ref();
            if (!tellsTheInstance(ref)) {
                say.accept("PSA deletes " + ref);
                stage.psa.delete(ref);
            }
        }
    }

    /** A PSA of which every known record is deleted is not to be told from another one (SAFE-2). */
    private boolean tellsTheInstance(RemoteRef ref) {
        List<PsaInstance.Known> sample = stage.state().setup().instance().sample();
        List<Pair> links = stage.state().pairs(new PairQuery.InState(CONFIGURATION, SyncState.SYNCING, null), null, 1);
        return !sample.isEmpty() && sample.get(0).record().equals(ref)
                || !links.isEmpty() && ref.equals(links.get(0).remoteRef());
    }

    /** What the PSA shows of a record is not understood until faults end (PULL-4). */
    void garbledInPsa() {
        List<RemoteRecord> servers = stage.psa.all(CONFIGURATION);
        if (!servers.isEmpty()) {
            RemoteRef ref = any(servers).ref();
            say.accept("PSA garbles " + ref);
            stage.psa.faults().garble(ref);
        }
    }

    void newLocally() {
        List<Asset> organizations = stage.all(ORGANIZATION);
        if (!organizations.isEmpty()) {
            AssetRef organization = random.nextInt(5) == 0
                    ? stage.creates(organizationValues(), Origin.USER).ref()
                    : any(organizations).ref();
            if (random.nextInt(3) == 0) {
                say.accept(organization + ": "
                        + stage.engine.saved((LocalRef) organization).text());
            }
            FieldValues values = stage.serverValues(organization, any(NAMES));
            if (demanding && random.nextInt(3) != 0) {
                Origin origin = random.nextBoolean() ? Origin.USER : Origin.IMPORT;
                LocalRef site = stage.creates(stage.siteValues(organization, "Main", any(TEXTS)), origin)
                        .ref();
                values = values.with(ConfigurationFields.LOCATION, site);
            } else if (random.nextInt(8) == 0) {
                values = values.with(ConfigurationFields.NAME, null);
            }
            LocalRef ref = stage.creates(values, Origin.USER).ref();
            madeLocally.add(ref);
            say.accept("new locally " + ref + ": " + stage.engine.saved(ref).text());
        }
    }

    private FieldValues organizationValues() {
        return FieldValues.of(ORGANIZATION)
                .set(OrganizationFields.NAME, any(COMPANIES))
                .set(OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                .build();
    }

    void saveLocally(Origin origin, boolean told) {
        List<Asset> servers = stage.all(CONFIGURATION);
        if (!servers.isEmpty()) {
            LocalRef ref = any(servers).ref();
            Field<String> field = any(FIELDS);
            String value = any(TEXTS);
            stage.edits(ref, field, value, origin);
            say.accept(origin + " " + ref + " " + field + "=" + value
                    + (told ? ": " + stage.engine.saved(ref).text() : ", nobody told"));
        }
    }

    void deletedLocally() {
        List<Asset> servers = stage.all(CONFIGURATION);
        if (!servers.isEmpty()) {
            LocalRef ref = any(servers).ref();
            stage.host.delete(ref);
            say.accept("deletes " + ref
                    + (random.nextBoolean() ? ": " + stage.engine.saved(ref).text() : ", nobody told"));
        }
    }

    /** A server comes to the host from another integration, whose it stays (SET-9). */
    void fromElsewhere() {
        List<Asset> organizations = stage.all(ORGANIZATION);
        if (!organizations.isEmpty()) {
            FieldValues values = stage.serverValues(any(organizations).ref(), any(NAMES));
            LocalRef ref = stage.creates(values, Origin.USER).ref();
            madeLocally.add(ref);
            PairId id = new PairId(random.nextLong(), random.nextLong());
            stage.store
                    .integration("contoso/second")
                    .commit(Commit.builder()
                            .put(Pair.ofLocal(id, ref).toBuilder()
                                    .remote(new RemoteId(id.toString()))
                                    .state(SyncState.SYNCING)
                                    .build())
                            .build());
            say.accept("from another integration " + ref + ": "
                    + stage.engine.saved(ref).text());
        }
    }

    void somebody() {
        switch (random.nextInt(4)) {
            case 0 -> newInPsa();
            case 1 -> editInPsa();
            case 2 -> saveLocally(Origin.USER, true);
            default -> changeType();
        }
    }

    /** A host that takes no server of one name, and no notes of one text. */
    static List<Problem> refusals(LocalChange change) {
        return "SRV-3".equals(change.values().get(ConfigurationFields.NAME))
                        || "c".equals(change.values().get(ConfigurationFields.NOTES))
                ? List.of(Problem.ofRecord(Problem.Code.REFUSED, "refused by the host of the trace"))
                : List.of();
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
