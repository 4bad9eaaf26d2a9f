package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.psasync.testkit.http.FakeServer;
import org.psasync.testkit.http.Faults;
import org.psasync.testkit.http.Requests;
import org.psasync.testkit.http.SelfSigned;
import picocli.CommandLine;

/**
 * A Pulseway PSA on the loopback address, which is Kaseya BMS and Vorex as well: an HTTP server that keeps invented records
 * in memory and answers as the vendor's API v2 does, and for locations as v1 does.
 *
 * <pre>{@code
 * try (FakePulseway psa = FakePulseway.builder().accounts(20).assets(40).seed(1).start()) {
 *     connector.connect(psa.credentials());
 *     psa.records("accounts").edit(1101, "AccountName", "Harbor Dental");
 *     psa.faults().next(1, "GET", "v2/crm/accounts/summary", Fault.htmlPage(502));
 * }
 * }</pre>
 *
 * <p>Threads may share it. Source: BMS API 2.0 and the vendor's help pages, 2026-10; what they leave open is a {@link
 * Switch}.
 *
 * <p>Not in it, and answered with 404: custom fields, batches of tickets and their older lists, software assets, attachments, the
 * assets of RMM products, logs of webhooks and all other administration, and of API v1 all but locations. Lists of tickets
 * cannot be filtered by agreements, owners or recurrence. Webhooks send nothing: a test takes what they would send.
 */
public final class FakePulseway implements AutoCloseable {
    private static final String TENANT = "Example MSP";
    private static final String USER = "sync";

    private final Tenant tenant;
    private final Gate gate;
    private final Desk desk;
    private final AccountApi accounts;
    private final FakeServer server;
    private final @Nullable SelfSigned tls;
    private final String password;

    FakePulseway(FakePulsewayBuilder builder) {
        tenant = new Tenant(builder.clock);
        new Population(tenant, builder.size()).fill();
        password = "fake-password-" + Long.toHexString(0x5EEDL + builder.size().seed());
        Shapes shapes = new Shapes(tenant);
        Router router = new Router(tenant);
        accounts = new AccountApi(tenant, shapes);
        accounts.routes(router);
        new ContactApi(tenant, shapes).routes(router);
        new AssetApi(tenant, shapes).routes(router);
        new TicketApi(tenant, shapes).routes(router);
        new TicketWriter(tenant, shapes).routes(router);
        new NoteApi(tenant).routes(router);
        new WebhookApi(tenant).routes(router);
        new LookupApi(tenant).routes(router);
        new V1Api(tenant, accounts).routes(router);
        gate = new Gate(tenant, new Gate.Account(TENANT, USER, password), router);
        desk = new Desk(tenant, gate);
        tls = builder.tls ? SelfSigned.create(builder.clock.instant()) : null;
        server = FakeServer.start(builder.port, tls, desk::handle);
    }

    /**
     * Starts the fake from a command line; {@code --help} tells the options. It prints one line of JSON with
     * {@code url}, the credentials and with TLS the {@code certificate} when it is ready, and runs until its standard input
     * ends.
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Command()).execute(arguments));
    }

    /** What the server is to hold, and how it is reached; a small tenant unless told otherwise. */
    public static FakePulsewayBuilder builder() {
        return new FakePulsewayBuilder();
    }

    /** Scheme, host and port, such as {@code http://127.0.0.1:8080}. */
    public String url() {
        return server.url();
    }

    /**
     * What a client needs: {@code server}, {@code tenant}, {@code user}, {@code password}. The server is host and port, and
     * without TLS the whole address, because a bare host means HTTPS.
     */
    public Map<String, String> credentials() {
        Map<String, String> credentials = new LinkedHashMap<>();
        credentials.put("server", tls == null ? url() : url().substring("https://".length()));
        credentials.put("tenant", TENANT);
        credentials.put("user", USER);
        credentials.put("password", password);
        return credentials;
    }

    /** The certificate to trust; empty without TLS. */
    public Optional<X509Certificate> certificate() {
        return Optional.ofNullable(tls).map(SelfSigned::certificate);
    }

    /** How this system behaves where nobody knows, or systems differ. */
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

    /** Lets the observer hear of every exchange, on the thread of the server that handled it. */
    public void observe(Consumer<Exchange> observer) {
        desk.observers.add(observer);
    }

    /** Ends all tokens before their time, as a restart of the vendor's server does. */
    public void forgetTokens() {
        synchronized (tenant) {
            gate.forgetTokens();
        }
    }

