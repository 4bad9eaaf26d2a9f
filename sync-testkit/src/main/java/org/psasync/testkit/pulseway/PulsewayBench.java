package org.psasync.testkit.pulseway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.PsaConnectors;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.scenario.Doing;
import org.psasync.testkit.scenario.PsaBench;
import org.psasync.testkit.scenario.Trouble;

/**
 * A {@link FakePulseway} on which scenarios run, over HTTP. Its connector is the one named {@code pulseway} on the class
 * path. Not for use by several threads.
 */
public final class PulsewayBench implements PsaBench {
    /** All but the way to log in. */
    private static final List<String> RECORDS = List.of("v2/crm/**", "v2/servicedesk/**", "v2/system/**", "api/crm/**");

    private final FakePulseway psa;
    private final PsaConnector connector;
    private final ModelMembers members;

    private PulsewayBench(FakePulseway psa, TestClock clock) {
        this.psa = psa;
        this.members = new ModelMembers(psa);
        this.connector = PsaConnectors.connect(
                "pulseway",
                ConnectorConfig.with(psa.credentials())
                        .clock(clock)
                        .pause(clock)
                        .random(new Random(1))
                        .plainHttpToLoopback(true)
                        .deadline(Duration.ofSeconds(5))
                        .budgetShare(1)
                        .build());
    }

    /**
     * Opens a tenant without accounts.
     *
     * @throws IllegalArgumentException when the connector is not on the class path
     */
    public static PsaBench open(TestClock clock) {
        return with(psa -> {}).open(clock);
    }

    /** Returns a source of tenants that are as wished; without accounts unless told otherwise. */
    public static Source with(Consumer<FakePulsewayBuilder> wishes) {
        return clock -> {
            FakePulsewayBuilder builder = FakePulseway.builder()
                    .clock(clock)
                    .accounts(0)
                    .contacts(0)
                    .assets(0)
                    .tickets(0);
            wishes.accept(builder);
            FakePulseway started = builder.start();
            try {
                return new PulsewayBench(started, clock);
            } catch (RuntimeException failure) {
                started.close();
                throw failure;
            }
        };
    }

    /** Returns the PSA, for all that only it can do. */
    public FakePulseway psa() {
        return psa;
    }

    @Override
    public String name() {
        return "Fake Pulseway";
    }

    @Override
    public PsaConnector connector() {
        return connector;
    }

    @Override
    public Choice choice(Field<?> field, String name) {
        return members.choice(field, name);
    }

    @Override
    public RemoteRef put(FieldValues values) {
        if (values.kind() == AssetKind.LOCATION) {
            int account = members.account(values);
            return RemoteRef.of(AssetKind.LOCATION, account + "/" + psa.addLocation(account, members.of(values)));
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>(members.demanded(values));
        all.putAll(members.of(values));
        return RemoteRef.of(
                values.kind(),
                Integer.toString(psa.records(members.table(values.kind())).add(all)));
    }

    @Override
    public void edit(RemoteRef record, FieldValues changes) {
        if (record.kind() == AssetKind.LOCATION) {
            require(record);
            psa.editLocation(account(record), number(record), members.of(changes));
        } else {
            psa.records(members.table(record.kind())).edit(number(record), members.of(changes));
        }
    }

    @Override
    public void delete(RemoteRef record) {
        if (record.kind() == AssetKind.LOCATION) {
            require(record);
            psa.deleteLocation(account(record), number(record));
        } else {
            psa.records(members.table(record.kind())).delete(number(record));
        }
    }

    private void require(RemoteRef location) {
        if (get(location).isEmpty()) {
            throw new IllegalArgumentException("There is no " + location);
        }
    }

    @Override
    public Optional<FieldValues> get(RemoteRef record) {
        if (record.kind() == AssetKind.LOCATION) {
            boolean there = psa.records("accounts").has(account(record))
                    && psa.locations(account(record)).contains(number(record));
            return there
                    ? Optional.of(members.values(record, psa.location(account(record), number(record))))
                    : Optional.empty();
        }
        Records records = psa.records(members.table(record.kind()));
        return records.has(number(record))
                ? Optional.of(members.values(record, records.get(number(record))))
                : Optional.empty();
    }

    @Override
    public List<RemoteRef> all(AssetKind kind) {
        List<RemoteRef> refs = new ArrayList<>();
        if (kind == AssetKind.LOCATION) {
            for (int account : psa.records("accounts").ids()) {
                psa.locations(account).forEach(location -> refs.add(RemoteRef.of(kind, account + "/" + location)));
            }
        } else {
            psa.records(members.table(kind)).ids().forEach(id -> refs.add(RemoteRef.of(kind, Integer.toString(id))));
        }
        return refs;
    }

    private static int account(RemoteRef location) {
        String id = location.id().value();
        return Integer.parseInt(id.substring(0, id.indexOf('/')));
    }

    private static int number(RemoteRef record) {
        String id = record.id().value();
        return Integer.parseInt(id.substring(id.indexOf('/') + 1));
    }

    @Override
    public void fail(Trouble trouble, Set<Doing> doing) {
        if (trouble == Trouble.UNAUTHORIZED) {
            psa.forgetTokens();
            psa.faults().always("POST", "**", fault(trouble));
        }
        for (Doing each : doing) {
            if (trouble != Trouble.REJECTED || each != Doing.READING) {
                for (String method : methods(each)) {
                    RECORDS.forEach(path -> psa.faults().always(method, path, fault(trouble)));
                }
            }
        }
    }

    private static List<String> methods(Doing doing) {
        return switch (doing) {
            case READING -> List.of("GET");
            case CREATING -> List.of("POST");
            case UPDATING -> List.of("PATCH", "PUT", "DELETE");
        };
    }

    private static Fault fault(Trouble trouble) {
        return switch (trouble) {
            case REQUEST_LOST -> Fault.cut();
            case ANSWER_LOST -> Fault.cutAfterEffect();
            case UNAVAILABLE -> Fault.htmlPage(503);
            case THROTTLED -> Fault.throttled(Duration.ofSeconds(30));
            case REJECTED -> Fault.failure(200, 400, "The PSA does not take it");
            case UNAUTHORIZED -> Fault.failure(401, 401, "The credentials are refused");
            case FORBIDDEN -> Fault.failure(403, 403, "The user may not do this");
        };
    }

    @Override
    public void withdraw(AssetKind kind) {
        String path = switch (kind) {
            case ORGANIZATION, LOCATION ->
                throw new UnsupportedOperationException("The fake Pulseway has one right for accounts and locations");
            case CONTACT -> "v2/crm/contacts/**";
            case CONFIGURATION -> "v2/servicedesk/hardwareasset/**";
            case TICKET -> "v2/servicedesk/tickets/**";
        };
        psa.faults().always("*", path, fault(Trouble.FORBIDDEN));
    }

    @Override
    public void garble(RemoteRef record) {
        if (record.kind() == AssetKind.LOCATION) {
            throw new UnsupportedOperationException("The fake Pulseway garbles no location");
        }
        String member = record.kind() == AssetKind.ORGANIZATION ? "IsActive" : "AccountId";
        psa.records(members.table(record.kind())).editUnnoticed(number(record), Map.of(member, List.of("garbled")));
    }

    @Override
    public Set<String> secrets() {
        return Set.of(psa.credentials().getOrDefault("password", ""));
    }

    @Override
    public void recover() {
        psa.faults().clear();
    }

    @Override
    public void close() {
        connector.close();
        psa.close();
    }
}
