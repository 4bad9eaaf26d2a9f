package org.psasync.connectwise;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.psasync.spi.WebhookRequest;

/** A host's address for callbacks, which keeps what it receives. */
final class HookReceiver implements AutoCloseable {
    private final HttpServer server;
    private final List<WebhookRequest> received = new CopyOnWriteArrayList<>();

    HookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hooks", this::receive);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getRawQuery();
            byte[] body = exchange.getRequestBody().readAllBytes();
            received.add(new WebhookRequest(query == null ? "" : query, exchange.getRequestHeaders(), body));
            exchange.sendResponseHeaders(204, -1);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hooks?recordId=");
    }

    List<WebhookRequest> received() {
        return received;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
