package org.psasync.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.psasync.testkit.autotask.FakeAutotask;
import org.psasync.testkit.connectwise.FakeConnectWise;
import org.psasync.testkit.pulseway.FakePulseway;

/** A fake PSA in a process of its own, so that its work is not counted as the client's. */
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
        return start(
                FakeConnectWise.class,
                companies,
                configurations,
                List.of(
                        "--companies",
                        Integer.toString(companies),
                        "--configurations",
                        Integer.toString(configurations)));
    }

    /** A fake Autotask without its threshold, whose share is computed. */
    static FakeProcess autotask(int companies, int locationsPerCompany, int items) throws IOException {
        return start(
                FakeAutotask.class,
                companies,
                items,
                List.of(
                        "--companies",
                        Integer.toString(companies),
                        "--locations-per-company",
                        Integer.toString(locationsPerCompany),
                        "--configurations",
                        Integer.toString(items),
                        "--products",
                        "800",
                        "--tickets",
                        "0",
                        "--requests-per-hour",
                        "0"));
    }

    /** A fake Pulseway without its limits: the connector keeps them by a clock that is put forward. */
    static FakeProcess pulseway(int accounts, int assets) throws IOException {
        return start(
                FakePulseway.class,
                accounts,
                assets,
                List.of(
                        "--accounts",
                        Integer.toString(accounts),
                        "--assets",
                        Integer.toString(assets),
                        "--tickets",
                        "0",
                        "--requests-per-hour",
                        "0"));
    }

    private static FakeProcess start(Class<?> fake, int companies, int configurations, List<String> sizes)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx4g",
                "-classpath",
                System.getProperty("java.class.path"),
                fake.getName(),
                "--port",
                "0",
                "--contacts",
                "0",
                "--seed",
                "1"));
        command.addAll(sizes);
        Process process = new ProcessBuilder(command)
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
