package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import picocli.CommandLine;

/** Starts the fake from a command line. */
@CommandLine.Command(
        name = "fake-connectwise",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a fake ConnectWise PSA on the loopback address.",
            "Prints one line of JSON (url, credentials, with TLS the certificate) when it is ready.",
            "Runs until its standard input ends, or with --stay until the process is ended."
        })
final class Command implements Callable<Integer> {
    @CommandLine.Option(names = "--port", description = "the port; 0, the default, takes a free one")
    private int port;

    @CommandLine.Option(names = "--companies", description = "default: ${DEFAULT-VALUE}")
    private int companies = 20;

    @CommandLine.Option(names = "--sites-per-company", description = "default: ${DEFAULT-VALUE}")
    private int sitesPerCompany = 2;

    @CommandLine.Option(names = "--contacts", description = "default: ${DEFAULT-VALUE}")
    private int contacts = 40;

    @CommandLine.Option(names = "--configurations", description = "default: ${DEFAULT-VALUE}")
    private int configurations = 100;

    @CommandLine.Option(names = "--tickets", description = "default: ${DEFAULT-VALUE}")
    private int tickets = 30;

    @CommandLine.Option(names = "--seed", description = "chooses the invented records; default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @CommandLine.Option(names = "--codebase", description = "the announced code base; default: ${DEFAULT-VALUE}")
    private String codebase = "v2025_1/";

    @CommandLine.Option(names = "--tls", description = "speak TLS, with a certificate of its own")
    private boolean tls;

    @CommandLine.Option(names = "--stay", description = "do not end when the standard input does")
    private boolean stay;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "callbacks");
            thread.setDaemon(true);
            return thread;
        });
        try (FakeConnectWise fake = FakeConnectWise.builder()
                .port(port)
                .companies(companies)
                .sitesPerCompany(sitesPerCompany)
                .contacts(contacts)
                .configurations(configurations)
                .tickets(tickets)
                .seed(seed)
                .codebase(codebase)
                .tls(tls)
                .callbackTimer(timer)
                .start()) {
            System.out.println(describe(fake));
            System.out.flush();
            if (stay) {
                new CountDownLatch(1).await();
            }
            System.in.transferTo(OutputStream.nullOutputStream());
        } finally {
            timer.shutdownNow();
        }
        return 0;
    }

    private static String describe(FakeConnectWise fake) {
        ObjectNode line = Renderer.MAPPER.createObjectNode().put("url", fake.url());
        fake.credentials().forEach(line::put);
        fake.certificate().ifPresent(certificate -> {
            try {
                line.put(
                        "certificate",
                        "-----BEGIN CERTIFICATE-----\n"
                                + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                                + "\n-----END CERTIFICATE-----\n");
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException(e);
            }
        });
        return line.toString();
    }
}
