package org.psasync.pulseway;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psasync.http.BaseAddress;
import org.psasync.http.CallBudget;
import org.psasync.http.CallBudgets;
import org.psasync.http.JsonMismatch;
import org.psasync.http.Mask;
import org.psasync.http.RestClient;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.spi.MatchKey;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.ReadScope;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.Webhook;
import org.psasync.spi.WebhookRequest;
import org.psasync.spi.WriteResult;

/**
 * Pulseway PSA, Kaseya BMS or Vorex, opened for one tenant.
 *
 * <p>Hosts need not know this class: {@code PsaConnectors} opens it by the id of the product. Safe for use by several
 * threads.
 */
public final class PulsewayConnector implements PsaConnector {
    /** Source: Kaseya help, V2 BMS Rest APIs, 2026-10: of each endpoint. */
    private static final int REQUESTS_AN_HOUR = 1500;

    /** Source: Kaseya help desk, Throttling policy, 2026-10, which is about v1. */
    private static final int REQUESTS_AN_HOUR_V1 = 500;

    private final RestClient rest;
    private final Operations operations;
    private final List<RestClient> clients;
    private final AtomicBoolean closed;
    private final AtomicReference<@Nullable PulsewayConnector> pushes = new AtomicReference<>();

    private PulsewayConnector(RestClient rest, Operations operations, List<RestClient> clients, AtomicBoolean closed) {
        this.rest = rest;
        this.operations = operations;
        this.clients = clients;
        this.closed = closed;
    }

    /** Opens a connector; makes no request. */
    static PulsewayConnector connect(Product product, ConnectorConfig config) {
        for (String required : List.of(Server.SERVER, Session.TENANT, Session.USER, Session.PASSWORD)) {
            config.required(required);
        }
        Server server = Server.of(config);
        List<RestClient> clients = new ArrayList<>();
        Api api = api(product, server.v2(), config, REQUESTS_AN_HOUR, LogInV2::new, clients);
        Api older = LocationsV1.isWanted(config)
                ? api(product, server.v1(), config, REQUESTS_AN_HOUR_V1, LogInV1::new, clients)
                : null;
        Operations.Tenant tenant = new Operations.Tenant(
                product, server, api.session(), older == null ? null : new LocationsV1(older), config);
        return new PulsewayConnector(
                api.rest(), Operations.of(tenant, api.rest(), false), List.copyOf(clients), new AtomicBoolean());
    }

    private interface LogInBy {
        LogIn of(RestClient rest, ConnectorConfig config, String host);
    }

    private static Api api(
            Product product,
            BaseAddress address,
            ConnectorConfig config,
            int anHour,
            LogInBy logInBy,
            List<RestClient> clients) {
        RestClient logIn =
                builder(address, config, anHour).failures(new LogInFailures()).build();
        String host = String.valueOf(address.uri().getHost());
        Session session = new Session(logInBy.of(logIn, config, host), config.clock());
        RestClient rest = builder(address, config, anHour)
                .failures(new Failures(product))
                .credentials(session::headers)
                .build();
        clients.addAll(List.of(rest, logIn));
        return new Api(rest, session);
    }

    private static RestClient.Builder builder(BaseAddress address, ConnectorConfig config, int anHour) {
        return RestClient.to(address, config)
                .budget(budget(address, config, anHour))
                .mask(Mask.standard().secrets(List.of(config.required(Session.PASSWORD))))
                .logger("org.psasync.pulseway.wire")
                .memberNamesIgnoringCase();
    }

    /** Whether the limit is for the tenant or the user is not documented: the tenant is the safe reading. */
    private static CallBudget budget(BaseAddress server, ConnectorConfig config, int anHour) {
        String name = config.required(Session.TENANT).toLowerCase(Locale.ROOT);
        String tenant = "pulseway:" + anHour + ":" + server.uri() + name;
        CallBudget budget = CallBudgets.ofThisProcess()
                .of(
                        tenant,
                        config.clock(),
                        limits -> limits.eachScope(anHour, Duration.ofHours(1)).shares(config.requestShares(), tenant));
        budget.use(config.budgetShare());
        return budget;
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return operations.descriptor();
    }

    /**
     * Tries the credentials, and each right by one read; logs in anew, also after a log-in that was refused.
     *
     * <p>The rights to add and to edit show only when they are needed.
     */
    @Override
    public ConnectionCheck check() {
        return understood(each -> each.checker().check());
    }

    @Override
    public ReferenceData reference() {
        return understood(each -> each.reference().read());
    }

    @Override
    public RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("A page has 1 to 1000 records: " + limit);
        }
        return understood(each -> each.changes().read(kind, scope, cursor, limit));
    }

    @Override
    public Map<RemoteId, RemoteRead> read(AssetKind kind, Collection<RemoteId> ids) {
        return understood(each -> each.reader().read(each.kinds().of(kind), ids));
    }

    @Override
    public List<RemoteRecord> find(MatchKey key) {
        return understood(each -> each.finder().find(key));
    }

    @Override
    public Draft prepare(Draft draft) {
        return open().preparer().prepare(draft);
    }

    @Override
    public WriteResult create(Draft draft) {
        return open().creator().create(draft);
    }

    @Override
    public WriteResult update(RemoteUpdate update) {
        if (!descriptor().kind(update.kind()).orElseThrow().update()) {
            throw new UnsupportedOperationException("This connector cannot update " + update.kind());
        }
        return open().updater().update(update);
    }

    @Override
    public Webhook webhook(WebhookRequest request) {
        return open().webhooks().verify(request);
    }

    @Override
    public void budgetShare(double share) {
        clients.forEach(client -> client.budget().use(share));
    }

    @Override
    public PulsewayConnector forPushes() {
        RestClient other = rest.forPushes();
        if (other == rest) {
            return this;
        }
        PulsewayConnector known = pushes.get();
        if (known == null) {
            pushes.compareAndSet(
                    null,
                    new PulsewayConnector(other, Operations.of(operations.tenant(), other, true), clients, closed));
            known = requireNonNull(pushes.get());
        }
        return known;
    }

    @Override
    public long requests() {
        return clients.stream().mapToLong(client -> client.counts().total()).sum();
    }

    /** Reads; an answer in which something essential is not what it should be is no answer (C0.2). */
    private <T> T understood(Function<Operations, T> read) {
        try {
            return read.apply(open());
        } catch (JsonMismatch e) {
            throw new ConnectorException.Unavailable(
                    operations.tenant().product().displayName() + " gave an answer that cannot be understood: "
                            + e.getMessage(),
                    false,
                    e);
        }
    }

    private Operations open() {
        if (closed.get()) {
            throw new IllegalStateException("The connector is closed");
        }
        return operations;
    }

    @Override
    public void close() {
        closed.set(true);
    }

    @Override
    public String toString() {
        return "PulsewayConnector(" + operations.tenant().product().id() + ", "
                + operations.tenant().server().v2() + ")";
    }
}
