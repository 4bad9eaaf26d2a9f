package org.psasync.testkit.autotask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/** Starts the fake from a command line. */
@CommandLine.Command(
        name = "fake-autotask",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a fake Autotask PSA on the loopback address.",
            "Prints one line of JSON (url, credentials) when it is ready.",
            "Runs until its standard input ends, or with --stay until the process is ended."
        })
final class Command implements Callable<Integer> {
    @CommandLine.Option(names = "--port", description = "the port; 0, the default, takes a free one")
    private int port;

    @CommandLine.Option(names = "--companies", description = "default: ${DEFAULT-VALUE}")
    private int companies = 20;

    @CommandLine.Option(names = "--locations-per-company", description = "default: ${DEFAULT-VALUE}")
    private int locationsPerCompany = 2;

    @CommandLine.Option(names = "--contacts", description = "default: ${DEFAULT-VALUE}")
    private int contacts = 40;

    @CommandLine.Option(names = "--configurations", description = "default: ${DEFAULT-VALUE}")
    private int configurations = 100;

    @CommandLine.Option(names = "--products", description = "default: ${DEFAULT-VALUE}")
    private int products = 30;

    @CommandLine.Option(names = "--tickets", description = "default: ${DEFAULT-VALUE}")
    private int tickets = 30;

    @CommandLine.Option(names = "--seed", description = "chooses the invented records; default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @CommandLine.Option(
            names = "--requests-per-hour",
            description = "of the tenant, 0 for no limit; default: ${DEFAULT-VALUE}")
    private int requestsPerHour = 10_000;

    @CommandLine.Option(names = "--stay", description = "do not end when the standard input does")
    private boolean stay;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (FakeAutotask fake = FakeAutotask.builder()
                .port(port)
                .companies(companies)
                .locationsPerCompany(locationsPerCompany)
                .contacts(contacts)
                .configurations(configurations)
                .products(products)
                .tickets(tickets)
                .seed(seed)
                .start()) {
            fake.switches().requestsPerHour(requestsPerHour);
            ObjectNode line = Wire.object().put("url", fake.url());
            fake.credentials().forEach(line::put);
            System.out.println(line);
            System.out.flush();
            if (stay) {
                new CountDownLatch(1).await();
            }
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        return 0;
    }
}
