package org.psasync.pulseway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestCall;
import org.psasync.model.AssetKind;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectionCheck.MissingRight;
import org.psasync.spi.ConnectorException;

/** Tries the credentials, and each right by one read; rights to write show only when they are needed. */
final class ConnectionChecker {
    private static final String ADVICE =
            "Give the integration a user of its own of the type Api Employee, whose security role has API access: it needs no"
                    + " licence, and no one-time code is demanded of it";

    private final Product product;
    private final Api api;
    private final @Nullable LocationsV1 locations;

    ConnectionChecker(Product product, Api api, @Nullable LocationsV1 locations) {
        this.product = product;
        this.api = api;
        this.locations = locations;
    }

    /** A read that needs one right. */
    private record Probe(RestCall call, Set<AssetKind> kinds) {}

    private static List<Probe> probes() {
        JsonValue one = JsonValue.of(Map.of("PageSize", 1, "PageNumber", 1));
        return List.of(
                new Probe(
                        Pages.list("accounts.probe", "v2/crm/accounts/summary").apply(1, 1),
                        Set.of(AssetKind.ORGANIZATION, AssetKind.LOCATION)),
                new Probe(
                        Pages.list("contacts.probe", "v2/crm/contacts/summary").apply(1, 1), Set.of(AssetKind.CONTACT)),
                new Probe(
                        Pages.list("assets.probe", "v2/servicedesk/hardwareasset/searchselect")
                                .apply(1, 1),
                        Set.of(AssetKind.CONFIGURATION)),
                new Probe(
                        RestCall.read("tickets.probe", "v2/servicedesk/tickets/search")
                                .method("POST")
                                .json(one),
                        Set.of(AssetKind.TICKET)),
                new Probe(
                        Pages.list("employees.probe", "v2/hr/employees/searchselect")
                                .apply(1, 1),
                        Set.of()));
    }

    ConnectionCheck check() {
        api.session().beginAnew();
        if (locations != null) {
            locations.beginAnew();
        }
        JsonValue user = api.get("security.userinfo", "v2/security/userinfo");
        Long tenant = user.integer("TenantId");
        if (tenant == null) {
            throw new JsonMismatch("The description of the user names no tenant");
        }
        List<MissingRight> missing = new ArrayList<>();
        for (Probe probe : probes()) {
            try {
                api.call(probe.call());
            } catch (ConnectorException.Forbidden e) {
                missing.add(new MissingRight(Rights.of(probe.call().name()), probe.kinds()));
            }
        }
        return new ConnectionCheck(
                product.id() + ":" + tenant, "API v2", missing, List.of(ADVICE), rights(missing, user));
    }

    private static String rights(List<MissingRight> missing, JsonValue user) {
        Set<String> shown = new TreeSet<>();
        user.elements("UserAccessRights").forEach(right -> shown.add(right.toJson()));
        return "missing: " + missing.stream().map(MissingRight::name).sorted().toList() + "; shown: " + shown.size()
                + " " + Integer.toHexString(shown.hashCode());
    }
}
