package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.psasync.testkit.http.SelfSigned;
import picocli.CommandLine;

/** Starts the fake from a command line. */
@CommandLine.Command(
        name = "fake-pulseway",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a fake Pulseway PSA (Kaseya BMS, Vorex) on the loopback address.",
            "Prints one line of JSON (url, credentials, with TLS the certificate) when it is ready.",
            "Runs until its standard input ends, or with --stay until the process is ended."
        })
final class Command implements Callable<Integer> {
    @CommandLine.Option(names = "--port", description = "the port; 0, the default, takes a free one")
    private int port;

    @CommandLine.Option(names = "--accounts", description = "default: ${DEFAULT-VALUE}")
    private int accounts = 20;

    @CommandLine.Option(names = "--locations-per-account", description = "default: ${DEFAULT-VALUE}")
    private int locationsPerAccount = 2;

    @CommandLine.Option(names = "--contacts", description = "default: ${DEFAULT-VALUE}")
    private int contacts = 40;

    @CommandLine.Option(names = "--assets", description = "default: ${DEFAULT-VALUE}")
    private int assets = 100;

    @CommandLine.Option(names = "--tickets", description = "default: ${DEFAULT-VALUE}")
    private int tickets = 30;

    @CommandLine.Option(names = "--seed", description = "chooses the invented records; default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @CommandLine.Option(
            names = "--requests-per-hour",
            description = "of each endpoint, 0 for no limit; default: ${DEFAULT-VALUE}")
    private int requestsPerHour = 1500;

    @CommandLine.Option(names = "--pascal", description = "spell the members of answers AccountName")
    private boolean pascal;

    @CommandLine.Option(names = "--tls", description = "speak TLS, with a certificate of its own")
    private boolean tls;

    @CommandLine.Option(names = "--stay", description = "do not end when the standard input does")
    private boolean stay;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (FakePulseway fake = FakePulseway.builder()
                .port(port)
                .accounts(accounts)
                .locationsPerAccount(locationsPerAccount)
                .contacts(contacts)
                .assets(assets)
                .tickets(tickets)
                .seed(seed)
                .tls(tls)
                .start()) {
            fake.switches().requestsPerHour(requestsPerHour);
            if (pascal) {
                fake.switches().on(Switch.PASCAL_CASE);
            }
            ObjectNode line = Wire.object().put("url", fake.url());
            fake.credentials().forEach(line::put);
            fake.certificate().ifPresent(certificate -> line.put("certificate", SelfSigned.pem(certificate)));
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
