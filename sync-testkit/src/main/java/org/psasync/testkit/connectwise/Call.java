package org.psasync.testkit.connectwise;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request after the gate let it in.
 *
 * @param path the segments below {@code apis/3.0/}
 * @param address the absolute address without query
 * @param query by name in any case
 * @param headers by name in any case
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Call(
        String method,
        List<String> path,
        String address,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] body,
        Author author) {

    @Nullable
    String parameter(String name) {
        return query.get(name);
    }

    String parameter(String name, String otherwise) {
        return query.getOrDefault(name, otherwise);
    }
}
