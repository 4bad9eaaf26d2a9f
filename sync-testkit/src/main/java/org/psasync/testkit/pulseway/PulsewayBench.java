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
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
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
 *
 * <p>This PSA has no list of asset categories: those are known that assets have. So there is an account of the vendor's with a
 * retired asset of each, which is not shown here and does not sync.
 */
public final class PulsewayBench implements PsaBench {
    private static final String ALL = "**";
    private static final String LOG_IN = "v2/security/authenticate";
    private static final String TICKETS = "v2/servicedesk/tickets/search";

    private final FakePulseway psa;
    private final PsaConnector connector;
    private final int stock;

    private PulsewayBench(FakePulseway psa, TestClock clock) {
        this.psa = psa;
        this.stock = psa.records("accounts")
                .add(Map.of(
                        "AccountName",
                        "In stock",
                        "AccountTypeId",
                        psa.lookup("accountTypes", "Vendor"),
                        "BusinessTypeId",
                        41,
                        "AccountManagerId",
                        Tenant.PERSON,
                        "IsActive",
                        false));
        List.of("Server", "Workstation", "Printer", "Firewall").forEach(this::category);
        this.connector = PsaConnectors.connect(
                "pulseway",
                ConnectorConfig.with(psa.credentials())
                        .clock(clock)
                        .pause(clock)
                        .random(new Random(1))
                        .plainHttpToLoopback(true)
                        .deadline(Duration.ofSeconds(30))
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

    /** Types of e-mail addresses and phones, the manager of new accounts and their business type. */
    @Override
    public Map<String, String> options() {
        return Map.of(
                "contactEmailType", "1",
                "contactPhoneType", "1",
                "accountManager", Integer.toString(Tenant.PERSON),
                "businessType", "41");
    }

    /** Returns the number of a category that an asset has. */
    private int category(String name) {
        int number = psa.lookup("categories", name);
        Records assets = psa.records("assets");
        boolean known = assets.ids().stream()
                .anyMatch(id -> Integer.valueOf(number).equals(assets.get(id).get("CategoryId")));
        if (!known) {
            assets.add(Map.of("Name", "Old " + name, "AccountId", stock, "CategoryId", number, "IsActive", false));
        }
        return number;
    }

    @Override
    public Choice choice(Field<?> field, String name) {
        if (field.equals(OrganizationFields.STATUS) || field.equals(ConfigurationFields.STATUS)) {
            return ModelMembers.status(name);
        }
        if (field.equals(ConfigurationFields.TYPE)) {
            return new Choice(Integer.toString(category(name)), name);
        }
        String list = ModelMembers.list(field);
        return list == null ? Choice.named(name) : new Choice(Integer.toString(psa.lookup(list, name)), name);
    }

    @Override
    public RemoteRef put(FieldValues values) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(ModelMembers.members(values, psa.tenant()));
        return switch (values.kind()) {
            case ORGANIZATION -> {
                members.putIfAbsent("BusinessTypeId", 41);
                members.putIfAbsent("AccountManagerId", Tenant.PERSON);
                int account = psa.records("accounts").add(members);
                psa.addLocation(account, Map.of("LocationName", "Main", "IsMain", true));
                yield RemoteRef.of(AssetKind.ORGANIZATION, Integer.toString(account));
            }
            case LOCATION -> {
                int account = (Integer) required(members, "AccountId");
                members.remove("AccountId");
                yield RemoteRef.of(AssetKind.LOCATION, account + "/" + psa.addLocation(account, members));
            }
            case CONTACT -> below("LocationId", AssetKind.CONTACT, members);
            case CONFIGURATION -> below("AccountLocationId", AssetKind.CONFIGURATION, members);
            case TICKET -> {
                members.putIfAbsent("StatusId", 501);
                members.putIfAbsent("PriorityId", 521);
                members.put("LastActivityUpdate", psa.tenant().stamp());
                members.putIfAbsent("OpenDate", psa.tenant().stamp());
                yield RemoteRef.of(
                        AssetKind.TICKET,
                        Integer.toString(psa.records("tickets").add(members)));
            }
        };
    }

    /** The PSA demands a location of what is below an account: the first one, unless another is named. */
    private RemoteRef below(String location, AssetKind kind, Map<String, @Nullable Object> members) {
        List<Integer> locations = psa.locations((Integer) required(members, "AccountId"));
        if (members.get(location) == null && !locations.isEmpty()) {
            members.put(location, locations.get(0));
        }
        int id = psa.records(ModelMembers.table(kind)).add(members);
        return RemoteRef.of(kind, Integer.toString(id));
    }

    private static Object required(Map<String, @Nullable Object> members, String member) {
        Object value = members.get(member);
        if (value == null) {
            throw new IllegalArgumentException("A record of Pulseway needs an account");
        }
        return value;
    }

    @Override
    public void edit(RemoteRef record, FieldValues changes) {
        Map<String, @Nullable Object> members = ModelMembers.members(changes, psa.tenant());
        if (changes.get(OrganizationFields.PRIMARY_LOCATION) instanceof RemoteRef main) {
            for (int location : psa.locations(ModelMembers.number(record))) {
                psa.editLocation(
                        ModelMembers.number(record), location, Map.of("IsMain", location == ModelMembers.number(main)));
            }
        }
        if (record.kind() == AssetKind.LOCATION) {
            if (changes.has(LocationFields.ORGANIZATION)) {
                throw new IllegalArgumentException("Nobody can move a location of Pulseway to another account");
            }
            psa.editLocation(account(record), ModelMembers.number(record), members);
        } else {
            place(record).edit(ModelMembers.number(record), members);
        }
    }

    @Override
    public void delete(RemoteRef record) {
        if (record.kind() == AssetKind.LOCATION) {
            psa.deleteLocation(account(record), ModelMembers.number(record));
        } else {
            place(record).delete(ModelMembers.number(record));
        }
    }

    @Override
    public Optional<FieldValues> get(RemoteRef record) {
        int number = ModelMembers.number(record);
        if (record.kind() == AssetKind.LOCATION) {
            int account = account(record);
            boolean there = psa.records("accounts").has(account)
                    && psa.locations(account).contains(number);
            return there ? Optional.of(location(record)) : Optional.empty();
        }
        Records records = place(record);
        return records.has(number)
                ? Optional.of(ModelMembers.values(record, records.get(number), psa.tenant()))
                : Optional.empty();
    }

    private FieldValues location(RemoteRef record) {
        Map<String, Object> location = psa.location(account(record), ModelMembers.number(record));
        Map<String, @Nullable Object> members = new LinkedHashMap<>(location);
        if (location.get("Addresses") instanceof List<?> addresses && addresses.get(0) instanceof Map<?, ?> main) {
            main.forEach((member, value) -> members.putIfAbsent(String.valueOf(member), value));
        }
        members.put("AccountId", account(record));
        return ModelMembers.values(record, members, psa.tenant());
    }

    @Override
    public List<RemoteRef> all(AssetKind kind) {
        List<RemoteRef> refs = new ArrayList<>();
        if (kind == AssetKind.LOCATION) {
            for (int account : psa.records("accounts").ids()) {
                psa.locations(account).forEach(each -> refs.add(RemoteRef.of(kind, account + "/" + each)));
            }
        } else {
            for (int id : psa.records(ModelMembers.table(kind)).ids()) {
                refs.add(RemoteRef.of(kind, Integer.toString(id)));
            }
            refs.removeIf(this::isStock);
        }
        return refs;
    }

    private boolean isStock(RemoteRef ref) {
        return ref.equals(RemoteRef.of(AssetKind.ORGANIZATION, Integer.toString(stock)))
                || ref.kind() == AssetKind.CONFIGURATION
                        && Integer.valueOf(stock)
                                .equals(psa.records("assets")
                                        .get(ModelMembers.number(ref))
                                        .get("AccountId"));
    }

    private Records place(RemoteRef record) {
        return psa.records(ModelMembers.table(record.kind()));
    }

    private static int account(RemoteRef location) {
        String id = location.id().value();
        return Integer.parseInt(id.substring(0, id.indexOf('/')));
    }

    @Override
    public void fail(Trouble trouble, Set<Doing> doing) {
        for (Doing each : doing) {
            if (trouble != Trouble.REJECTED || each != Doing.READING) {
                fail(each, fault(trouble));
            }
        }
        if (trouble == Trouble.UNAUTHORIZED) {
            psa.faults().always("POST", LOG_IN, fault(trouble));
        }
    }

    /** A log-in is no create, and a search that is sent as one is none either. */
    private void fail(Doing doing, Fault fault) {
        switch (doing) {
            case READING -> {
                psa.faults().always("GET", ALL, fault);
                psa.faults().always("POST", TICKETS, fault);
            }
            case CREATING -> {
                for (String path : List.of(
                        "v2/crm/accounts",
                        "v2/crm/contacts/summary",
                        "v2/servicedesk/hardwareasset",
                        "/api/crm/locations")) {
                    psa.faults().always("POST", path, fault);
                }
            }
            case UPDATING -> {
                psa.faults().always("PATCH", ALL, fault);
                psa.faults().always("PUT", ALL, fault);
            }
        }
    }

    private static Fault fault(Trouble trouble) {
        return switch (trouble) {
            case REQUEST_LOST -> Fault.cut();
            case ANSWER_LOST -> Fault.cutAfterEffect();
            case UNAVAILABLE -> Fault.htmlPage(503);
            case THROTTLED -> Fault.throttled(Duration.ofSeconds(30));
            case REJECTED -> Fault.failure(200, 400, "The PSA does not take it");
            case UNAUTHORIZED -> Fault.failure(401, 401, "The credentials are refused.");
            case FORBIDDEN -> Fault.failure(200, 403, "You do not have permission.");
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
        place(record).editUnnoticed(ModelMembers.number(record), Map.of(member, List.of("garbled")));
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
