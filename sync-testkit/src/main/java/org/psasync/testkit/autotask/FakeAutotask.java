package org.psasync.testkit.autotask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.psasync.testkit.http.FakeServer;
import org.psasync.testkit.http.Faults;
import org.psasync.testkit.http.Requests;
import picocli.CommandLine;

/**
 * An Autotask PSA on the loopback address: an HTTP server that keeps invented records in memory and answers as the vendor's
 * REST API does.
 *
 * <pre>{@code
 * try (FakeAutotask psa = FakeAutotask.builder().companies(20).configurations(40).seed(1).start()) {
 *     connector.connect(psa.credentials());
 *     psa.records("Companies").edit(29683700, "companyName", "Harbor Dental");
 *     psa.faults().next(1, "POST", "Companies/query", Fault.htmlPage(502));
 * }
 * }</pre>
 *
 * <p>Threads may share it. Source: the vendor's REST guide and recorded answers, 2026-10; what they leave open is a {@link
 * Switch}.
 */
public final class FakeAutotask implements AutoCloseable {
    private static final String USER = "sync-api@msp.example";
    private static final String INTEGRATION_CODE = "FAKEINTEGRATIONCODE00000001";

    private final Tenant tenant;
    private final Gate gate;
    private final Desk desk;
    private final Callouts callouts;
    private final List<FakeServer> servers = new ArrayList<>();
    private final String secret;

    FakeAutotask(FakeAutotaskBuilder builder) {
        tenant = new Tenant(builder.clock);
        new Population(tenant, builder.size()).fill(USER);
        secret = "fake-secret-" + Long.toHexString(0x5EEDL + builder.size().seed());
        gate = new Gate(tenant, new Gate.Account(USER, secret, INTEGRATION_CODE), new Router(tenant));
        desk = new Desk(tenant, gate);
        callouts = new Callouts(tenant);
        gate.moveTo(serve(builder.port));
    }

    private int serve(int port) {
        FakeServer server = FakeServer.start(port, null, desk::handle);
        servers.add(server);
        return server.port();
    }

    /**
     * Starts the fake from a command line; {@code --help} tells the options. It prints one line of JSON with
     * {@code url} and the credentials when it is ready, and runs until its standard input ends.
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Command()).execute(arguments));
    }

    /** What the server is to hold, and how it is reached; a small tenant unless told otherwise. */
    public static FakeAutotaskBuilder builder() {
        return new FakeAutotaskBuilder();
    }

    /** Scheme, host and port of the server that looks up zones, such as {@code http://127.0.0.1:8080}. */
    public String url() {
        return servers.get(0).url();
    }

    /** What a client needs: {@code server}, {@code user}, {@code secret}, {@code integrationCode}. */
    public Map<String, String> credentials() {
        Map<String, String> credentials = new LinkedHashMap<>();
        credentials.put("server", url());
        credentials.put("user", USER);
        credentials.put("secret", secret);
        credentials.put("integrationCode", INTEGRATION_CODE);
        return credentials;
    }

    /** How this system behaves where nobody knows, or systems differ. */
    public Switches switches() {
        return tenant.switches;
    }

    /** What the security level of the API user rules out. */
    public Rights rights() {
        return tenant.rights;
    }

    /** What goes wrong. */
    public Faults<Fault> faults() {
        return desk.faults;
    }

    /** The requests seen. */
    public Requests requests() {
        return desk.requests;
    }

    /** The deliveries of webhooks. */
    public Callouts callouts() {
        return callouts;
    }

    /** Lets the observer hear of every exchange, on the thread of the server that handled it. */
    public void observe(Consumer<Exchange> observer) {
        desk.observers.add(observer);
    }

    /**
     * Moves the tenant to another zone: a server on another port. The former one answers as to wrong credentials from now on,
     * and still looks up zones.
     */
    public void moveZone() {
        int port = serve(0);
        synchronized (tenant) {
            gate.moveTo(port);
        }
    }

    /** Lets a user in again who was locked for wrong secrets. */
    public void unlock() {
        synchronized (tenant) {
            gate.unlock();
        }
    }

    /**
     * The records of a kind, worked on as a person would.
     *
     * @param path such as {@code Companies}, {@code CompanyLocations}, {@code Products}
     */
    public Records records(String path) {
        return new Records(tenant, tenant.table(path));
    }

    /**
     * Adds an entry to a pick list, or renames one.
     *
     * @param list {@code companyType}, {@code queueID}, {@code status}, {@code priority} or {@code licenseType}
     */
    public void pick(String list, long value, String label) {
        synchronized (tenant) {
            List<Pick> picks = new ArrayList<>(tenant.lists.getOrDefault(list, List.of()));
            picks.removeIf(pick -> pick.value() == value);
            picks.add(Pick.of(value, label));
            tenant.lists.put(list, picks);
        }
    }

    List<Pick> picks(String list) {
        synchronized (tenant) {
            return List.copyOf(tenant.lists.getOrDefault(list, List.of()));
        }
    }

    /** Defines a user-defined field that holds a text. */
    public void udf(String path, String name) {
        synchronized (tenant) {
            tenant.udfs(tenant.table(path).entity).add(Udf.of(name, "string"));
        }
    }

    @Override
    public void close() {
        servers.forEach(FakeServer::close);
    }
}
