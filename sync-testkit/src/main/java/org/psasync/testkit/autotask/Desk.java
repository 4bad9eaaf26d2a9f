package org.psasync.testkit.autotask;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.psasync.testkit.http.Faults;
import org.psasync.testkit.http.Incoming;
import org.psasync.testkit.http.Outgoing;
import org.psasync.testkit.http.Requests;

/** Takes requests, lets faults happen to them, and tells observers. */
final class Desk {
    private static final String ROOT = "/atservicesrest/v1.0/";
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The path below the interface; others keep their slash. */
    static String shownPath(Incoming request) {
        String path = request.path();
        return path.toLowerCase(Locale.ROOT).startsWith(ROOT) ? path.substring(ROOT.length()) : path;
    }

    final Requests requests = new Requests();
    final Faults<Fault> faults = new Faults<>();
    final List<Consumer<Exchange>> observers = new CopyOnWriteArrayList<>();
    private final Tenant tenant;
    private final Gate gate;

    Desk(Tenant tenant, Gate gate) {
        this.tenant = tenant;
        this.gate = gate;
    }

    Outgoing handle(Incoming request) {
        Instant at = tenant.now();
        List<Fault> happening = faults.take(request.method(), shownPath(request));
        Reply reply = null;
        for (Fault fault : happening) {
            reply = reply == null ? fault.instead() : reply;
        }
        if (reply == null) {
            reply = gate.answer(request);
        }
        for (Fault fault : happening) {
            reply = fault.change(reply);
        }
        reply.headers().putIfAbsent("Content-Type", "application/json; charset=utf-8");
        reply.headers().putIfAbsent("Date", HTTP_DATE.format(at));
        String body = new String(request.body(), StandardCharsets.UTF_8);
        requests.add(new Requests.Seen(
                request.method(), shownPath(request), decoded(request.query()), body, reply.status(), at));
        for (Consumer<Exchange> observer : observers) {
            observer.accept(new Exchange(
                    at,
                    request.method(),
                    request.path(),
                    request.query(),
                    body,
                    reply.status(),
                    new String(reply.body(), StandardCharsets.UTF_8),
                    !happening.isEmpty()));
        }
        return new Outgoing(
                reply.status(),
                reply.headers(),
                reply.body(),
                Fault.delay(happening),
                Duration.ZERO,
                happening.stream().anyMatch(Fault::cuts) ? Outgoing.Ending.CLOSED : Outgoing.Ending.WHOLE);
    }

    private static String decoded(String query) {
        try {
            return URLDecoder.decode(query, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return query;
        }
    }
}
