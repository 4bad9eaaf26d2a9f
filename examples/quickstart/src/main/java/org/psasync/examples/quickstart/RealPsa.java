package org.psasync.examples.quickstart;

import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.psasync.engine.Actor;
import org.psasync.engine.Connection;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.InvalidSettingsException;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.SyncPlan;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Credential;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.PsaConnectors;
import org.psasync.store.StateStore;

/** Syncs a real PSA into records in memory; nothing is ever written to the PSA. */
final class RealPsa {
    private final Psa psa;
    private final Screen screen;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final ConnectorConfig.Pause pause;

    RealPsa(Psa psa, Screen screen, Map<String, String> environment, InstantSource clock, ConnectorConfig.Pause pause) {
        this.psa = psa;
        this.screen = screen;
        this.environment = environment;
        this.clock = clock;
        this.pause = pause;
    }

    boolean sync(boolean apply) {
        Map<String, String> credentials = psa.credentials(environment);
        for (Credential credential : psa.provider().credentials()) {
            if (credential.required() && !credentials.containsKey(credential.name())) {
                screen.say("Set " + psa.variable(credential.name()) + " too: " + credential.label());
                return false;
            }
        }
        return sync(ConnectorConfig.with(credentials).clock(clock).pause(pause).build(), apply);
    }

    /** Returns whether all could be read; says why not. */
    boolean sync(ConnectorConfig config, boolean apply) {
        try (PsaConnector connector = PsaConnectors.connect(psa.id(), config);
                SyncEngine engine = SyncEngine.builder()
                        .integration("quickstart/" + psa.id())
                        .connector(connector)
                        .assets(InMemoryAssetRepository.builder(clock).build())
                        .state(StateStore.inMemory())
                        .clock(clock)
                        .pause(pause)
                        .progress(screen)
                        .build()) {
            return sync(engine, apply);
        } catch (ConnectorException | InvalidSettingsException | IllegalArgumentException | IllegalStateException e) {
            screen.say(psa.name() + " could not be read: " + e.getMessage());
            return false;
        }
    }

    private boolean sync(SyncEngine engine, boolean apply) {
        Actor you = Actor.manager("you");
        Connection connection = engine.as(you).connect();
        if (connection instanceof Connection.Refused refused) {
            screen.say("Refused"
                    + (refused.credential() == null ? "" : " because of " + refused.credential()) + ": "
                    + refused.reason());
            return false;
        }
        if (connection instanceof Connection.Accepted accepted) {
            accepted.missing()
                    .forEach(right -> screen.say("A right is missing: " + right.name() + ", for " + right.kinds()));
            accepted.advice().forEach(screen::say);
        }
        engine.as(you)
                .configure(settings -> settings.organizations(o -> o.allTypes().allStatuses())
                        .configurations(c -> c.allTypes().allStatuses())
                        .contacts(true)
                        .locations(true)
                        .tickets(t -> t.boards(boards())));
        if (!apply) {
            SyncPlan plan = engine.plan();
            screen.say(plan.print());
            if (!plan.message().isEmpty()) {
                screen.say("The plan is not finished: " + plan.message());
                return false;
            }
            screen.say("That was a dry run. Add --apply to pull the records into memory.");
            return true;
        }
        RunReport report = engine.run();
        screen.say(report.print());
        return report.status() == RunReport.Status.OK || report.status() == RunReport.Status.INCOMPLETE;
    }

    /** Their names are in one variable, with commas in between; none when it is not set. */
    private String[] boards() {
        return Stream.of(environment.getOrDefault(psa.variable("boards"), "").split(",", -1))
                .map(String::strip)
                .filter(board -> !board.isEmpty())
                .toArray(String[]::new);
    }
}
