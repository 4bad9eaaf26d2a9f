package org.psasync.examples.quickstart;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.psasync.spi.ConnectorConfig;

/**
 * Starts a fake ConnectWise and shows a sync in both directions; or, when {@code PSASYNC_CW_SITE} and the other
 * credentials are in the environment, syncs a real ConnectWise into records in memory: a dry run unless
 * {@code --apply} is given.
 */
public final class Quickstart {
    private Quickstart() {}

    /** Runs the program; exits with 1 when an outcome was not as the rules say, or the real ConnectWise could not be read. */
    public static void main(String[] arguments) {
        boolean good = run(new Screen(System.out), List.of(arguments), System.getenv());
        System.exit(good ? 0 : 1);
    }

    static boolean run(Screen screen, List<String> arguments, Map<String, String> environment) {
        for (String argument : arguments) {
            if (!argument.equals("--apply")) {
                screen.say("Unknown argument \"" + argument + "\"; there is only --apply");
                return false;
            }
        }
        return RealConnectWise.isConfigured(environment)
                ? new RealConnectWise(screen, environment, InstantSource.system(), ConnectorConfig.Pause.REAL)
                        .sync(arguments.contains("--apply"))
                : new Tour(screen).show();
    }
}
