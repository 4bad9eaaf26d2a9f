package org.psasync.connectwise;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.psasync.http.RestAnswer;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;

/**
 * Counts the writes at which the server failed each time that they were sent.
 *
 * <p>After a failure the outcome is open, so that the record is looked for before the same is sent again. What was found
 * to have had no effect a few times is refused at last, or it would be sent for ever. Safe for use by several threads.
 */
final class BrokenWrites {
    private static final int TRIES = 3;
    private static final int MOST = 256;

    private final Map<String, Integer> failures = new LinkedHashMap<>();

    /**
     * Sends a write.
     *
     * @param request what is sent, and where
     * @throws ConnectorException.Rejected when the server failed at the same several times
     */
    RestAnswer send(String request, Supplier<RestAnswer> write) {
        try {
            RestAnswer answer = write.get();
            forget(request);
            return answer;
        } catch (ConnectorException.Unavailable e) {
            if (ServerFault.caused(e) && failed(request) >= TRIES) {
                forget(request);
                throw new ConnectorException.Rejected(List.of(Problem.ofRecord(
                        Problem.Code.REFUSED,
                        e.getMessage() + ". ConnectWise failed at this " + TRIES
                                + " times; change the record, or ask who runs the server")));
            }
            throw e;
        }
    }

    private int failed(String request) {
        synchronized (failures) {
            int count = failures.merge(request, 1, Integer::sum);
            if (failures.size() > MOST) {
                failures.remove(failures.keySet().iterator().next());
            }
            return count;
        }
    }

    private void forget(String request) {
        synchronized (failures) {
            failures.remove(request);
        }
    }
}
