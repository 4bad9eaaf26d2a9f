package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what answers a method and a path. */
final class Router {
    /** What a delete is answered with. */
    static final JsonNode NO_BODY = MissingNode.getInstance();

    /** Answers a call. */
    @FunctionalInterface
    interface Handler {
        /**
         * Returns the answer.
         *
         * @throws Refusal when it is to be answered with an error
         */
        JsonNode answer(Call call);
    }

    /**
     * A call.
     *
     * @param segments of the path that stand for something, in order
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Call(Tenant tenant, List<String> segments, Map<String, String> parameters, byte[] rawBody) {
        int id(int place) {
            String text = segments.get(place);
            if (!text.matches("\\d{1,9}")) {
                throw Refusal.of(400, 400, "The value '" + text + "' is not valid.");
            }
            return Integer.parseInt(text);
        }

        Query query() {
            return new Query(tenant, parameters);
        }

        JsonNode body() {
            return Wire.parse(rawBody);
        }

        /** Whether what is written is to change nothing. */
        boolean isIgnored() {
            return tenant.switches.isOn(Switch.WRITES_IGNORED);
        }
    }

    private record Route(String method, List<String> template, Handler handler) {}

    /** A route that fits. */
    record Found(String template, Tenant tenant, List<String> segments, Handler handler) {
        JsonNode answer(Map<String, String> parameters, byte[] body) {
            return handler.answer(new Call(tenant, segments, parameters, body));
        }
    }

    private final Tenant tenant;
    private final List<Route> routes = new ArrayList<>();

    Router(Tenant tenant) {
        this.tenant = tenant;
    }

    /** @param template with {@code {}} for each segment that stands for something; the first route that fits counts */
    Router on(String method, String template, Handler handler) {
        routes.add(new Route(method, List.of(template.split("/", -1)), handler));
        return this;
    }

    Found find(String method, String path) {
        List<String> asked = List.of(path.substring(1).split("/", -1));
        boolean known = false;
        for (Route route : routes) {
            List<String> segments = match(route.template(), asked);
            if (segments != null) {
                known = true;
                if (route.method().equals(method)) {
                    return new Found(
                            method + " " + String.join("/", route.template()), tenant, segments, route.handler());
                }
            }
        }
        throw Refusal.bare(known ? 405 : 404);
    }

    private static @Nullable List<String> match(List<String> template, List<String> asked) {
        if (template.size() != asked.size()) {
            return null;
        }
        List<String> segments = new ArrayList<>();
        for (int i = 0; i < template.size(); i++) {
            if (template.get(i).equals("{}")) {
                segments.add(asked.get(i));
            } else if (!template.get(i).equalsIgnoreCase(asked.get(i))) {
                return null;
            }
        }
        return segments;
    }

    static ObjectNode envelope(JsonNode result) {
        ObjectNode envelope = Wire.object().put("Success", true).putNull("Error");
        return envelope.set("Result", result);
    }
}
