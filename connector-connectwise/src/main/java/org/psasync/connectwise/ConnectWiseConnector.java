package org.psasync.connectwise;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
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
import org.psasync.http.RestClient;
import org.psasync.http.Retries;
import org.psasync.http.TrustedHosts;
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
 * ConnectWise PSA (Manage), opened for one tenant.
 *
 * <p>Hosts that map no custom fields and register no callbacks need not know this class: {@code PsaConnectors} opens it
 * too. Safe for use by several threads.
 */
public final class ConnectWiseConnector implements PsaConnector {
    /** Source: ConnectWise developer guide, Limits, 2026-10: above this, calls are likely to be limited. */
    private static final int REQUESTS_A_MINUTE = 1000;

    private static final int REQUESTS_AT_ONCE = 3;

    /** Longer than the window of the limit: a read that needs more requests than a window has still comes to its end. */
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    private final RestClient rest;
    private final Operations operations;
    private final AtomicBoolean closed;
    private final AtomicReference<@Nullable ConnectWiseConnector> pushes = new AtomicReference<>();

    private ConnectWiseConnector(RestClient rest, Operations operations, AtomicBoolean closed) {
        this.rest = rest;
        this.operations = operations;
        this.closed = closed;
    }

    /**
     * Opens a connector; makes no request.
     *
     * @param customFields the custom fields of ConnectWise that the host maps (FIELD-1)
     * @throws IllegalArgumentException when a credential is missing or malformed, or two mappings are for one field
     */
    public static ConnectWiseConnector connect(ConnectorConfig config, ConnectWiseCustomField... customFields) {
        for (String required : List.of(
                ConnectWiseProvider.SITE,
                ConnectWiseProvider.COMPANY_ID,
                ConnectWiseProvider.CLIENT_ID,
                ConnectWiseProvider.PUBLIC_KEY,
                ConnectWiseProvider.PRIVATE_KEY)) {
            config.required(required);
        }
        List<ConnectWiseCustomField> mapped = List.copyOf(Arrays.asList(customFields));
        if (mapped.stream().map(ConnectWiseCustomField::field).distinct().count() < mapped.size()) {
            throw new IllegalArgumentException("A field can be mapped to one custom field only: " + mapped);
        }
        BaseAddress site = site(config);
        Kinds kinds = new Kinds(mapped);
        TrustedHosts trusted = TrustedHosts.only(site).and(RecordAddress.forPeople(site));
        String tenant = "connectwise:" + site.uri() + config.required(ConnectWiseProvider.COMPANY_ID);
        CallBudget budget = CallBudgets.ofThisProcess()
                .of(
                        tenant,
                        config.clock(),
                        limits -> limits.tenant(REQUESTS_A_MINUTE, Duration.ofMinutes(1))
                                .atOnce(REQUESTS_AT_ONCE)
                                .shares(config.requestShares(), tenant));
        budget.use(config.budgetShare());
        Map<String, String> credentials = credentials(config);
        RestClient rest = RestClient.to(site, config)
                .trusted(trusted)
                .budget(budget)
                .failures(new Failures(kinds))
                .retries(Retries.standard().patience(PATIENCE))
                .logger("org.psasync.connectwise.wire")
                .credentials(() -> credentials)
                .build();
        CodeBases codeBases = new CodeBases(rest, config.required(ConnectWiseProvider.COMPANY_ID));
        Operations operations = Operations.of(new Operations.Tenant(site, trusted, codeBases, kinds, config), rest);
        return new ConnectWiseConnector(rest, operations, new AtomicBoolean());
    }

