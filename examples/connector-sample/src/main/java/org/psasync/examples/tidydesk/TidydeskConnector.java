package org.psasync.examples.tidydesk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.psasync.http.BaseAddress;
import org.psasync.http.CallBudget;
import org.psasync.http.CallBudgets;
import org.psasync.http.FieldWriting;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.http.RestCall;
import org.psasync.http.RestClient;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteId;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.spi.IdPage;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.MatchKey;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.ReadScope;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.WriteResult;

/** Tidydesk, opened for one tenant. Safe for use by several threads. */
final class TidydeskConnector implements PsaConnector {
    private static final String MARK = "mark";

    private final RestClient rest;
    private final ConnectorDescriptor descriptor;
    private final AtomicBoolean closed;

    private TidydeskConnector(RestClient rest, ConnectorDescriptor descriptor, AtomicBoolean closed) {
        this.rest = rest;
        this.descriptor = descriptor;
        this.closed = closed;
    }

    // guide: connect
    static TidydeskConnector connect(ConnectorConfig config) {
        String token = config.required("token");
        BaseAddress address = BaseAddress.of(config.required("url"), config.plainHttpToLoopback())
                .withPath("/api/");
        CallBudget budget = CallBudgets.ofThisProcess()
                .of(
                        "tidydesk:" + address.uri(),
                        config.clock(),
                        limits -> limits.tenant(600, Duration.ofMinutes(1)).atOnce(4));
        budget.use(config.budgetShare());
        RestClient rest = RestClient.to(address, config)
                .budget(budget)
                .credentials(() -> Map.of("Authorization", "Bearer " + token))
                .failures(Failures::read)
                .logger("org.psasync.tidydesk.wire")
                .build();
        return new TidydeskConnector(rest, describe(config.deadline()), new AtomicBoolean());
    }

    private static ConnectorDescriptor describe(Duration deadline) {
        Map<AssetKind, KindDescriptor> kinds = new EnumMap<>(AssetKind.class);
        for (Kind kind : Kind.values()) {
            kinds.put(kind.fields.kind(), kind.descriptor(deadline));
        }
        return new ConnectorDescriptor("tidydesk", "Tidydesk", kinds, List.of(), deadline);
    }
    // guide: end

    @Override
    public ConnectorDescriptor descriptor() {
        return descriptor;
    }

    // guide: check
    @Override
    public ConnectionCheck check() {
        return understood(() -> {
            JsonValue me = get(RestCall.read("me", "me"));
            List<String> rights = me.elements("rights").stream()
                    .map(JsonValue::text)
                    .filter(Objects::nonNull)
                    .toList();
            List<ConnectionCheck.MissingRight> missing = new ArrayList<>();
            for (Kind kind : Kind.values()) {
                if (!rights.contains(kind.path)) {
                    missing.add(new ConnectionCheck.MissingRight(kind.path, Set.of(kind.fields.kind())));
                }
            }
            return new ConnectionCheck(
                    "tidydesk:" + me.text("tenant"),
                    "API " + me.text("version"),
                    missing,
                    List.of(),
                    rights.toString());
        });
    }

    @Override
    public ReferenceData reference() {
        return understood(() -> {
            JsonValue lists = get(RestCall.read("lists", "lists"));
            Map<Field<?>, List<ReferenceData.Entry>> choices = Map.of(
                    OrganizationFields.TYPES, entries(lists, "clientTypes"),
                    OrganizationFields.STATUS, entries(lists, "clientStatuses"),
                    ConfigurationFields.TYPE, entries(lists, "deviceTypes"),
                    ConfigurationFields.STATUS, entries(lists, "deviceStatuses"));
            return new ReferenceData(choices, Map.of(), List.of());
        });
    }

    private static List<ReferenceData.Entry> entries(JsonValue lists, String name) {
        return lists.elements(name).stream()
                .map(entry -> ReferenceData.Entry.of(
                        Objects.toString(entry.text("id")), Objects.toString(entry.text("name"))))
                .toList();
    }
    // guide: end

    // guide: changes
    @Override
    public RemotePage changes(AssetKind wanted, ReadScope scope, RemoteCursor cursor, int limit) {
        Kind kind = Kind.of(wanted);
        return understood(() -> {
            Place place = Place.of(cursor);
            RestCall call = RestCall.read(kind.path + ".page", kind.path).query("limit", limit);
            if (place.since() != null) {
                call = call.query("since", place.since()).query("after", place.after());
            }
            JsonValue page = get(call);
            place = place.begun(page.instant("now"));
            Map<RemoteId, RemoteRecord> records = new LinkedHashMap<>();
            List<RemotePage.Unreadable> unreadable = new ArrayList<>();
            for (JsonValue item : page.elements("items")) {
                place = place.behind(item);
                try {
                    RemoteRecord record = kind.read(item);
                    records.put(record.id(), record);
                } catch (JsonMismatch e) {
                    unreadable.add(new RemotePage.Unreadable(Kind.id(item), Objects.toString(e.getMessage())));
                }
            }
            boolean last = !Boolean.TRUE.equals(page.flag("more"));
            return new RemotePage(
                    List.copyOf(records.values()),
                    unreadable,
                    last ? place.next() : place.cursor(),
                    last,
                    OptionalLong.empty());
        });
    }
    // guide: end

