package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request that the PSA sent to the host, handed over as it came.
 *
 * <p>Immutable. {@code toString} shows the size only: query, headers and body may hold personal values and secrets.
 */
public final class WebhookRequest {
    private final String query;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    /**
     * Takes a request as it came.
     *
     * @param query the part of the address after the question mark, undecoded; empty when there is none
     * @param headers names without regard to case
     * @param body the raw bytes, over which a signature is computed
     */
    public WebhookRequest(String query, Map<String, List<String>> headers, byte[] body) {
        this.query = requireNonNull(query, "query");
        Map<String, List<String>> lowerCase = new HashMap<>();
        headers.forEach((name, values) -> lowerCase.putIfAbsent(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        this.headers = Map.copyOf(lowerCase);
        this.body = body.clone();
    }

    /** Returns the part of the address after the question mark, undecoded. */
    public String query() {
        return query;
    }

    /** Returns the first value of a header, without regard to the case of its name. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** Returns a copy of the raw body. */
    public byte[] body() {
        return body.clone();
    }

    @Override
    public String toString() {
        return "WebhookRequest[" + body.length + " bytes]";
    }
}