    /** The site may be entered as a host name or with {@code https://}; what follows the host is not needed. */
    private static BaseAddress site(ConnectorConfig config) {
        try {
            return BaseAddress.of(config.required(ConnectWiseProvider.SITE), config.plainHttpToLoopback())
                    .withPath("/");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The credential \"site\" is malformed: " + e.getMessage());
        }
    }

    /** Source: ConnectWise developer guide, Authentication, 2026-10. */
    private static Map<String, String> credentials(ConnectorConfig config) {
        String user =
                config.required(ConnectWiseProvider.COMPANY_ID) + "+" + config.required(ConnectWiseProvider.PUBLIC_KEY);
        String basic = user + ":" + config.required(ConnectWiseProvider.PRIVATE_KEY);
        return Map.of(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)),
                "clientId",
                config.required(ConnectWiseProvider.CLIENT_ID));
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return operations.descriptor();
    }

    /**
     * Tries the credentials, and each right by one read.
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
        if (limit < 1 || limit > PageReader.LARGEST_PAGE) {
            throw new IllegalArgumentException("A page has 1 to 1000 records: " + limit);
        }
        return understood(each -> kind == AssetKind.LOCATION
                ? each.sites().changes(scope.parents(), cursor, limit)
                : each.changes().read(each.kinds().of(kind), scope, cursor, limit));
    }

    @Override
    public IdPage ids(AssetKind kind, ReadScope scope, RemoteCursor cursor) {
        return understood(each -> kind == AssetKind.LOCATION
                ? each.sites().ids(scope.parents(), cursor)
                : each.ids().read(each.kinds().of(kind), scope, cursor));
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
        return understood(each -> each.preparer().prepare(draft));
    }

    @Override
    public List<RemoteRecord> findCreated(Draft draft) {
        return understood(each -> each.finder().findCreated(draft));
    }

    @Override
    public WriteResult create(Draft draft) {
        return open().creator().create(draft);
    }

    @Override
    public WriteResult update(RemoteUpdate update) {
        if (!update.kind().twoWay()) {
            throw new UnsupportedOperationException("This connector cannot update " + update.kind());
        }
        return open().updater().update(update);
    }

    @Override
    public Webhook webhook(WebhookRequest request) {
        return open().verifier().verify(request);
    }

    /** Returns the callbacks that are registered by the API member, those of other tools among them. */
    public List<ConnectWiseCallback> callbacks() {
        return understood(each -> each.callbacks().list());
    }

    /**
     * Has ConnectWise tell the host of every change of a kind; harmless when it does so already.
     *
     * @param kind not {@code LOCATION}, of which ConnectWise tells nothing
     * @param url where to send it, ending with a parameter such as {@code ?recordId=}
     * @throws IllegalArgumentException when the kind or the address cannot be registered
     */
    public ConnectWiseCallback registerCallback(AssetKind kind, URI url) {
        return open().callbacks().register(kind, url);
    }

    @Override
    public Optional<URI> address(AssetKind kind, RemoteId id) {
        return operations.address().of(kind, id);
    }

    @Override
    public void budgetShare(double share) {
        rest.budget().use(share);
    }

    @Override
    public ConnectWiseConnector forPushes() {
        RestClient other = rest.forPushes();
        if (other == rest) {
            return this;
        }
        ConnectWiseConnector known = pushes.get();
        if (known == null) {
            pushes.compareAndSet(null, new ConnectWiseConnector(other, operations.over(other), closed));
            known = requireNonNull(pushes.get());
        }
        return known;
    }

    @Override
    public long requests() {
        return rest.counts().total();
    }

    /** Reads; an answer in which something essential is not what it should be is no answer (C0.2). */
    private <T> T understood(Function<Operations, T> read) {
        try {
            return read.apply(open());
        } catch (JsonMismatch e) {
            throw new ConnectorException.Unavailable(
                    "ConnectWise gave an answer that cannot be understood: " + e.getMessage(), false, e);
        }
    }

    private Operations open() {
        if (closed.get()) {
            throw new IllegalStateException("The connector to ConnectWise is closed");
        }
        return operations;
    }

    @Override
    public void close() {
        closed.set(true);
    }

    @Override
    public String toString() {
        return "ConnectWiseConnector(" + operations.tenant().site() + ")";
    }
}
