package org.psasync.testkit.connectwise;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
    private static final Set<Integer> GATE_REFUSALS = Set.of(401, 403, 405, 415);

    final Requests requests = new Requests();
    final Faults<Fault> faults = new Faults<>();
    final List<Consumer<Exchange>> observers = new CopyOnWriteArrayList<>();
    private final Tenant tenant;
    private final Gate gate;
    private long count;

    Desk(Tenant tenant, Gate gate) {
        this.tenant = tenant;
        this.gate = gate;
    }

    Outgoing handle(Incoming request) {
        Instant at = tenant.now();
        String path = gate.shorten(request.path());
        List<Fault> happening = faults.take(request.method(), path);
        Reply reply = null;
        for (Fault fault : happening) {
            reply = reply == null ? fault.instead() : reply;
        }
        if (reply == null) {
            reply = answer(request);
        }
        addHeaders(reply, at);
        for (Fault fault : happening) {
            reply = fault.change(reply);
        }
        requests.add(new Requests.Seen(
                request.method(),
                path,
                decoded(request.query()),
                new String(request.body(), StandardCharsets.UTF_8),
                reply.status(),
                at));
        for (Consumer<Exchange> observer : observers) {
            observer.accept(Exchanges.of(at, request, reply, !happening.isEmpty()));
        }
        return new Outgoing(
                reply.status(),
                reply.headers(),
                reply.body(),
                Fault.longest(happening, Fault::delay),
                Fault.longest(happening, Fault::drip),
                Fault.ending(happening));
    }

    private Reply answer(Incoming request) {
        synchronized (tenant) {
            count++;
            try {
                return gate.answer(
                        request.method(), request.path(), request.query(), request.headers(), request.body());
            } catch (Refusal refusal) {
                boolean bare = tenant.switches.isOn(Switch.BARE_REFUSALS) && GATE_REFUSALS.contains(refusal.status());
                boolean bareNotFound = tenant.switches.isOn(Switch.BARE_NOT_FOUND) && refusal.status() == 404;
                return bare || bareNotFound ? Reply.empty(refusal.status()) : refusal.reply();
            }
        }
    }

    private void addHeaders(Reply reply, Instant at) {
        Map<String, String> headers = reply.headers();
        if (reply.body().length > 0) {
            headers.putIfAbsent("Content-Type", "application/vnd.connectwise.com+json; version=" + tenant.model());
        }
        headers.putIfAbsent("Cache-Control", "no-cache");
        headers.putIfAbsent("Date", HTTP_DATE.format(at));
        headers.putIfAbsent("api-current-version", tenant.model());
        headers.putIfAbsent("x-cw-request-id", Tenant.guid("request", (int) count));
        headers.putIfAbsent("x-server-name", "FAKE-1");
    }

    private static String decoded(String query) {
        try {
            return URLDecoder.decode(query, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return query;
        }
    }
}
