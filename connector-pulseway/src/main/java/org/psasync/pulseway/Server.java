package org.psasync.pulseway;

import java.util.Locale;
import org.psasync.http.BaseAddress;
import org.psasync.spi.ConnectorConfig;

/**
 * The hosts of a tenant. API v2 is on the web host with {@code api.} before it, API v1 on the web host itself.
 *
 * <p>Source: Kaseya help, V2 BMS Rest APIs, 2026-10.
 */
record Server(BaseAddress v2, BaseAddress v1) {
    static final String SERVER = "server";

    private static final String API = "api.";
    private static final String DOMAINS = "(.*\\.)?(kaseya|pulseway|vorexlogin)\\.com";

    /** The host may be entered as that of the API or of the web pages, with or without {@code https://}. */
    static Server of(ConnectorConfig config) {
        boolean plain = config.plainHttpToLoopback();
        try {
            BaseAddress given = BaseAddress.of(config.required(SERVER), plain).withPath("/");
            String host = String.valueOf(given.uri().getHost()).toLowerCase(Locale.ROOT);
            String written = given.uri().toString();
            boolean web = host.matches(DOMAINS) && !host.startsWith(API);
            BaseAddress v2 = web ? BaseAddress.of(written.replace("://", "://" + API), plain) : given;
            BaseAddress v1 = host.startsWith(API) ? BaseAddress.of(written.replace("://" + API, "://"), plain) : given;
            return new Server(v2, v1);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The credential \"" + SERVER + "\" is malformed: " + e.getMessage());
        }
    }

    String host() {
        return String.valueOf(v2.uri().getHost());
    }
}
