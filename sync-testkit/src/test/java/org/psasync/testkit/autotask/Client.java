package org.psasync.testkit.autotask;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Any client of the fake: sends what it is told to, with the right credentials unless some are replaced. */
final class Client {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final FakeAutotask psa;
    private final Map<String, String> headers = new LinkedHashMap<>();

    Client(FakeAutotask psa) {
        this.psa = psa;
        Map<String, String> credentials = psa.credentials();
        headers.put("ApiIntegrationCode", Objects.requireNonNull(credentials.get("integrationCode")));
        headers.put("UserName", Objects.requireNonNull(credentials.get("user")));
        headers.put("Secret", Objects.requireNonNull(credentials.get("secret")));
    }

    Client with(String header, String value) {
        Client other = new Client(psa);
        other.headers.putAll(headers);
        other.headers.put(header, value);
        return other;
    }

    /** An answer. */
    record Answer(int status, String body, HttpResponse<String> whole) {
        JsonNode json() {
            try {
                return Wire.MAPPER.readTree(body);
            } catch (IOException e) {
                throw new AssertionError("Not JSON: " + body, e);
            }
        }

        String error() {
            return json().path("errors").path(0).asText();
        }
    }

    Answer send(String method, String path, String body) {
        return sendTo(method, psa.url() + "/ATServicesRest/V1.0/" + path, body);
    }

    Answer sendTo(String method, String address, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body(), answer);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    Answer query(String entity, String filter) {
        return send("POST", entity + "/query", "{\"filter\":[" + filter + "]}");
    }
}
