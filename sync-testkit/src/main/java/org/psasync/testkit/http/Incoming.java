package org.psasync.testkit.http;

import java.util.Map;

/**
 * A request as it came to a fake.
 *
 * @param port of the server that took it
 * @param method in upper case
 * @param path with a slash at the start, without query
 * @param query still encoded; empty for none
 * @param headers their names in any case; of several of one name, the first
 * @param body empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Incoming(int port, String method, String path, String query, Map<String, String> headers, byte[] body) {}
