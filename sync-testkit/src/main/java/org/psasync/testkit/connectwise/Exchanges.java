package org.psasync.testkit.connectwise;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.psasync.testkit.http.Incoming;

/** Makes {@link Exchange exchanges} for observers. */
final class Exchanges {
    private Exchanges() {}

    static Exchange of(Instant at, Incoming request, Reply reply, boolean faulty) {
        Map<String, List<String>> sent = lists(request.headers());
        sent.remove("Authorization");
        return new Exchange(
                at,
                request.method(),
                request.path(),
                request.query(),
                sent,
                new String(request.body(), StandardCharsets.UTF_8),
                reply.status(),
                lists(reply.headers()),
                new String(reply.body(), StandardCharsets.UTF_8),
                faulty);
    }

    private static Map<String, List<String>> lists(Map<String, String> headers) {
        Map<String, List<String>> lists = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        return lists;
    }
}
