package org.psasync.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Knows which texts of the headers that carry credentials are secret. */
final class Credentials {
    private Credentials() {}

    /** Returns the values, without their scheme too, and of a Basic one the password. */
    static List<String> secretsIn(Map<String, String> headers) {
        List<String> result = new ArrayList<>();
        for (String value : headers.values()) {
            result.add(value);
            int blank = value.indexOf(' ');
            if (blank < 0) {
                continue;
            }
            String token = value.substring(blank + 1).strip();
            result.add(token);
            if (value.substring(0, blank).toLowerCase(Locale.ROOT).equals("basic")) {
                addBasic(token, result);
            }
        }
        return result;
    }

    private static void addBasic(String token, List<String> result) {
        try {
            String pair = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            result.add(pair);
            int colon = pair.indexOf(':');
            result.add(pair.substring(colon + 1));
            if (colon > 0) {
                result.add(pair.substring(pair.indexOf('+') < colon ? pair.indexOf('+') + 1 : 0, colon));
            }
        } catch (IllegalArgumentException e) {
            // not Base64: the token itself is hidden already
        }
    }
}
