package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Any client of the fake, logged in once. */
final class Client {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final FakePulseway psa;
    private final String token;

    Client(FakePulseway psa) throws Exception {
        this.psa = psa;
        Map<String, String> credentials = psa.credentials();
        String form = "GrantType=password&UserName=" + credentials.get("user") + "&Password="
                + credentials.get("password") + "&Tenant="
                + URLEncoder.encode(String.valueOf(credentials.get("tenant")), StandardCharsets.UTF_8);
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(psa.url() + "/v2/security/authenticate"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        token = Wire.MAPPER.readTree(answer.body()).at("/result/accessToken").asText();
    }

    HttpResponse<String> send(String method, String path, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(psa.url() + "/" + path.replace(" ", "%20")))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** What is answered, whatever the status. */
    JsonNode json(String method, String path, String body) throws Exception {
        return Wire.MAPPER.readTree(send(method, path, body).body());
    }

    JsonNode get(String path) throws Exception {
        return json("GET", path, "");
    }

    /** The ids of the rows of an answer. */
    static List<Integer> ids(JsonNode answer) {
        List<Integer> ids = new ArrayList<>();
        answer.path("result").forEach(row -> ids.add(row.path("id").asInt()));
        return ids;
    }
}