    /**
     * The records of a kind, worked on as a person would.
     *
     * @param kind {@code accounts}, {@code contacts}, {@code assets}, {@code tickets} or {@code employees}
     */
    public Records records(String kind) {
        return new Records(tenant, tenant.table(kind));
    }

    /**
     * Adds an entry to a list, or renames one.
     *
     * @param list {@code accountTypes}, {@code businessTypes}, {@code categories}, {@code manufacturers},
     *     {@code contactTypes}, {@code queues}, {@code statuses}, {@code priorities}, {@code issueTypes} or {@code slas}
     */
    public void lookup(String list, int id, String name) {
        synchronized (tenant) {
            tenant.lookups.named(list).put(id, name);
        }
    }

    /** The id of the entry of a list; added if the list lacks it. */
    public int lookup(String list, String name) {
        synchronized (tenant) {
            Map<Integer, String> entries = tenant.lookups.named(list);
            for (Map.Entry<Integer, String> entry : entries.entrySet()) {
                if (entry.getValue().equals(name)) {
                    return entry.getKey();
                }
            }
            int id = Collections.max(entries.keySet()) + 1;
            entries.put(id, name);
            return id;
        }
    }

    Tenant tenant() {
        return tenant;
    }

    /** Takes what the webhooks of tickets would have sent since this was last asked, in the order of events. */
    public List<Delivery> takeDeliveries() {
        synchronized (tenant) {
            List<Delivery> taken = List.copyOf(tenant.deliveries);
            tenant.deliveries.clear();
            return taken;
        }
    }

    /** The ids of an account's locations, the main one first as a rule. */
    public List<Integer> locations(int account) {
        synchronized (tenant) {
            List<Integer> ids = new ArrayList<>();
            tenant.accounts
                    .get(account)
                    .path("Locations")
                    .forEach(location -> ids.add(location.path("Id").asInt()));
            return ids;
        }
    }

    /** Adds a location to an account, as a person would, and returns its id; see {@link #editLocation}. */
    public int addLocation(int account, Map<String, ? extends @Nullable Object> members) {
        synchronized (tenant) {
            ObjectNode row = tenant.accounts.get(account);
            ObjectNode body = Wire.object().put("LocationName", "Branch");
            body.putArray("Addresses").addObject().put("IsMain", true);
            ObjectNode location = accounts.newLocation(body, Tenant.PERSON);
            ((ArrayNode) row.path("Locations")).add(location);
            int id = location.path("Id").asInt();
            editLocation(account, id, members);
            return id;
        }
    }

    /**
     * Changes a location, as a person would; the stamp of its account stays unless {@link Switch#CHILDREN_MOVE_PARENTS} is
     * on.
     *
     * @param members of the location, or of its first address, such as {@code City}
     */
    public void editLocation(int account, int location, Map<String, ? extends @Nullable Object> members) {
        synchronized (tenant) {
            ObjectNode row = tenant.accounts.get(account);
            ObjectNode found = Tenant.location(row, location);
            if (found == null) {
                throw new IllegalArgumentException("Account " + account + " has no location " + location);
            }
            ObjectNode values = Wire.MAPPER.valueToTree(members);
            ObjectNode address = (ObjectNode) found.path("Addresses").get(0);
            values.properties()
                    .forEach(value ->
                            (found.has(value.getKey()) ? found : address).set(value.getKey(), value.getValue()));
            tenant.changed(found, Tenant.PERSON);
            if (tenant.switches.isOn(Switch.CHILDREN_MOVE_PARENTS)) {
                tenant.changed(row, Tenant.PERSON);
            }
        }
    }

    /** Deletes a location of an account, as a person would. */
    public void deleteLocation(int account, int location) {
        synchronized (tenant) {
            ArrayNode locations = (ArrayNode) tenant.accounts.get(account).path("Locations");
            for (int i = 0; i < locations.size(); i++) {
                if (locations.get(i).path("Id").asInt() == location) {
                    locations.remove(i);
                    return;
                }
            }
            throw new IllegalArgumentException("Account " + account + " has no location " + location);
        }
    }

    /** A location as it is stored. */
    public Map<String, Object> location(int account, int location) {
        synchronized (tenant) {
            return Wire.MAPPER.convertValue(
                    Tenant.location(tenant.accounts.get(account), location), new TypeReference<>() {});
        }
    }

    @Override
    public void close() {
        server.close();
        if (tls != null) {
            tls.close();
        }
    }
}