    // guide: ids
    @Override
    public IdPage ids(AssetKind wanted, ReadScope scope, RemoteCursor cursor) {
        Kind kind = Kind.of(wanted);
        return understood(() -> {
            String after = cursor.isStart() ? "0" : cursor.text();
            JsonValue page =
                    get(RestCall.read(kind.path + ".ids", kind.path + "/ids").query("after", after));
            List<RemoteId> ids = new ArrayList<>();
            long highest = Long.parseLong(after);
            for (JsonValue id : page.elements("ids")) {
                ids.add(new RemoteId(Objects.toString(id.text())));
                highest = Math.max(highest, Objects.requireNonNullElse(id.integer(), 0L));
            }
            boolean last = !Boolean.TRUE.equals(page.flag("more"));
            return new IdPage(ids, List.of(), new RemoteCursor(Long.toString(highest)), last, last);
        });
    }
    // guide: end

    // guide: read
    @Override
    public Map<RemoteId, RemoteRead> read(AssetKind wanted, Collection<RemoteId> ids) {
        Kind kind = Kind.of(wanted);
        Map<RemoteId, RemoteRead> answer = new LinkedHashMap<>();
        for (RemoteId id : ids) {
            answer.put(id, read(kind, id));
        }
        return answer;
    }

    private RemoteRead read(Kind kind, RemoteId id) {
        try {
            JsonValue record = get(RestCall.read(kind.path + ".read", kind.path + "/{}", id.value()));
            return new RemoteRead.Found(kind.read(record));
        } catch (ConnectorException.Gone e) {
            return new RemoteRead.NotFound();
        } catch (JsonMismatch e) {
            return new RemoteRead.NotUnderstood(Objects.toString(e.getMessage()));
        }
    }
    // guide: end

    // guide: find
    @Override
    public List<RemoteRecord> find(MatchKey key) {
        Kind kind = Kind.of(key.kind());
        String name = kind == Kind.CLIENTS
                ? key.values().get(OrganizationFields.NAME)
                : key.values().get(ConfigurationFields.NAME);
        return name == null ? List.of() : search(kind, "name", name);
    }

    private List<RemoteRecord> search(Kind kind, String member, String value) {
        return understood(() ->
                get(RestCall.read(kind.path + ".find", kind.path).query(member, value)).elements("items").stream()
                        .map(kind::read)
                        .toList());
    }
    // guide: end

    // guide: create
    @Override
    public Draft prepare(Draft draft) {
        Kind.of(draft.kind()).fields.writeNew(draft.values()).orRefuse();
        return draft.fixed().isEmpty()
                ? draft.withFixed(Map.of(MARK, draft.pair().toString()))
                : draft;
    }

    @Override
    public List<RemoteRecord> findCreated(Draft draft) {
        return search(
                Kind.of(draft.kind()), MARK, Objects.toString(draft.fixed().get(MARK)));
    }

    @Override
    public WriteResult create(Draft draft) {
        Kind kind = Kind.of(draft.kind());
        FieldWriting writing = kind.fields.writeNew(draft.values()).orRefuse();
        JsonValue body = writing.body().with(MARK, draft.fixed().get(MARK));
        RestAnswer answer =
                call(RestCall.write(kind.path + ".create", "POST", kind.path).json(body));
        return written(kind, answer, writing);
    }

    /** An answer that is not understood leaves open what was written (C10.2). */
    private static WriteResult written(Kind kind, RestAnswer answer, FieldWriting writing) {
        try {
            RemoteRecord record = kind.read(answer.json());
            return new WriteResult(record.id(), record, writing.problems(), List.of());
        } catch (JsonMismatch e) {
            throw answer.unavailable("gave an answer that cannot be understood");
        }
    }
    // guide: end

    // guide: update
    @Override
    public WriteResult update(RemoteUpdate update) {
        Kind kind = Kind.of(update.kind());
        FieldWriting writing = kind.fields.write(update.changes()).orRefuse();
        if (writing.changes().isEmpty()) {
            return new WriteResult(update.id(), null, writing.problems(), List.of());
        }
        RestAnswer answer = call(RestCall.write(
                        kind.path + ".update",
                        "PATCH",
                        kind.path + "/{}",
                        update.id().value())
                .json(writing.body()));
        return written(kind, answer, writing);
    }
    // guide: end

    // guide: rest
    /** Reads; an answer in which something essential is not what it should be is no answer (C0.2). */
    private static <T> T understood(Supplier<T> read) {
        try {
            return read.get();
        } catch (JsonMismatch e) {
            throw new ConnectorException.Unavailable(
                    "Tidydesk gave an answer that cannot be understood: " + e.getMessage(), false, e);
        }
    }

    private JsonValue get(RestCall call) {
        return call(call).json();
    }

    private RestAnswer call(RestCall call) {
        if (closed.get()) {
            throw new IllegalStateException("The connector to Tidydesk is closed");
        }
        return rest.call(call);
    }

    @Override
    public void budgetShare(double share) {
        rest.budget().use(share);
    }

    @Override
    public PsaConnector forPushes() {
        return new TidydeskConnector(rest.forPushes(), descriptor, closed);
    }

    @Override
    public long requests() {
        return rest.counts().total();
    }

    @Override
    public void close() {
        closed.set(true);
    }
    // guide: end
}
