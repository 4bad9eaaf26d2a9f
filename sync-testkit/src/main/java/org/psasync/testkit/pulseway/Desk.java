package org.psasync.testkit.pulseway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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

/** Takes requests one by one, lets faults happen to them, and tells observers. */
final class Desk {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** What observers may see of the body. */
    private static String shownBody(Incoming request) {
        return isLogIn(request) ? "" : new String(request.body(), StandardCharsets.UTF_8);
    }

    private static boolean isLogIn(Incoming request) {
        return request.path().startsWith("/v2/security/authenticate")
                || request.path().startsWith("/v2/security/refreshtoken")
                || request.path().equals("/api/token");
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
        String path = request.path().startsWith("/") ? request.path().substring(1) : request.path();
        List<Fault> happening = faults.take(request.method(), path);
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
        requests.add(new Requests.Seen(
                request.method(), path, decoded(request.query()), shownBody(request), reply.status(), at));
        for (Consumer<Exchange> observer : observers) {
            observer.accept(new Exchange(
                    at,
                    request.method(),
                    request.path(),
                    request.query(),
                    request.headers().getOrDefault("Content-Type", ""),
                    shownBody(request),
                    reply.status(),
                    isLogIn(request) ? "" : new String(reply.body(), StandardCharsets.UTF_8),
                    !happening.isEmpty()));
        }
        return new Outgoing(
                reply.status(),
                reply.headers(),
                reply.body(),
                Fault.longest(happening, Fault::delay),
                Fault.longest(happening, Fault::drip),
                Fault.ending(happening));
    }

    private static String decoded(String query) {
        try {
            return URLDecoder.decode(query, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return query;
        }
    }
}
