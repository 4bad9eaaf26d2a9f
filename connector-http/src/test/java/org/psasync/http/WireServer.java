package org.psasync.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A server on this machine that answers each connection by the next line of a script, byte for byte, so that an answer can
 * break off, drip, or never come.
 */
final class WireServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Queue<Script> scripts = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Writes an answer; the connection ends with it. */
    interface Script {
        void answer(OutputStream out, CountDownLatch closed) throws IOException, InterruptedException;
    }

    WireServer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread acceptor = new Thread(this::accept, "wire-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    String address() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/";
    }

    WireServer then(Script script) {
        synchronized (scripts) {
            scripts.add(script);
        }
        return this;
    }

    /** Answers with head and body; a length is added. */
    WireServer then(int status, String headers, String body) {
        return then((out, end) -> out.write(whole(status, headers, body)));
    }

    /** Answers with JSON. */
    WireServer thenJson(int status, String body) {
        return then(status, "Content-Type: application/json\r\n", body);
    }

    static byte[] whole(int status, String headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + " Status\r\n" + headers + "Connection: close\r\nContent-Length: "
                + bytes.length + "\r\n\r\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    /** Sends head and one byte, then a byte now and then for as long as anybody listens. */
    WireServer thenDrip() {
        return then((out, end) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n["
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            while (!end.await(20, TimeUnit.MILLISECONDS)) {
                out.write(' ');
                out.flush();
            }
        });
    }

    /** Takes the request and says nothing. */
    WireServer thenSilence() {
        return then((out, end) -> end.await());
    }

    /** Takes the request and hangs up. */
    WireServer thenHangUp() {
        return then((out, end) -> {});
    }

    /** Begins a good answer and hangs up within its body. */
    WireServer thenBreakOff() {
        return then((out, end) ->
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"id\":".getBytes(StandardCharsets.UTF_8)));
    }

    List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread worker = new Thread(() -> serve(connection), "wire-server-connection");
                worker.setDaemon(true);
                worker.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            String request = read(connection.getInputStream());
            Script script;
            synchronized (requests) {
                requests.add(request);
            }
            synchronized (scripts) {
                script = scripts.poll();
            }
            if (script == null) {
                connection.getOutputStream().write(whole(500, "", "no script left"));
            } else {
                script.answer(connection.getOutputStream(), closed);
            }
        } catch (IOException | InterruptedException e) {
            // the client went away, which is what some tests are about
        }
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int length = 0;
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("no request");
            }
            head.append((char) c);
        }
        for (String line : head.toString().lines().toList()) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        line.substring("content-length:".length()).strip());
            }
        }
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
