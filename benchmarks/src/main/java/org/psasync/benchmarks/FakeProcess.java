package org.psasync.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.psasync.testkit.connectwise.FakeConnectWise;

/** A fake ConnectWise in a process of its own, so that its work is not counted as the client's. */
final class FakeProcess implements AutoCloseable {
    private final Process process;
    private final Map<String, String> credentials;
    private final int companies;
    private final int configurations;

    private FakeProcess(Process process, Map<String, String> credentials, int companies, int configurations) {
        this.process = process;
        this.credentials = Map.copyOf(credentials);
        this.companies = companies;
        this.configurations = configurations;
    }

    static FakeProcess start(int companies, int configurations) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx4g",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        FakeConnectWise.class.getName(),
                        "--port",
                        "0",
                        "--companies",
                        Integer.toString(companies),
                        "--configurations",
                        Integer.toString(configurations),
                        "--contacts",
                        "0",
                        "--seed",
                        "1"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        JsonNode ready = new ObjectMapper().readTree(output.readLine());
        Map<String, String> credentials = new HashMap<>();
        JsonNode given = ready.has("credentials") ? ready.get("credentials") : ready;
        given.properties()
                .forEach(field ->
                        credentials.put(field.getKey(), field.getValue().asText()));
        return new FakeProcess(process, credentials, companies, configurations);
    }

    Map<String, String> credentials() {
        return credentials;
    }

    int companies() {
        return companies;
    }

    int configurations() {
        return configurations;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
