package org.psasync.autotask;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psasync.http.BaseAddress;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.http.RestCall;
import org.psasync.http.RestClient;
import org.psasync.http.TrustedHosts;
import org.psasync.spi.ConnectorException;

/**
 * Knows in which zone the tenant is. The zone is looked up without credentials, and kept; a tenant can be moved, which shows
 * as refused credentials. Safe for use by several threads. Source: REST guide, Authentication, 2026-10.
 */
final class Zones {
    /** The server that any tenant can ask. */
    static final String VENDOR = "https://webservices.autotask.net/";

    private static final String DOMAIN = "autotask.net";
    private static final Duration KEPT = Duration.ofHours(12);

    private final RestClient lookUps;
    private final BaseAddress server;
    private final String user;
    private final boolean plainHttpToLoopback;
    private final InstantSource clock;
    private final Function<BaseAddress, RestClient> clients;
    private final List<RestClient> used = new ArrayList<>();
    private @Nullable Zone known;

    Zones(
            RestClient lookUps,
            BaseAddress server,
            String user,
            boolean plainHttpToLoopback,
            InstantSource clock,
            Function<BaseAddress, RestClient> clients) {
        this.lookUps = lookUps;
        this.server = server;
        this.user = user;
        this.plainHttpToLoopback = plainHttpToLoopback;
        this.clock = clock;
        this.clients = clients;
    }

    /**
     * Where a tenant is.
     *
     * @param tenant the number of its database, which is its own
     * @param web where people work; null when it is not the vendor's
     * @param lookedUp when
     */
    record Zone(RestClient rest, String tenant, @Nullable URI web, Instant lookedUp) {
        BaseAddress address() {
            return rest.address();
        }

        boolean trusts(String link) {
            try {
                return TrustedHosts.only(address()).trusts(URI.create(link));
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    /** Returns the zone, as known or looked up now. */
    synchronized Zone current() {
        Zone zone = known;
        if (zone != null && clock.instant().isBefore(zone.lookedUp().plus(KEPT))) {
            return zone;
        }
        try {
            return lookUp();
        } catch (ConnectorException.Unavailable | ConnectorException.Throttled e) {
            if (zone == null) {
                throw e;
            }
            return zone;
        }
    }

    /** Returns the zone if it was looked up already. */
    synchronized @Nullable Zone known() {
        return known;
    }

    /** Looks up where the tenant is after a zone refused its credentials; null when it is where it was. */
    @SuppressWarnings("ReferenceEquality") // the very one, or another look-up
    synchronized @Nullable Zone after(Zone refused) {
        Zone zone = refused.equals(known) ? lookUp() : current();
        return zone.address().equals(refused.address()) ? null : zone;
    }

    synchronized Zone lookUp() {
        RestAnswer answer = lookUps.call(RestCall.read("zone.lookup", "ATServicesRest/V1.0/zoneInformation")
                .query("user", user)
                .withoutCredentials());
        JsonValue json = answer.json();
        BaseAddress address = address(String.valueOf(json.text("url")));
        String tenant = json.text("ci");
        if (tenant == null) {
            throw answer.unavailable("did not tell the number of the tenant's database");
        }
        Zone before = known;
        RestClient rest;
        if (before != null && before.address().equals(address)) {
            rest = before.rest();
        } else {
            rest = clients.apply(address);
            used.add(rest);
        }
        Zone zone = new Zone(rest, tenant, web(json.text("webUrl")), clock.instant());
        known = zone;
        return zone;
    }

    /** The server of a zone is the vendor's, or that which looked it up, or in tests another one of this machine. */
    private BaseAddress address(String url) {
        try {
            BaseAddress base = BaseAddress.of(
                    url, plainHttpToLoopback && !server.uri().toString().equals(VENDOR));
            boolean plain = "http".equals(base.uri().getScheme());
            if (plain || TrustedHosts.only(server).andDomain(DOMAIN).trusts(base.uri())) {
                return base.withPath(base.uri().getPath() + "V1.0");
            }
        } catch (IllegalArgumentException e) {
            throw new ConnectorException.Unavailable(
                    "zone.lookup: Autotask named a zone whose address cannot be used", false, null);
        }
        throw new ConnectorException.Unavailable(
                "zone.lookup: Autotask named a zone that is not at " + DOMAIN + "; nothing was sent there",
                false,
                null);
    }

    private static @Nullable URI web(@Nullable String address) {
        try {
            URI web = address == null ? null : URI.create(address);
            boolean trusted = web != null
                    && TrustedHosts.only(BaseAddress.of(VENDOR, false))
                            .andDomain(DOMAIN)
                            .trusts(web);
            return trusted ? web : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** How many requests were sent, to look up zones and to all of them. */
    synchronized long requests() {
        long requests = lookUps.counts().total();
        for (RestClient rest : used) {
            requests += rest.counts().total();
        }
        return requests;
    }
}
