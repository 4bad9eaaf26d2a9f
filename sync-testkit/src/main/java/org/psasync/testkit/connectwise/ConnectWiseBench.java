package org.psasync.testkit.connectwise;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
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
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.PsaConnectors;
import org.psasync.spi.WebhookRequest;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.scenario.Doing;
import org.psasync.testkit.scenario.PageTrouble;
import org.psasync.testkit.scenario.PsaBench;
import org.psasync.testkit.scenario.Trouble;

/**
 * A {@link FakeConnectWise} on which scenarios run, over HTTP. Its connector is the one named {@code connectwise} on the
 * class path. Not for use by several threads.
 */
public final class ConnectWiseBench implements PsaBench {
    private static final String ALL = "**";

    private final FakeConnectWise psa;
    private final PsaConnector connector;

    private ConnectWiseBench(FakeConnectWise psa, TestClock clock) {
        this.psa = psa;
        this.connector = PsaConnectors.connect(
                "connectwise",
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
     * Opens a tenant without companies.
     *
     * @throws IllegalArgumentException when the connector is not on the class path
     */
    public static PsaBench open(TestClock clock) {
        return with(psa -> {}).open(clock);
    }

    /** Returns a source of tenants that are as wished; without companies unless told otherwise. */
    public static Source with(Consumer<FakeConnectWiseBuilder> wishes) {
        return clock -> {
            FakeConnectWiseBuilder builder = FakeConnectWise.builder()
                    .clock(clock)
                    .companies(0)
                    .contacts(0)
                    .configurations(0)
                    .tickets(0);
            wishes.accept(builder);
            FakeConnectWise started = builder.start();
            try {
                return new ConnectWiseBench(started, clock);
            } catch (RuntimeException failure) {
                started.close();
                throw failure;
            }
        };
    }

    /** Returns the PSA, for all that only it can do. */
    public FakeConnectWise psa() {
        return psa;
    }

    @Override
    public String name() {
        return "Fake ConnectWise";
    }

    @Override
    public PsaConnector connector() {
        return connector;
    }

    /** The types of added e-mail addresses and phones. */
    @Override
    public Map<String, String> options() {
        return Map.of("contactEmailType", "1", "contactPhoneType", "2");
    }

    @Override
    public Choice choice(Field<?> field, String name) {
        ModelMembers.ListOf list = ModelMembers.list(field);
        if (list == null) {
            return Choice.named(name);
        }
        Records records = psa.records(list.path());
        for (int id : records.ids()) {
            if (name.equals(records.get(id).get(list.member()))) {
                return new Choice(Integer.toString(id), name);
            }
        }
        return new Choice(Integer.toString(records.add(Map.of(list.member(), name))), name);
    }

    @Override
    public RemoteRef put(FieldValues values) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(ModelMembers.members(values));
        if (values.kind() == AssetKind.ORGANIZATION && !values.has(OrganizationFields.SHORT_NAME)) {
            members.put("identifier", identifier(values.get(OrganizationFields.NAME)));
        }
        if (values.kind() == AssetKind.LOCATION) {
            int company = ModelMembers.organization(values);
            int site = psa.records(sites(company)).add(members);
            return RemoteRef.of(AssetKind.LOCATION, company + "/" + site);
        }
        int id = psa.records(ModelMembers.path(values.kind())).add(members);
        return RemoteRef.of(values.kind(), Integer.toString(id));
    }

    /** Returns an identifier that no company has. */
    private String identifier(@Nullable String name) {
        String start = name == null ? "Company" : name.replaceAll("[^A-Za-z0-9]", "");
        Records companies = psa.records("company/companies");
        List<Object> taken = new ArrayList<>();
        companies.ids().forEach(id -> taken.add(String.valueOf(companies.get(id).get("identifier"))));
        String short20 = start.substring(0, Math.min(20, start.length()));
        String free = short20;
        for (int i = 2; taken.contains(free); i++) {
            free = short20 + i;
        }
        return free;
    }

    @Override
    public void edit(RemoteRef record, FieldValues changes) {
        place(record).edit(number(record), ModelMembers.members(changes));
    }

    @Override
    public void delete(RemoteRef record) {
        place(record).delete(number(record));
    }

    @Override
    public Optional<FieldValues> get(RemoteRef record) {
        Records place = place(record);
        if (!place.has(number(record))) {
            return Optional.empty();
        }
        Map<String, Object> members = place.get(number(record));
        return Boolean.TRUE.equals(members.get("deletedFlag"))
                ? Optional.empty()
                : Optional.of(ModelMembers.values(record, members));
    }

    @Override
    public List<RemoteRef> all(AssetKind kind) {
        List<RemoteRef> refs = new ArrayList<>();
        if (kind == AssetKind.LOCATION) {
            for (int company : psa.records("company/companies").ids()) {
                psa.records(sites(company)).ids().forEach(site -> refs.add(RemoteRef.of(kind, company + "/" + site)));
            }
        } else {
            psa.records(ModelMembers.path(kind))
                    .ids()
                    .forEach(id -> refs.add(RemoteRef.of(kind, Integer.toString(id))));
        }
        return refs.stream().filter(ref -> get(ref).isPresent()).toList();
    }

    private Records place(RemoteRef record) {
        String id = record.id().value();
        return psa.records(
                record.kind() == AssetKind.LOCATION
                        ? sites(Integer.parseInt(id.substring(0, id.indexOf('/'))))
                        : ModelMembers.path(record.kind()));
    }

    private static int number(RemoteRef record) {
        String id = record.id().value();
        return Integer.parseInt(id.substring(id.indexOf('/') + 1));
    }

    private static String sites(int company) {
        return "company/companies/" + company + "/sites";
    }

    @Override
    public void fail(Trouble trouble, Set<Doing> doing) {
        for (Doing each : doing) {
            if (trouble != Trouble.REJECTED || each != Doing.READING) {
                methods(each).forEach(method -> psa.faults().always(method, ALL, fault(trouble)));
            }
        }
    }

    /** A change of a company's types or a contact's numbers takes requests of all kinds. */
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
            case UNAVAILABLE -> Fault.proxyError(503);
            case THROTTLED -> Fault.throttled(Duration.ofSeconds(30));
            case REJECTED -> Fault.error(400, "InvalidObject", "The PSA does not take it");
            case UNAUTHORIZED -> Fault.error(401, "Unauthorized", "The credentials are refused.");
            case FORBIDDEN -> Fault.forbidden();
        };
    }

    @Override
    public void withdraw(AssetKind kind) {
        if (kind == AssetKind.LOCATION || kind == AssetKind.ORGANIZATION) {
            throw new UnsupportedOperationException("The fake ConnectWise has one right for companies and sites");
        }
        String path = ModelMembers.path(kind);
        psa.faults().always("*", path, Fault.forbidden());
        psa.faults().always("*", path + "/**", Fault.forbidden());
    }

    @Override
    public void garble(RemoteRef record) {
        if (record.kind() == AssetKind.LOCATION) {
            throw new UnsupportedOperationException("The fake ConnectWise garbles no site");
        }
        String member = record.kind() == AssetKind.CONTACT ? "firstName" : "name";
        String path = ModelMembers.path(record.kind());
        Fault fault = Fault.memberOf(number(record), member, Map.of("no", 1));
        psa.faults().always("GET", path, fault);
        psa.faults().always("GET", path + "/*", fault);
    }

    @Override
    public void disturb(PageTrouble trouble) {
        if (trouble == PageTrouble.SHORT) {
            psa.switches().pagesShorterBy(1);
            return;
        }
        Fault fault = trouble == PageTrouble.REPEATED ? Fault.doubledPage() : Fault.reversedPage();
        for (String path : List.of(
                "company/companies",
                "company/companies/*/sites",
                "company/contacts",
                "company/configurations",
                "service/tickets")) {
            psa.faults().next(1, "GET", path, fault);
        }
    }

    @Override
    public WebhookRequest hook(RemoteRef record) {
        String type = switch (record.kind()) {
            case ORGANIZATION -> "company";
            case CONTACT -> "contact";
            case CONFIGURATION -> "configuration";
            case TICKET -> "ticket";
            case LOCATION -> throw new UnsupportedOperationException("ConnectWise tells of no sites");
        };
        return psa.callbacks().request(type, number(record));
    }

    @Override
    public Set<String> secrets() {
        String basic = psa.companyId() + "+" + psa.publicKey() + ":" + psa.privateKey();
        String encoded = Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8));
        return Set.of(psa.privateKey(), encoded);
    }

    @Override
    public void recover() {
        psa.switches().pagesShorterBy(0);
        psa.faults().clear();
    }

    @Override
    public void close() {
        connector.close();
        psa.close();
    }
}
