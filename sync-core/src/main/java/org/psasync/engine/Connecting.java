package org.psasync.engine;

import static java.util.Objects.requireNonNullElse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.psasync.engine.desk.FailureText;
import org.psasync.engine.desk.InstanceCheck;
import org.psasync.engine.desk.Parties;
import org.psasync.engine.desk.PickLists;
import org.psasync.model.Field;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.ReferenceData;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.Progress;
import org.psasync.store.PsaInstance;
import org.psasync.store.Setup;
import org.psasync.store.StaleStateException;

/** Connects an integration and changes its settings (SPEC 3). */
final class Connecting {
    private final Parties parties;
    private final ConnectorHolder connectors;

    Connecting(Parties parties, ConnectorHolder connectors) {
        this.parties = parties;
        this.connectors = connectors;
    }

    /** Checks the credentials first; a refusal stores nothing (CONN-1). */
    Connection connect(Actor actor) {
        PsaConnector opened;
        try {
            opened = connectors.openAnew();
        } catch (IllegalArgumentException malformed) {
            return new Connection.Refused(
                    null, requireNonNullElse(malformed.getMessage(), "A credential is malformed."));
        } catch (ConnectorException.Unauthorized refused) {
            return refused(refused);
        } catch (ConnectorException failure) {
            return new Connection.Refused(null, requireNonNullElse(failure.getMessage(), failure.toString()));
        } catch (RuntimeException broken) {
            return new Connection.Refused(null, "The connector could not be opened: " + FailureText.of(broken));
        }
        boolean taken = false;
        try {
            ConnectionCheck check = opened.check();
            ReferenceData reference = opened.reference();
            PsaInstance instance = new InstanceCheck(parties.state(), opened).of(check);
            if (instance.other() != null) {
                return new Connection.Refused(null, instance.other());
            }
            long credentials = store(actor, check, reference, instance, opened.descriptor());
            taken = connectors.replace(opened, credentials);
            return new Connection.Accepted(
                    check.version(), reference, recommended(reference), check.missing(), check.advice());
        } catch (ConnectorException.Unauthorized refused) {
            return refused(refused);
        } catch (ConnectorException failure) {
            return new Connection.Refused(null, requireNonNullElse(failure.getMessage(), failure.toString()));
        } finally {
            if (!taken) {
                connectors.discard(opened);
            }
        }
    }

    private static Connection refused(ConnectorException.Unauthorized refused) {
        return new Connection.Refused(
                refused.credential(), requireNonNullElse(refused.getMessage(), "The credentials were refused."));
    }

    /**
     * What is saved or paused meanwhile stays: what was learned is laid over it.
     *
     * @return which credentials are in force now
     */
    private long store(
            Actor actor,
            ConnectionCheck check,
            ReferenceData reference,
            PsaInstance instance,
            ConnectorDescriptor connector) {
        Instant now = parties.clock().instant();
        String tenant = "connected to tenant " + check.tenant();
        while (true) {
            Setup setup = parties.state().setup();
            boolean again = setup.mode() == Mode.DISCONNECTED;
            Commit.Builder commit = Commit.builder()
                    .event(event(
                            Event.Type.CONNECTED,
                            actor,
                            again
                                    ? tenant + " again; its values count for the links that are remembered (MATCH-8)"
                                    : tenant));
            PickLists.renamed(setup.reference(), reference)
                    .forEach(value -> commit.event(PickLists.event(value, now, null, actor.name())));
            Setup learned = setup.withNewCredentials()
                    .withConnection(check)
                    .withReference(reference, now)
                    .with(instance)
                    .with(connector);
            if (again) {
                learned = learned.with(setup.participation().connectedAgain())
                        .withSettings(setup.settings().twoWaySince(now));
                commit.progress(parties.state().progress().checkWanted());
            }
            try {
                parties.state().commit(commit.setup(learned).build());
                return learned.credentials();
            } catch (StaleStateException stale) {
                // Somebody changed the setup or the progress at the same time.
            }
        }
    }

    /** Values in use by active records, the most used first (SET-7). */
    private static List<Connection.Recommended> recommended(ReferenceData reference) {
        List<Connection.Recommended> result = new ArrayList<>();
        reference
                .choices()
                .forEach((field, entries) -> entries.stream()
                        .filter(ReferenceData.Entry::recommended)
                        .forEach(entry -> result.add(new Connection.Recommended(
                                field, entry.choice(), entry.usedBy().orElseThrow()))));
        result.sort(Comparator.<Connection.Recommended, Field<?>>comparing(Connection.Recommended::field)
                .thenComparing(
                        Comparator.comparingLong(Connection.Recommended::usedBy).reversed()));
        return result;
    }

    /** Lets the next run be a full check (PULL-3). */
    void wantFullCheck(Actor actor) {
        commit(() -> Commit.builder()
                .progress(parties.state().progress().checkWanted())
                .event(event(Event.Type.FULL_CHECK_WANTED, actor, "the next run reads all ids (PULL-3)"))
                .build());
    }

    /** Stores a change of the progress, whatever a run that is going on stores of it at the same time. */
    private void commit(Supplier<Commit> change) {
        while (true) {
            Progress before = parties.state().progress();
            try {
                parties.state().commit(change.get());
                return;
            } catch (StaleStateException stale) {
                if (parties.state().progress().version() == before.version()) {
                    throw stale; // the settings were changed by somebody else
                }
            }
        }
    }

    private Event event(Event.Type type, Actor actor, String reason) {
        return new Event(
                0, parties.clock().instant(), null, actor.name(), type, null, null, null, null, List.of(), reason);
    }
}
