package org.psasync.autotask;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.psasync.autotask.Zones.Zone;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.http.RestCall;
import org.psasync.http.RestClient;
import org.psasync.spi.ConnectorException;

/**
 * Calls the tenant in its zone. Refused credentials are followed by one look at whether the tenant moved; if it did not, they
 * are not sent again until somebody tries them by hand, because users get locked (SAFE-3). Safe for use by several threads.
 */
final class Api {
    private final Zones zones;
    private final Meter meter;
    private final AtomicReference<ConnectorException.@Nullable Unauthorized> refused;
    private final boolean push;

    Api(Zones zones, Meter meter) {
        this(zones, meter, new AtomicReference<>(), false);
    }

    private Api(
            Zones zones,
            Meter meter,
            AtomicReference<ConnectorException.@Nullable Unauthorized> refused,
            boolean push) {
        this.zones = zones;
        this.meter = meter;
        this.refused = refused;
        this.push = push;
    }

    /** Sets which part of the tenant's limit may be used. */
    void use(double share) {
        meter.use(share);
    }

    /** Returns the same with the part of the budget that is kept for pushes. */
    Api forPushes() {
        return push ? this : new Api(zones, meter, refused, true);
    }

    Zones zones() {
        return zones;
    }

    /** Lets credentials be tried again that were refused. */
    void tryAgain() {
        refused.set(null);
    }

    RestAnswer call(RestCall call) {
        ConnectorException.Unauthorized before = refused.get();
        if (before != null) {
            throw new ConnectorException.Unauthorized(String.valueOf(before.getMessage()), before.credential());
        }
        try {
            Zone zone = zones.current();
            try {
                return in(zone, call);
            } catch (ConnectorException.Unauthorized e) {
                Zone other = movedFrom(zone, e);
                if (other == null) {
                    throw e;
                }
                return in(other, call); // what was refused was not carried out
            }
        } catch (ConnectorException.Unauthorized e) {
            refused.set(e);
            throw e;
        }
    }

    /** A look-up that fails leaves the refusal as it is: to send the secret again could lock the account. */
    private @Nullable Zone movedFrom(Zone zone, ConnectorException.Unauthorized refusal) {
        try {
            return zones.after(zone);
        } catch (ConnectorException | JsonMismatch unknown) {
            refusal.addSuppressed(unknown);
            return null;
        }
    }

    private RestAnswer in(Zone zone, RestCall call) {
        RestClient rest = push ? zone.rest().forPushes() : zone.rest();
        if (!push && !call.isWrite()) {
            meter.readNowAndThen(rest);
        }
        return rest.call(call);
    }

    /** Reads something that is not a query. */
    JsonValue get(String name, String path, Object... segments) {
        return call(RestCall.read(name, path, segments).scope(entity(path))).json();
    }

    /**
     * Makes or changes a record.
     *
     * @return the number of the record
     */
    long write(String name, String method, JsonValue body, String path, Object... segments) {
        RestAnswer answer =
                call(RestCall.write(name, method, path, segments).json(body).scope(entity(path)));
        Long id = null;
        try {
            id = answer.json().isObject() ? answer.json().integer("itemId") : null;
        } catch (JsonMismatch e) {
            id = null;
        }
        if (id == null) {
            throw answer.unavailable("was answered without the number of the record");
        }
        return id;
    }

    /** Requests at once are limited for each entity, whatever is done with it. */
    static String entity(String path) {
        List<String> steps = List.of(path.split("/", -1));
        return steps.size() > 2 && steps.get(1).equals("{}") ? steps.get(2) : steps.get(0);
    }
}
