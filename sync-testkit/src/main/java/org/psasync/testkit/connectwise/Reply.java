package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer before faults are applied to it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(int status, Map<String, String> headers, byte[] body) {

    static Reply of(int status, JsonNode body) {
        return of(status, Renderer.bytes(body));
    }

    static Reply of(int status, byte[] body) {
        return new Reply(status, new LinkedHashMap<>(), body);
    }

    static Reply empty(int status) {
        return of(status, new byte[0]);
    }

    Reply with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    Reply without(String header) {
        headers.remove(header);
        return this;
    }
}
