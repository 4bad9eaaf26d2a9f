package org.psasync.examples.quickstart;

import java.util.List;
import java.util.Map;

/**
 * Starts a fake ConnectWise and shows a sync in both directions; or, when {@code PSASYNC_CW_SITE} and the other
 * credentials are in the environment, syncs a real ConnectWise into records in memory: a dry run unless
 * {@code --apply} is given.
 */
public final class Quickstart {
    private Quickstart() {}

    /** Runs the program; exits with 1 when an outcome was not as the rules say. */
    public static void main(String[] arguments) {
        Screen screen = new Screen(System.out);
        Map<String, String> environment = System.getenv();
        boolean good = RealConnectWise.isConfigured(environment)
                ? new RealConnectWise(screen, environment)
                        .sync(List.of(arguments).contains("--apply"))
                : new Tour(screen).show();
        System.exit(good ? 0 : 1);
    }
}
