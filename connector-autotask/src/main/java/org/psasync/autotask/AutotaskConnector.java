package org.psasync.autotask;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
import org.psasync.http.Retries;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.spi.IdPage;
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
 * Autotask PSA, opened for one tenant.
 *
 * <p>Hosts that map no user-defined fields and register no webhooks need not know this class: {@code PsaConnectors} opens it
 * too. Safe for use by several threads.
 */
public final class AutotaskConnector implements PsaConnector {
    /** Source: REST guide, Thresholds and limits, 2026-10: of the tenant, over all its tools. */
    private static final int REQUESTS_AN_HOUR = 10_000;

    /** Source: REST guide, Thread limiting, 2026-10: of each entity. */
    private static final int REQUESTS_AT_ONCE = 3;

    private final Operations operations;
    private final ConnectorConfig config;
    private final List<AutotaskUdf> udfs;
    private final AtomicBoolean closed;
    private final AtomicReference<@Nullable AutotaskConnector> pushes = new AtomicReference<>();

    private AutotaskConnector(
            Operations operations, ConnectorConfig config, List<AutotaskUdf> udfs, AtomicBoolean closed) {
        this.operations = operations;
        this.config = config;
        this.udfs = udfs;
        this.closed = closed;
    }

    /**
     * Opens a connector; makes no request.
     *
     * @param userDefinedFields the user-defined fields of Autotask that the host maps (FIELD-1)
     * @throws IllegalArgumentException when a credential is missing or malformed, or two mappings are for one field
     */
    public static AutotaskConnector connect(ConnectorConfig config, AutotaskUdf... userDefinedFields) {
        String user = config.required(AutotaskProvider.USER);
        Map<String, String> credentials = Map.of(
                "ApiIntegrationCode",
                config.required(AutotaskProvider.INTEGRATION_CODE),
                "UserName",
                user,
                "Secret",
                config.required(AutotaskProvider.SECRET));
        List<AutotaskUdf> udfs = List.copyOf(Arrays.asList(userDefinedFields));
        if (udfs.stream().map(AutotaskUdf::field).distinct().count() < udfs.size()) {
            throw new IllegalArgumentException("A field can be mapped to one user-defined field only: " + udfs);
        }
        BaseAddress server = server(config);
        CallBudget budget = budget(user, server, config);
        RestClient lookUps = builder(server, config).build();
        Zones zones = new Zones(
                lookUps,
                server,
                user,
                config.plainHttpToLoopback(),
                config.clock(),
                zone -> builder(zone, config)
                        .budget(budget)
                        .retries(Retries.standard())
                        .credentials(() -> credentials)
                        .build());
        Api api = new Api(zones, new Meter(budget, config.clock()));
        return new AutotaskConnector(Operations.of(api, config, udfs), config, udfs, new AtomicBoolean());
    }

    private static RestClient.Builder builder(BaseAddress server, ConnectorConfig config) {
        return RestClient.to(server, config)
                .failures(new Failures())
                .mask(Mask.standard().secrets(List.of(config.required(AutotaskProvider.SECRET))))
                .logger("org.psasync.autotask.wire");
    }

    private static BaseAddress server(ConnectorConfig config) {
        String given = config.optional(AutotaskProvider.SERVER);
        try {
            return BaseAddress.of(given == null ? Zones.VENDOR : given, config.plainHttpToLoopback())
                    .withPath("/");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The credential \"server\" is malformed: " + e.getMessage());
        }
    }

    /** The limit is the tenant's. Before the first request it is known only by the domain of its users. */
    private static CallBudget budget(String user, BaseAddress server, ConnectorConfig config) {
        String domain = user.substring(user.indexOf('@') + 1).toLowerCase(Locale.ROOT);
        String tenant = "autotask:" + server.uri() + domain;
        CallBudget budget = CallBudgets.ofThisProcess()
                .of(
                        tenant,
                        config.clock(),
                        limits -> limits.tenant(REQUESTS_AN_HOUR, Duration.ofHours(1))
                                .atOnceInEachScope(REQUESTS_AT_ONCE)
                                .shares(config.requestShares(), tenant));
        budget.use(config.budgetShare());
        return budget;
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return operations.descriptor();
    }

    /**
     * Tries the credentials, also after they were refused, and reads what the user's security level allows. Users that are no
     * API users are refused (PSA-AT-1).
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
        return understood(each -> each.changes().read(each.kinds().of(kind), scope, cursor, limit));
    }

    @Override
    public IdPage ids(AssetKind kind, ReadScope scope, RemoteCursor cursor) {
        return understood(each -> each.ids().read(each.kinds().of(kind), scope, cursor));
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
        return understood(each -> each.drafts().prepare(draft));
    }

    @Override
    public List<RemoteRecord> findCreated(Draft draft) {
        return understood(each -> each.finder().findCreated(draft));
    }

    @Override
    public WriteResult create(Draft draft) {
        return understood(each -> each.creator().create(draft));
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
        return open().verifier().verify(request);
    }

    /**
     * Has Autotask tell of changes of a kind at an address, except of those that this connection makes. The secret is the
     * credential {@code webhookSecret}. Doing it again for the same address adds what is missing.
     *
     * @param kind not {@link AssetKind#LOCATION}
     * @param url where deliveries are to be sent
     * @param deactivationUrl where Autotask tells that it gave up
     * @throws IllegalArgumentException when there is no secret, or the kind has no webhooks
     * @throws ConnectorException when Autotask does not take it
     */
    public void registerWebhook(AssetKind kind, URI url, URI deactivationUrl) {
        open().webhooks().register(kind, url, deactivationUrl);
    }

    @Override
    public Optional<URI> address(AssetKind kind, RemoteId id) {
        Zones.Zone zone = operations.api().zones().known();
        URI web = zone == null ? null : zone.web();
        return web == null ? Optional.empty() : RecordAddress.of(web, kind, id);
    }

    @Override
    public void budgetShare(double share) {
        operations.api().use(share);
    }

    @Override
    public AutotaskConnector forPushes() {
        Api other = operations.api().forPushes();
        if (other == operations.api()) {
            return this;
        }
        AutotaskConnector known = pushes.get();
        if (known == null) {
            pushes.compareAndSet(null, new AutotaskConnector(Operations.of(other, config, udfs), config, udfs, closed));
            known = requireNonNull(pushes.get());
        }
        return known;
    }

    @Override
    public long requests() {
        return operations.api().zones().requests();
    }

    /**
     * An answer in which something essential is not what it should be is no answer (C0.2). Those of writes are judged where they
     * are made.
     */
    private <T> T understood(Function<Operations, T> read) {
        try {
            return read.apply(open());
        } catch (JsonMismatch e) {
            throw new ConnectorException.Unavailable(
                    "Autotask gave an answer that cannot be understood: " + e.getMessage(), false, e);
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
        return "AutotaskConnector(" + config.required(AutotaskProvider.USER).replaceAll(".*@", "…@") + ")";
    }
}
