package org.psasync.testkit.autotask;

import java.util.LinkedHashMap;
import java.util.Map;

/** An answer before faults are applied to it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(int status, Map<String, String> headers, byte[] body) {
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
}
