package org.psasync.testkit.connectwise;

import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psasync.testkit.http.FakeServer;
import org.psasync.testkit.http.Faults;
import org.psasync.testkit.http.Requests;
import org.psasync.testkit.http.SelfSigned;
import picocli.CommandLine;

/**
 * A ConnectWise PSA on the loopback address: an HTTP server that keeps invented records in memory and answers as the
 * vendor's REST API does.
 *
 * <pre>{@code
 * try (FakeConnectWise cw = FakeConnectWise.builder().companies(20).contacts(40).seed(1).start()) {
 *     connector.connect(cw.credentials());
 *     cw.records("company/companies").edit(101, "name", "Harbor Dental");
 *     cw.faults().next(1, "GET", "company/companies", Fault.timeout());
 * }
 * }</pre>
 *
 * <p>Threads may share it. Source: ConnectWise developer guide and OpenAPI description 2025.8, 2026-10.
 */
public final class FakeConnectWise implements AutoCloseable {
    /** The release that a server begins with, and its build. */
    private static final String FIRST_RELEASE = "v2025.1";

    private static final String BUILD = ".10333";
    private static final Pattern RELEASE = Pattern.compile("v(\\d+)_(\\d+)/");

    private final Tenant tenant;
    private final Account account;
    private final Renderer renderer;
    private final Writer writer;
    private final Router router;
    private final Desk desk;
    private final Callbacks callbacks;
    private final FakeServer server;
    private final @Nullable SelfSigned tls;
    private final @Nullable ScheduledFuture<?> timer;

    FakeConnectWise(FakeConnectWiseBuilder builder) {
        tenant = new Tenant(
                builder.clock,
                release(builder.codebase, FIRST_RELEASE + BUILD),
                !builder.codebase.equals("v4_6_release/"));
        account = new Account(builder.population.seed(), builder.codebase);
        renderer = new Renderer(tenant);
        History history = new History(tenant);
        writer = new Writer(tenant, renderer, history);
        router = new Router(tenant);
        callbacks = new Callbacks(tenant, account, renderer);
        history.listen(callbacks::changed);
        Gate gate = new Gate(tenant, account, new Api(tenant, renderer, writer));
        desk = new Desk(tenant, gate);
        new Population(tenant, builder.population, account.apiMember()).fill();
        tls = builder.tls ? SelfSigned.create(builder.clock.instant()) : null;
        server = FakeServer.start(builder.port, tls, desk::handle);
        account.url(server.url());
        tenant.base(hrefBase());
        timer = builder.timer == null
                ? null
                : builder.timer.scheduleWithFixedDelay(callbacks::deliver, 100, 100, TimeUnit.MILLISECONDS);
    }

    /** The cloud writes a second slash; clients must not depend on these addresses. */
    private String hrefBase() {
        return account.url() + "/" + account.codebase() + "apis/3.0/" + (tenant.cloud ? "/" : "");
    }

    /**
     * Starts the fake from a command line; {@code --help} tells the options. It prints one line of JSON with
     * {@code url} and the credentials when it is ready, and runs until its standard input ends.
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Command()).execute(arguments));
    }

    /** What the server is to hold, and how it is reached; a small tenant unless told otherwise. */
    public static FakeConnectWiseBuilder builder() {
        return new FakeConnectWiseBuilder();
    }

    /** Scheme, host and port, such as {@code http://127.0.0.1:8080}. */
    public String url() {
        return account.url();
    }

    /** Host and port. */
    public String site() {
        return account.site();
    }

    /** The login name of the company. */
    public String companyId() {
        return account.companyId();
    }

    public String clientId() {
        return account.clientId();
    }

    public String publicKey() {
        return account.publicKey();
    }

    public String privateKey() {
        return account.privateKey();
    }

    /**
     * What a client needs: {@code site}, {@code companyId}, {@code clientId}, {@code publicKey}, {@code privateKey}. The
     * site is host and port, and without TLS the whole address, because a bare host means HTTPS.
     */
    public Map<String, String> credentials() {
        Map<String, String> credentials = new LinkedHashMap<>();
        credentials.put("site", tls == null ? url() : site());
        credentials.put("companyId", companyId());
        credentials.put("clientId", clientId());
        credentials.put("publicKey", publicKey());
        credentials.put("privateKey", privateKey());
        return credentials;
    }

    /** The certificate to trust; empty without TLS. */
    public Optional<X509Certificate> certificate() {
        return Optional.ofNullable(tls).map(SelfSigned::certificate);
    }

    /** How this system behaves where systems differ. */
    public Switches switches() {
        return tenant.switches;
    }

    /** What goes wrong. */
    public Faults<Fault> faults() {
        return desk.faults;
    }

    /** The requests seen. */
    public Requests requests() {
        return desk.requests;
    }

    /** The callbacks that wait for delivery. */
    public Callbacks callbacks() {
        return callbacks;
    }

    /** Lets the observer hear of every exchange, on the thread of the server that handled it. */
    public void observe(Consumer<Exchange> observer) {
        desk.observers.add(observer);
    }

    /**
     * The records below a path, worked on as the member {@code jkowalski} would.
     *
     * @param path below {@code apis/3.0/}, such as {@code company/companies/101/sites}
     * @throws IllegalArgumentException when there are no records below that path
     */
    public Records records(String path) {
        Router.Route route;
        try {
            route = router.find(List.of(path.split("/", -1)));
        } catch (Refusal refusal) {
            throw new IllegalArgumentException("No records below " + path);
        }
        if (route.goal() != Router.Goal.LIST) {
            throw new IllegalArgumentException(path + " is no list of records");
        }
        return new Records(tenant, renderer, writer, router, route, Author.person("jkowalski"));
    }

    /** Merges a company into another, as a person would: the source is marked as deleted. */
    public void merge(int sourceId, int targetId) {
        synchronized (tenant) {
            Table companies = tenant.table("company");
            Row source = companies.find(sourceId);
            Row target = companies.find(targetId);
            if (source == null || target == null || source == target) {
                throw new IllegalArgumentException("Cannot merge company " + sourceId + " into " + targetId);
            }
            writer.merge(source, target, Author.person("jkowalski"));
        }
    }

    /**
     * Lets the tenant move to another release: the old code base answers 404 from now on, and models are known up to the
     * new release.
     *
     * @param codebase such as {@code v2025_2/}, with a slash at the end
     */
    public void changeCodebase(String codebase) {
        synchronized (tenant) {
            account.codebase(codebase);
            tenant.version(release(codebase, tenant.version()));
            tenant.base(hrefBase());
        }
    }

    /** The release form of a code base names the release; the general one says nothing of it. */
    private static String release(String codebase, String otherwise) {
        Matcher matcher = RELEASE.matcher(codebase);
        return matcher.matches() ? "v" + matcher.group(1) + "." + matcher.group(2) + BUILD : otherwise;
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel(false);
        }
        server.close();
        if (tls != null) {
            tls.close();
        }
    }
}
