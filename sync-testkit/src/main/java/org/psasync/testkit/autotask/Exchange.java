package org.psasync.testkit.autotask;

import java.time.Instant;

/**
 * One request and its answer, for whoever wants to check the traffic against a description of the API.
 *
 * @param at when the request came, by the server's clock
 * @param method in upper case
 * @param path with a slash at the start, without query
 * @param query as it was sent, still encoded; empty for none
 * @param requestBody empty for none
 * @param status what was answered
 * @param responseBody empty for none
 * @param faulty whether a {@link Fault} changed the answer
 */
public record Exchange(
        Instant at,
        String method,
        String path,
        String query,
        String requestBody,
        int status,
        String responseBody,
        boolean faulty) {}
