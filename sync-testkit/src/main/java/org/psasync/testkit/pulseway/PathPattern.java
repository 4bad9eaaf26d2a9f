package org.psasync.testkit.pulseway;

import java.util.regex.Pattern;

/** A method and a path with {@code *} for one step and {@code **} for any rest. */
record PathPattern(String method, Pattern path) {
    PathPattern(String method, String path) {
        this(
                method,
                Pattern.compile(
                        "\\Q" + path.replace("**", "\\E.*\\Q").replaceAll("(?<!\\.)\\*", "\\\\E[^/]*\\\\Q") + "\\E"));
    }

    boolean matches(String requestMethod, String requestPath) {
        return (method.equals("*") || method.equals(requestMethod))
                && path.matcher(requestPath).matches();
    }
}
