package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.RemoteRecord;
import org.psasync.store.IntegrationState;
import org.psasync.store.StateStore;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/**
 * One life with creates on both sides, parts, a lost answer and edits, and a crash before every single write of it: to
 * the state, to the host and to the PSA. After a restart both sides end as they do without the crash.
 */
class CrashTest {
    private static final Set<String> WRITES = Set.of("commit", "write", "create", "update");

    @Test
    @DisplayName("P14, SAFE-6, P4: a crash at any step, a restart and some runs end the same as without the crash")
    void endsTheSameAfterACrashAnywhere() {
        Life undisturbed = new Life(Integer.MAX_VALUE, true);
        Set<String> expected = undisturbed.live();
        for (int step = 1; step <= undisturbed.steps; step++) {
            assertThat(new Life(step, true).live())
                    .as("after a crash before write %s", step)
                    .isEqualTo(expected);
        }
        System.out.println("CrashTest: crashed before each of " + undisturbed.steps + " writes");
    }

    @Test
    @DisplayName("P14, SAFE-7: a crash at any step ends the same in a host that keeps no pair ids")
    void endsTheSameInAHostWithoutPairIds() {
        Life undisturbed = new Life(Integer.MAX_VALUE, false);
        Set<String> expected = undisturbed.live();
        for (int step = 1; step <= undisturbed.steps; step++) {
            assertThat(new Life(step, false).live())
                    .as("after a crash before write %s", step)
                    .isEqualTo(expected);
        }
    }

    /** The process ends; nothing in it can catch that. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    private static final class Life {
        private final Stage stage;
        private final int crashBefore;
        private boolean dead;
        private int steps;

        Life(int crashBefore, boolean keepsPairIds) {
            this.crashBefore = crashBefore;
            this.stage = new Stage(psa -> psa.everyKind(kind -> kind.marking()), host -> {
                if (!keepsPairIds) {
                    host.withoutPairIds();
                }
            });
        }

        private <T> T mortal(Class<T> type, T target) {
            return type.cast(Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        boolean write = WRITES.contains(method.getName());
                        if (dead || write && ++steps == crashBefore) {
                            dead = true;
                            throw new Crash();
                        }
                        try {
                            Object answer = method.invoke(target, arguments);
                            if (answer instanceof IntegrationState state) {
                                return mortal(IntegrationState.class, state);
                            }
                            return method.getName().equals("forPushes") ? proxy : answer;
                        } catch (InvocationTargetException failure) {
                            throw failure.getCause();
                        }
                    }));
        }

        private void start() {
            dead = false;
            stage.engine = stage.newEngine(
                    mortal(PsaConnector.class, stage.psa),
                    mortal(AssetRepository.class, stage.host),
                    mortal(StateStore.class, stage.store));
        }

        Set<String> live() {
            RemoteRef acme = stage.company("Acme");
            stage.twoWay().engine.run();
            start();
            LocalRef here = stage.localOf(acme);
            stage.contact(acme, "Ann", "Smith");
            RemoteRef bob = stage.contact(acme, "Bob", "Jones");
            stage.server(acme, "SRV-1");
            then(() -> stage.engine.run());
            LocalRef beta = beta();
            then(() -> stage.engine.saved(beta));
            LocalRef second = stage.creates(stage.serverValues(here, "SRV-2"), Origin.USER)
                    .ref();
            stage.psa.faults().next(Fault.answerLost().on(Operation.CREATE).of(CONFIGURATION));
            stage.psa
                    .faults()
                    .next(Fault.reformats(ConfigurationFields.NAME, name -> name + "!")
                            .on(Operation.CREATE)
                            .forever());
            then(() -> stage.engine.saved(second));
            stage.psaEdits(bob, ContactFields.TITLE, "CEO");
            stage.edits(second, ConfigurationFields.NOTES, "mine", Origin.USER);
            then(() -> stage.engine.saved(second));
            for (int i = 0; i < 6; i++) {
                then(() -> stage.engine.run());
            }
            return end();
        }

        private LocalRef beta() {
            LocalRef beta = LocalRef.of(ORGANIZATION, "beta");
            LocalRef office = stage.creates(
                            FieldValues.of(LOCATION)
                                    .set(LocationFields.ORGANIZATION, beta)
                                    .set(LocationFields.NAME, "Office")
                                    .set(LocationFields.CITY, "Tampa")
                                    .build(),
                            Origin.USER)
                    .ref();
            stage.edits(
                    beta,
                    FieldValues.of(ORGANIZATION)
                            .set(OrganizationFields.NAME, "Beta")
                            .set(OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                            .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                            .set(OrganizationFields.PRIMARY_LOCATION, office)
                            .build(),
                    Origin.USER);
            return beta;
        }

        /** Does something; after a crash the process comes back when claims and leases are over. */
        private void then(Runnable action) {
            stage.later(Duration.ofMinutes(10));
            try {
                action.run();
            } catch (Crash crash) {
                stage.later(Duration.ofMinutes(15));
                start();
            }
        }

        /** Names what both sides hold, ids and references aside, and which records are linked. */
        private Set<String> end() {
            Set<String> result = new TreeSet<>();
            for (AssetKind kind : List.of(ORGANIZATION, LOCATION, CONTACT, CONFIGURATION)) {
                int number = 0;
                for (RemoteRecord record : stage.psa.all(kind)) {
                    boolean linked = stage.state()
                            .byRemote(record.ref())
                            .filter(pair -> pair.linked())
                            .isPresent();
                    result.add("PSA " + text(record.values()) + (linked ? "" : " unlinked " + ++number));
                }
                for (Asset asset : stage.host.all(kind)) {
                    boolean linked = stage.state()
                            .byLocal(asset.ref())
                            .filter(pair -> pair.linked())
                            .isPresent();
                    result.add("host " + text(asset.values()) + (linked ? "" : " unlinked " + ++number));
                }
                result.add(kind + ": " + stage.psa.all(kind).size() + ", "
                        + stage.host.all(kind).size());
            }
            return result;
        }

        private static String text(FieldValues values) {
            List<String> texts = new ArrayList<>();
            for (Field<?> field : values.fields()) {
                Object value = values.get(field);
                if (value != null && !(value instanceof AssetRef)) {
                    texts.add(field + "=" + value);
                }
            }
            return texts.toString();
        }
    }
}
