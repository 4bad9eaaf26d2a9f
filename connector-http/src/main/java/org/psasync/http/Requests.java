package org.psasync.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Puts a request together. */
final class Requests {
    private Requests() {}

    /** Later headers replace earlier ones: the usual ones, those of the client, those of the call, the credentials. */
    static HttpRequest of(
            RestCall call, URI uri, Map<String, String> ofClient, Map<String, String> credentials, Duration deadline) {
        RestCall.Parts parts = call.parts();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Accept", "application/json");
        headers.put("User-Agent", "psa-sync");
        headers.putAll(ofClient);
        if (parts.contentType != null) {
            headers.put("Content-Type", parts.contentType);
        }
        headers.putAll(parts.headers);
        headers.putAll(credentials);
        headers.forEach(Addresses::checkHeader);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).version(HttpClient.Version.HTTP_1_1).timeout(deadline);
        headers.forEach(request::header);
        byte[] body = parts.body;
        return request.method(parts.method, body == null ? BodyPublishers.noBody() : new TrackedBody(body))
                .build();
    }
}
