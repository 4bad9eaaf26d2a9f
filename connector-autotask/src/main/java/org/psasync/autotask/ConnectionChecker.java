package org.psasync.autotask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectionCheck.MissingRight;
import org.psasync.spi.ConnectorException;

/**
 * Tries the credentials and says what they open (CONN-1, CONN-2). The tenant is known by the number of its database. What the
 * user's security level allows, the metadata of each entity tells.
 */
final class ConnectionChecker {
    private static final String ALL = "1";
    private static final String RESTRICTED = "2";

    private final Api api;
    private final People people;
    private final String user;

    ConnectionChecker(Api api, People people, String user) {
        this.api = api;
        this.people = people;
        this.user = user;
    }

    ConnectionCheck check() {
        api.tryAgain();
        Zones.Zone zone = api.zones().lookUp();
        JsonValue version = api.get("version.read", "Version");
        List<String> advice = new ArrayList<>();
        Optional<JsonValue> own = people.named(user);
        if (own.isEmpty()) {
            advice.add("Whether \"" + user + "\" is an API user cannot be seen: let its security level see resources.");
        } else if (!people.isApiUser(own.get())) {
            throw new ConnectorException.Unauthorized(
                    "\"" + user + "\" is not an API user: make a resource with the licence \"API User\" in Autotask for"
                            + " this connection, and use its credentials",
                    AutotaskProvider.USER);
        }
        advice.add("Use the API user for this connection alone, so that its changes can be told from those of others.");
        Map<String, Set<AssetKind>> entities = new LinkedHashMap<>();
        for (AssetKind kind : AssetKind.values()) {
            Rows.entitiesOf(kind)
                    .forEach(entity -> entities.computeIfAbsent(entity, any -> new LinkedHashSet<>())
                            .add(kind));
        }
        List<MissingRight> missing = new ArrayList<>();
        StringBuilder rights = new StringBuilder();
        entities.forEach((entity, kinds) -> rights.append(entity(entity, kinds, missing, advice)));
        return new ConnectionCheck("autotask:" + zone.tenant(), version(version), missing, advice, rights.toString());
    }

    private static String version(JsonValue version) {
        List<String> parts = new ArrayList<>();
        for (String member : List.of("majorVersion", "minorVersion", "build")) {
            String part = version.text(member);
            if (part != null) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? "unknown" : String.join(".", parts);
    }

    private String entity(String entity, Set<AssetKind> kinds, List<MissingRight> missing, List<String> advice) {
        String query;
        String create;
        String update;
        try {
            JsonValue info = api.get(Kinds.callOf(entity) + ".information", entity + "/entityInformation")
                    .at("info");
            query = access(info, "userAccessForQuery");
            create = access(info, "userAccessForCreate");
            update = access(info, "userAccessForUpdate");
        } catch (ConnectorException.Forbidden e) {
            query = "0";
            create = "0";
            update = "0";
        }
        boolean written = kinds.stream().anyMatch(AssetKind::twoWay);
        if (query.equals("0")) {
            missing.add(new MissingRight(Rights.name(entity, "query"), kinds));
        } else if (written && create.equals("0")) {
            missing.add(new MissingRight(Rights.name(entity, "create"), Set.of()));
        }
        if (!query.equals("0") && written && !entity.equals("Products") && update.equals("0")) {
            missing.add(new MissingRight(Rights.name(entity, "update"), Set.of()));
        }
        if (query.equals(RESTRICTED)) {
            advice.add("The user sees only some " + entity + ": give its security level access to all.");
        }
        return entity + "=" + query + create + update + " ";
    }

    /** 0 is none, 1 all, 2 some; what is not told is taken for all. */
    private static String access(JsonValue info, String member) {
        String access = info.at(member).isObject() ? null : info.text(member);
        return access == null ? ALL : access;
    }
}
