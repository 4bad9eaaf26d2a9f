package org.psasync.testkit.connectwise;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One request and its answer, for whoever wants to check the traffic against a description of the API.
 *
 * @param at when the request came, by the server's clock
 * @param method in upper case
 * @param path with code base, without query
 * @param query as it was sent, still encoded; empty for none
 * @param requestHeaders as they were sent, names in any case; the credentials are left out
 * @param requestBody empty for none
 * @param responseHeaders names in any case
 * @param responseBody empty for none
 * @param faulty whether a {@link Fault} changed the answer
 */
public record Exchange(
        Instant at,
        String method,
        String path,
        String query,
        Map<String, List<String>> requestHeaders,
        String requestBody,
        int status,
        Map<String, List<String>> responseHeaders,
        String responseBody,
        boolean faulty) {}
