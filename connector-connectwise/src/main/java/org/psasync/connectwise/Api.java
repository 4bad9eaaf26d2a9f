package org.psasync.connectwise;

import java.net.URI;
import java.util.Arrays;
import java.util.function.Function;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.http.RestCall;
import org.psasync.http.RestClient;
import org.psasync.spi.ConnectorException;

/**
 * Calls below the tenant's code base.
 *
 * <p>A 404 that speaks of no record has the code base looked up again: the call is repeated once if it moved. Otherwise
 * it means wrong keys in the cloud, or an endpoint that the server does not have. Safe for use by several threads.
 */
final class Api {
    private static final String PROBE = "company/companies";

    private final RestClient rest;
    private final CodeBases codeBases;
    private final BrokenWrites brokenWrites = new BrokenWrites();

    Api(RestClient rest, CodeBases codeBases) {
        this.rest = rest;
        this.codeBases = codeBases;
    }

    /** Returns a GET of a path below the interface; the placeholders are filled and encoded. */
    RestAnswer get(String name, String path, Object... segments) {
        return call(base -> RestCall.read(name, base.path(path), segments));
    }

    /** Makes a POST or PATCH. */
    RestAnswer write(String name, String method, JsonValue body, String path, Object... segments) {
        return brokenWrites.send(
                String.join(" ", method, path, Arrays.toString(segments), body.toJson()),
                () -> call(base -> RestCall.write(name, method, base.path(path), segments)
                        .json(body)
                        .emptyAllowed()));
    }

    RestAnswer delete(String name, String path, Object... segments) {
        return brokenWrites.send(
                String.join(" ", path, Arrays.toString(segments)),
                () -> call(base -> RestCall.write(name, "DELETE", base.path(path), segments)
                        .emptyAllowed()));
    }

    /** Makes the call that the function builds for a code base. */
    RestAnswer call(Function<CodeBase, RestCall> call) {
        CodeBase base = codeBases.current();
        RestAnswer answer = send(call, base);
        if (answer.status() != 404) {
            return answer;
        }
        CodeBase now = codeBases.afresh();
        if (!now.prefix().equals(base.prefix())) {
            answer = send(call, now);
        }
        if (answer.status() == 404) {
            throw noSuchEndpoint(answer, now);
        }
        return answer;
    }

    /** Fetches from an address that an answer named, on a host that is trusted. */
    RestAnswer fetch(String name, URI link, boolean withCredentials) {
        RestCall call = RestCall.readLink(name, link);
        return rest.call(withCredentials ? call : call.withoutCredentials());
    }

    private RestAnswer send(Function<CodeBase, RestCall> call, CodeBase base) {
        try {
            return rest.call(call.apply(base).header("Accept", base.accept()));
        } catch (JsonMismatch e) {
            throw new ConnectorException.Unavailable("ConnectWise gave no usable answer: " + e.getMessage(), false, e);
        }
    }

    /** Source: ConnectWise developer guide, Authentication: in the cloud wrong credentials can answer 404. */
    private ConnectorException noSuchEndpoint(RestAnswer answer, CodeBase base) {
        String name = answer.call().name();
        if (base.cloud() && !knowsCompanies(base)) {
            return new ConnectorException.Unauthorized(
                    name
                            + ": ConnectWise answered with status 404, which is how its cloud refuses wrong keys: check the"
                            + " public key and the private key",
                    null);
        }
        return new ConnectorException.Unavailable(
                name + ": ConnectWise has no such endpoint (status 404); check the site and the version of the server",
                false,
                answer.size() == 0 ? new BareNotFound() : null);
    }

    private boolean knowsCompanies(CodeBase base) {
        RestAnswer answer;
        try {
            answer = send(
                    any -> RestCall.read("companies.probe", any.path(PROBE))
                            .query("pageSize", 1)
                            .query("fields", "id"),
                    base);
        } catch (ConnectorException.Forbidden e) {
            return true;
        }
        return answer.status() != 404;
    }
}
