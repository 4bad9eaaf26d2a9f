package org.psasync.testkit.http;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.Slf4jNotifier;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The web server of a fake, on the loopback address. Threads may share it, and it calls the fake from several. */
public final class FakeServer implements AutoCloseable {
    private final WireMockServer server;
    private final boolean tls;

    private FakeServer(WireMockServer server, boolean tls) {
        this.server = server;
        this.tls = tls;
    }

    /**
     * Starts a server.
     *
     * @param port 0 for a free one
     * @param tls with which HTTPS is spoken; null for plain HTTP
     * @param fake answers every request
     */
    public static FakeServer start(int port, @Nullable SelfSigned tls, Function<Incoming, Outgoing> fake) {
        WireMockConfiguration configuration = WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .disableRequestJournal()
                .stubRequestLoggingDisabled(true)
                .gzipDisabled(true)
                .http2PlainDisabled(true)
                .http2TlsDisabled(true)
                .extensionScanningEnabled(false)
                .notifier(new Slf4jNotifier(false))
                .extensions(new Door(fake));
        WireMockServer server = new WireMockServer(
                tls == null
                        ? configuration.port(port)
                        : configuration
                                .httpDisabled(true)
                                .httpsPort(port)
                                .keystoreType("PKCS12")
                                .keystorePath(tls.keystore().toString())
                                .keystorePassword(SelfSigned.PASSWORD)
                                .keyManagerPassword(SelfSigned.PASSWORD));
        server.start();
        return new FakeServer(server, tls != null);
    }

    /** Returns its port. */
    public int port() {
        return tls ? server.httpsPort() : server.port();
    }

    /** Returns scheme, host and port, such as {@code http://127.0.0.1:8080}. */
    public String url() {
        return (tls ? "https" : "http") + "://127.0.0.1:" + port();
    }

    /** Stops it. */
    @Override
    public void close() {
        server.stop();
    }
}
