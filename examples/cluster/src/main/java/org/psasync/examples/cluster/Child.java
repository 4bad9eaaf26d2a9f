package org.psasync.examples.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A node in a process of its own. */
final class Child implements AutoCloseable {
    final String name;
    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter orders;

    Child(String name, String url, int integrations, long answeringMillis) throws IOException {
        this.name = name;
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        this.process = new ProcessBuilder(
                        java.toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NodeProgram.class.getName(),
                        url,
                        name,
                        Integer.toString(integrations),
                        Long.toString(answeringMillis))
                .redirectError(Redirect.INHERIT)
                .start();
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.orders = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
    }

    void awaitAnswer(String expected) throws IOException {
        String answer = answers.readLine();
        if (!expected.equals(answer)) {
            throw new IOException(name + " answered " + answer + ", not " + expected);
        }
    }

    void tell(String order) throws IOException {
        orders.println(order);
        awaitAnswer(order + " done");
    }

    /** Ends it as a power failure would: SIGKILL, without a last word. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                orders.println("close");
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    kill();
                }
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
