package org.psasync.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Puts the address of a request together; whatever varies is encoded, so that it cannot leave its place. */
final class Addresses {
    private Addresses() {}

    /** Fills each <code>{}</code> of a path with one segment. */
    static String filled(String path, Object... segments) {
        StringBuilder result = new StringBuilder();
        int from = 0;
        int used = 0;
        for (int place = path.indexOf("{}"); place >= 0; place = path.indexOf("{}", from)) {
            if (used == segments.length) {
                throw new IllegalArgumentException("The path \"" + path + "\" has more places than segments");
            }
            String segment = segments[used++].toString();
            if (segment.isBlank() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException(
                        "\"" + segment + "\" cannot be segment " + used + " of the path \"" + path + "\"");
            }
            result.append(path, from, place).append(encoded(segment));
            from = place + 2;
        }
        if (used < segments.length) {
            throw new IllegalArgumentException("The path \"" + path + "\" has fewer places than segments");
        }
        return result.append(path, from, path.length()).toString();
    }

    /** Returns the address of a call. A link from an answer keeps its own query, encoded as it came. */
    static URI of(BaseAddress base, RestCall.Parts call) {
        String query = call.query.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
        String address = call.link == null
                ? base.uri() + (call.path.startsWith("/") ? call.path.substring(1) : call.path)
                : call.link.toString();
        String separator = query.isEmpty() ? "" : address.indexOf('?') >= 0 ? "&" : "?";
        try {
            return URI.create(address + separator + query);
        } catch (IllegalArgumentException e) {
            // the cause quotes the address
            throw new IllegalArgumentException("The path of " + call.name + " does not make an address");
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    /** The JDK's own check quotes the value, which may be a credential. */
    static void checkHeader(String name, String value) {
        boolean clean = value.chars().allMatch(c -> c == '\t' || c >= ' ' && c != 127 && c < 256);
        if (!clean || name.isBlank()) {
            throw new IllegalArgumentException(
                    "The header " + name + " holds a character that headers cannot hold, such as a line break");
        }
    }
}
