package org.psasync.examples.quickstart;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.psasync.spi.ConnectorConfig;

/**
 * Starts a fake PSA and shows a sync in both directions; or, when {@code PSASYNC_CW_SITE} and the other credentials are in
 * the environment, syncs a real one into records in memory: a dry run unless {@code --apply} is given. {@code --psa} says
 * which one, ConnectWise if nothing is said.
 */
public final class Quickstart {
    private Quickstart() {}

    /** Runs the program; exits with 1 when an outcome was not as the rules say, or the real PSA could not be read. */
    public static void main(String[] arguments) {
        boolean good = run(new Screen(System.out), List.of(arguments), System.getenv());
        System.exit(good ? 0 : 1);
    }

    static boolean run(Screen screen, List<String> arguments, Map<String, String> environment) {
        Psa psa = Psa.CONNECTWISE;
        boolean apply = false;
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).equals("--apply")) {
                apply = true;
            } else if (arguments.get(i).equals("--psa") && i + 1 < arguments.size()) {
                i++;
                Optional<Psa> known = Psa.of(arguments.get(i));
                if (known.isEmpty()) {
                    screen.say("Unknown PSA \"" + arguments.get(i) + "\"; there are "
                            + Psa.ALL.stream().map(Psa::id).toList());
                    return false;
                }
                psa = known.get();
            } else {
                screen.say(
                        "Unknown argument \"" + arguments.get(i) + "\"; there are only --psa with an id, and --apply");
                return false;
            }
        }
        return psa.credentials(environment).isEmpty()
                ? new Tour(psa, screen).show()
                : new RealPsa(psa, screen, environment, InstantSource.system(), ConnectorConfig.Pause.REAL).sync(apply);
    }
}
