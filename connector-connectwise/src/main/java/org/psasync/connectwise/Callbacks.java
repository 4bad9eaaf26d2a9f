package org.psasync.connectwise;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.psasync.connectwise.PageReader.Listing;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;

/** Registers callbacks. Source: ConnectWise OpenAPI 2025.8, CallbackEntry; developer guide, Callbacks, 2026-10. */
final class Callbacks {
    private static final String PATH = "system/callbacks";
    private static final long ALL_RECORDS = 1;

    private final Api api;
    private final PageReader pages;

    Callbacks(Api api, PageReader pages) {
        this.api = api;
        this.pages = pages;
    }

    List<ConnectWiseCallback> list() {
        List<ConnectWiseCallback> result = new ArrayList<>();
        for (JsonValue row : pages.all(Listing.of("callbacks.list", PATH))) {
            read(row).ifPresent(result::add);
        }
        return result;
    }

    ConnectWiseCallback register(AssetKind kind, URI url) {
        String type = type(kind);
        if (!url.isAbsolute() || !url.toString().endsWith("=")) {
            throw new IllegalArgumentException(
                    "ConnectWise appends the id of the record to the address of a callback: end"
                            + " it with a parameter, as in https://host.example/hooks?recordId=");
        }
        Optional<ConnectWiseCallback> present = find(type, url);
        if (present.isPresent()) {
            return active(present.get());
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("description", "psa-sync: " + type);
        body.put("url", url.toString());
        body.put("objectId", ALL_RECORDS);
        body.put("type", type);
        body.put("level", "owner");
        body.put("inactiveFlag", false);
        try {
            JsonValue row = api.write("callbacks.create", "POST", JsonValue.of(body), PATH)
                    .json();
            return read(row).orElseThrow(() -> notUnderstood());
        } catch (ConnectorException.Rejected e) {
            if (e.problems().stream().noneMatch(problem -> problem.code() == Problem.Code.DUPLICATE)) {
                throw e;
            }
            return active(find(type, url).orElseThrow(() -> e));
        }
    }

    private Optional<ConnectWiseCallback> find(String type, URI url) {
        return list().stream()
                .filter(each -> each.type().equalsIgnoreCase(type) && each.url().equals(url))
                .findFirst();
    }

    /** One that ConnectWise ended is started again. */
    private ConnectWiseCallback active(ConnectWiseCallback callback) {
        if (callback.active()) {
            return callback;
        }
        JsonValue patch = JsonValue.of(List.of(Map.of("op", "replace", "path", "inactiveFlag", "value", false)));
        api.write("callbacks.update", "PATCH", patch, PATH + "/{}", callback.id());
        return new ConnectWiseCallback(callback.id(), callback.type(), callback.url(), true);
    }

    /** Registrations of other tools may hold anything. */
    private static Optional<ConnectWiseCallback> read(JsonValue row) {
        try {
            Long id = row.integer("id");
            String type = row.text("type");
            String url = row.text("url");
            return id == null || type == null || url == null
                    ? Optional.empty()
                    : Optional.of(new ConnectWiseCallback(
                            id, type, URI.create(url), !Boolean.TRUE.equals(row.flag("inactiveFlag"))));
        } catch (JsonMismatch | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ConnectorException notUnderstood() {
        return new ConnectorException.Unavailable(
                "ConnectWise registered a callback and did not answer with it", true, null);
    }

    private static String type(AssetKind kind) {
        return switch (kind) {
            case ORGANIZATION -> "company";
            case CONTACT -> "contact";
            case CONFIGURATION -> "configuration";
            case TICKET -> "ticket";
            case LOCATION -> throw new IllegalArgumentException("ConnectWise has no callbacks for sites");
        };
    }
}
