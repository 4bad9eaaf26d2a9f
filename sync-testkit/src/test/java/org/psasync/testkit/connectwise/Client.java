package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plain HTTP client with the credentials of a fake, for its tests. */
final class Client {
    /** An answer; a body that is no JSON is a missing node. */
    record Response(int status, HttpResponse<String> http, JsonNode json) {
        String header(String name) {
            return http.headers().firstValue(name).orElse("(none)");
        }

        /** The ids of the records in a list. */
        List<Integer> ids() {
            List<Integer> ids = new ArrayList<>();
            json.forEach(record -> ids.add(record.path("id").asInt()));
            return ids;
        }

        JsonNode at(String pointer) {
            return json.at(pointer);
        }
    }

    static final ObjectMapper MAPPER = new ObjectMapper();
    static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final HttpClient http;
    private final String base;
    private final Map<String, String> headers = new LinkedHashMap<>();

    Client(FakeConnectWise fake) {
        this(fake, HTTP, fake.url() + "/v2025_1/apis/3.0/");
    }

    Client(FakeConnectWise fake, HttpClient http, String base) {
        this.http = http;
        this.base = base;
        String login = fake.companyId() + "+" + fake.publicKey() + ":" + fake.privateKey();
        headers.put(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        headers.put("clientId", fake.clientId());
        headers.put("Accept", "application/vnd.connectwise.com+json; version=2025.1");
    }

    /** The same client with another header; an empty value takes the header away. */
    Client with(String header, String value) {
        if (value.isEmpty()) {
            headers.remove(header);
        } else {
            headers.put(header, value);
        }
        return this;
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    Response get(String path) {
        return send("GET", path, "");
    }

    /** A list with conditions. */
    Response where(String path, String conditions) {
        return get(path + "?pageSize=1000&conditions=" + encode(conditions));
    }

    Response post(String path, String body) {
        return send("POST", path, body);
    }

    Response put(String path, String body) {
        return send("PUT", path, body);
    }

    /** A PATCH; the body is the list of operations. */
    Response patch(String path, String body) {
        return send("PATCH", path, body);
    }

    Response delete(String path) {
        return send("DELETE", path, "");
    }

    Response send(String method, String path, String body) {
        try {
            return answer(http.send(request(method, path, body), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpRequest request(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base + path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        if (!body.isEmpty() && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        return request.build();
    }

    private static Response answer(HttpResponse<String> response) {
        return new Response(response.statusCode(), response, json(response.body()));
    }

    private static JsonNode json(String text) {
        try {
            return text.isEmpty() ? MissingNode.getInstance() : MAPPER.readTree(text);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
