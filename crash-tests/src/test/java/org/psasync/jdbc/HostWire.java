package org.psasync.jdbc;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.LocalChange;
import org.psasync.spi.LocalResult;
import org.psasync.spi.MarkedAsset;
import org.psasync.spi.MatchKey;
import org.psasync.spi.PickValue;

/** The host's records of one process as another one reaches them: a host outlives the process that is killed. */
interface HostWire {
    List<Asset> find(AssetKind kind, List<LocalId> ids);

    List<Asset> match(AssetKind kind, List<MatchKey> keys);

    List<Asset> list(AssetKind kind, @Nullable LocalId after, int limit);

    List<LocalResult> write(List<LocalChange> changes);

    boolean pickLists(List<PickValue> values);

    boolean mark(List<MarkedAsset> marks);

    /** Answers with a repository in this process. */
    static HostWire of(AssetRepository host) {
        return new HostWire() {
            @Override
            public List<Asset> find(AssetKind kind, List<LocalId> ids) {
                return host.find(kind, ids);
            }

            @Override
            public List<Asset> match(AssetKind kind, List<MatchKey> keys) {
                return host.match(kind, keys);
            }

            @Override
            public List<Asset> list(AssetKind kind, @Nullable LocalId after, int limit) {
                return host.list(kind, after, limit);
            }

            @Override
            public List<LocalResult> write(List<LocalChange> changes) {
                return host.write(changes);
            }

            @Override
            public boolean pickLists(List<PickValue> values) {
                host.pickLists(values);
                return true;
            }

            @Override
            public boolean mark(List<MarkedAsset> marks) {
                host.mark(marks);
                return true;
            }
        };
    }

    /** Returns the repository behind a wire. */
    default AssetRepository repository() {
        HostWire wire = this;
        return new AssetRepository() {
            @Override
            public List<Asset> find(AssetKind kind, Collection<LocalId> ids) {
                return wire.find(kind, List.copyOf(ids));
            }

            @Override
            public List<Asset> match(AssetKind kind, List<MatchKey> keys) {
                return wire.match(kind, keys);
            }

            @Override
            public List<Asset> list(AssetKind kind, @Nullable LocalId after, int limit) {
                return wire.list(kind, after, limit);
            }

            @Override
            public boolean keepsPairIds() {
                return true;
            }

            @Override
            public List<LocalResult> write(List<LocalChange> changes) {
                return wire.write(changes);
            }

            @Override
            public void pickLists(List<PickValue> values) {
                wire.pickLists(values);
            }

            @Override
            public void mark(List<MarkedAsset> marks) {
                wire.mark(marks);
            }
        };
    }

    /** Reaches the wire that {@link #serve} offers in another process. */
    static HostWire to(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        Line line = new Line(socket);
        return (HostWire) Proxy.newProxyInstance(
                HostWire.class.getClassLoader(), new Class<?>[] {HostWire.class}, (proxy, method, values) -> {
                    if (method.isDefault()) {
                        return java.lang.reflect.InvocationHandler.class
                                .getMethod("invokeDefault", Object.class, Method.class, Object[].class)
                                .invoke(null, proxy, method, values);
                    }
                    synchronized (line) {
                        line.say(method.getName());
                        for (int i = 0; i < values.length; i++) {
                            line.say(method.getGenericParameterTypes()[i], values[i]);
                        }
                        line.flush();
                        return line.hear(method.getGenericReturnType());
                    }
                });
    }

    /** Offers a repository to other processes, until the socket is closed. */
    static void serve(ServerSocket server, AssetRepository host) {
        Thread thread = new Thread(() -> {
            while (true) {
                try {
                    Socket socket = server.accept();
                    Thread line = new Thread(() -> answer(socket, of(host)), "host-line");
                    line.setDaemon(true);
                    line.start();
                } catch (IOException closed) {
                    return;
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void answer(Socket socket, HostWire host) {
        try (socket) {
            Line line = new Line(socket);
            while (true) {
                String name = line.hear();
                for (Method method : HostWire.class.getMethods()) {
                    if (method.getName().equals(name)) {
                        Type[] types = method.getGenericParameterTypes();
                        @Nullable Object[] values = new @Nullable Object[types.length];
                        for (int i = 0; i < types.length; i++) {
                            values[i] = line.hear(types[i]);
                        }
                        line.say(method.getGenericReturnType(), method.invoke(host, values));
                        line.flush();
                    }
                }
            }
        } catch (EOFException | java.net.SocketException killed) {
            // The other process is gone.
        } catch (IOException | IllegalAccessException | InvocationTargetException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Texts and values over a socket. */
    final class Line {
        private static final char MARK = '2';
        private final DataInputStream in;
        private final DataOutputStream out;

        Line(Socket socket) throws IOException {
            in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
            out = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream()));
        }

        void say(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }

        void flush() throws IOException {
            out.flush();
        }

        String hear() throws IOException {
            return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
        }

        void say(Type type, @Nullable Object value) throws IOException {
            JsonOut text = new JsonOut(MARK);
            if (value == null) {
                text.nothing();
            } else {
                Shapes.of(type).write(text, value);
            }
            say(text.toString());
        }

        @Nullable
        Object hear(Type type) throws IOException {
            JsonIn text = new JsonIn(hear(), 1);
            return text.skipNull() ? null : Shapes.of(type).read(text);
        }
    }
}
