package org.psasync.testkit.http;

import java.util.regex.Pattern;

/** A method and a path with {@code *} for one step and {@code **} for any rest. */
final class PathPattern {
    private final String method;
    private final Pattern path;

    PathPattern(String method, String path) {
        this.method = method;
        StringBuilder regex = new StringBuilder();
        for (String part : path.split("(?=\\*)|(?<=\\*)", -1)) {
            regex.append(part.equals("*") ? "\u0000" : Pattern.quote(part));
        }
        this.path =
                Pattern.compile(regex.toString().replace("\u0000\u0000", ".*").replace("\u0000", "[^/]*"));
    }

    boolean matches(String requestMethod, String requestPath) {
        return (method.equals("*") || method.equals(requestMethod))
                && path.matcher(requestPath).matches();
    }
}
