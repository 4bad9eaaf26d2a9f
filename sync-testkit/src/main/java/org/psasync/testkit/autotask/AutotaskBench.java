package org.psasync.testkit.autotask;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
import org.psasync.spi.WebhookRequest;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.scenario.Doing;
import org.psasync.testkit.scenario.PageTrouble;
import org.psasync.testkit.scenario.PsaBench;
import org.psasync.testkit.scenario.Trouble;

/**
 * A {@link FakeAutotask} on which scenarios run, over HTTP. Its connector is the one named {@code autotask} on the class path.
 *
 * <p>Manufacturer and model are those of a product: whoever names one adds products, of each of the other named
 * before. Not for use by several threads.
 */
public final class AutotaskBench implements PsaBench {
    private static final String OWN_COMPANY = "0";
    private static final int PARTNER = 8;
    private static final String WEBHOOK_SECRET = "fake-webhook-secret-0001";

    private final FakeAutotask psa;
    private final PsaConnector connector;
    private final Set<String> manufacturers = new LinkedHashSet<>();
    private final Set<String> models = new LinkedHashSet<>();

    private AutotaskBench(FakeAutotask psa, TestClock clock) {
        this.psa = psa;
        this.connector = PsaConnectors.connect(
                "autotask",
                ConnectorConfig.with(credentials(psa))
                        .clock(clock)
                        .pause(clock)
                        .random(new Random(1))
                        .plainHttpToLoopback(true)
                        .deadline(Duration.ofSeconds(5))
                        .budgetShare(1)
                        .build());
    }

    private static Map<String, String> credentials(FakeAutotask psa) {
        Map<String, String> credentials = new LinkedHashMap<>(psa.credentials());
        credentials.put("webhookSecret", WEBHOOK_SECRET);
        return credentials;
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
    public static Source with(Consumer<FakeAutotaskBuilder> wishes) {
        return clock -> {
            FakeAutotaskBuilder builder = FakeAutotask.builder()
                    .clock(clock)
                    .companies(0)
                    .contacts(0)
                    .configurations(0)
                    .products(0)
                    .tickets(0);
            wishes.accept(builder);
            FakeAutotask started = builder.start();
            started.records("Companies").edit(0, "companyType", PARTNER); // the provider itself is no customer here
            try {
                return new AutotaskBench(started, clock);
            } catch (RuntimeException failure) {
                started.close();
                throw failure;
            }
        };
    }

    /** Returns the PSA, for all that only it can do. */
    public FakeAutotask psa() {
        return psa;
    }

    @Override
    public String name() {
        return "Fake Autotask";
    }

    @Override
    public PsaConnector connector() {
        return connector;
    }

    /** Whether a field lies in other records than that of its kind. */
    static boolean isElsewhere(Field<?> field) {
        return field.equals(ConfigurationFields.MANUFACTURER)
                || field.equals(ConfigurationFields.MODEL)
                || field.equals(OrganizationFields.PRIMARY_LOCATION);
    }

    @Override
    public Choice choice(Field<?> field, String name) {
        if (field.equals(ConfigurationFields.MANUFACTURER)) {
            manufacturers.add(name);
            models.forEach(model -> product(name, model));
            return Choice.named(name);
        } else if (field.equals(ConfigurationFields.MODEL)) {
            models.add(name);
            manufacturers.forEach(manufacturer -> product(manufacturer, name));
            return Choice.named(name);
        }
        for (Choice fixed : ModelMembers.fixed(field)) {
            if (fixed.name().equals(name)) {
                return fixed;
            }
        }
        String list = ModelMembers.list(field);
        if (list == null) {
            throw new IllegalArgumentException("The fake Autotask has no " + field + " \"" + name + "\"");
        }
        return Schema.find(list) == null ? pick(list, name) : record(list, name);
    }

    private Choice record(String list, String name) {
        Records records = psa.records(list);
        long id = records.idsWhere("name", name).stream()
                .findFirst()
                .orElseGet(() -> records.add(Map.of("name", name, "isActive", true)));
        return new Choice(Long.toString(id), name);
    }

    private Choice pick(String list, String name) {
        List<Pick> picks = psa.picks(list);
        for (Pick pick : picks) {
            if (pick.label().equals(name)) {
                return new Choice(Long.toString(pick.value()), name);
            }
        }
        long next = 1 + picks.stream().mapToLong(Pick::value).max().orElse(0);
        psa.pick(list, next, name);
        return new Choice(Long.toString(next), name);
    }

    /** Companies need a manager, and items a product, which is made where it is missing. */
    @Override
    public Map<String, String> options() {
        return Map.of(
                "accountManager",
                Long.toString(Tenant.PERSON),
                "productMissing",
                "CREATE",
                "productBillingCode",
                "29682840",
                "contactEmailType",
                "emailAddress",
                "contactPhoneType",
                "phone");
    }

    private long product(@Nullable String manufacturer, @Nullable String model) {
        Records products = psa.records("Products");
        String name = manufacturer == null ? "Generic" : manufacturer + " " + model;
        return products.idsWhere("name", name).stream().findFirst().orElseGet(() -> {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            members.put("name", name);
            members.put("manufacturerName", manufacturer);
            members.put("manufacturerProductName", model);
            members.put("isActive", true);
            members.put("isSerialized", true);
            members.put("productBillingCodeID", 29_682_840);
            return products.add(members);
        });
    }

    @Override
    public RemoteRef put(FieldValues values) {
        Map<String, @Nullable Object> members = members(values);
        switch (values.kind()) {
            case ORGANIZATION -> {
                members.put("phone", "(503) 555-0100");
                members.put("ownerResourceID", Tenant.PERSON);
                members.putIfAbsent("isActive", true);
            }
            case LOCATION, CONFIGURATION -> members.putIfAbsent("isActive", true);
            case CONTACT -> members.putIfAbsent("isActive", 1);
            case TICKET ->
                members.putIfAbsent(
                        "ticketNumber", "T20260301." + psa.records("Tickets").count());
        }
        if (values.kind() == AssetKind.CONFIGURATION) {
            members.putIfAbsent("productID", product(null, null));
        }
        long id = psa.records(ModelMembers.path(values.kind())).add(members);
        RemoteRef ref = RemoteRef.of(values.kind(), Long.toString(id));
        primary(values);
        return ref;
    }

    /** The members of the record itself; a product is chosen where one is named. */
    private Map<String, @Nullable Object> members(FieldValues values) {
        Map<String, Long> countries = new LinkedHashMap<>();
        Records all = psa.records("Countries");
        all.ids().forEach(id -> countries.put(String.valueOf(all.get(id).get("countryCode")), id));
        Map<String, @Nullable Object> members = new LinkedHashMap<>(ModelMembers.members(values, countries));
        if (values.kind() == AssetKind.CONFIGURATION
                && (values.has(ConfigurationFields.MANUFACTURER) || values.has(ConfigurationFields.MODEL))) {
            Choice manufacturer = values.get(ConfigurationFields.MANUFACTURER);
            Choice model = values.get(ConfigurationFields.MODEL);
            members.put(
                    "productID",
                    product(manufacturer == null ? null : manufacturer.name(), model == null ? null : model.name()));
        }
        return members;
    }

    private void primary(FieldValues values) {
        if (values.kind() == AssetKind.ORGANIZATION
                && values.get(OrganizationFields.PRIMARY_LOCATION) instanceof RemoteRef location) {
            psa.records("CompanyLocations").edit(number(location), "isPrimary", true);
        }
    }

    @Override
    public void edit(RemoteRef record, FieldValues changes) {
        place(record).edit(number(record), members(changes));
        primary(changes);
    }

    @Override
    public void delete(RemoteRef record) {
        place(record).delete(number(record));
    }

    @Override
    public Optional<FieldValues> get(RemoteRef record) {
        Records place = place(record);
        if (!record.id().value().matches("\\d{1,18}") || !place.has(number(record))) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> members = place.get(number(record));
        FieldValues.Builder values = ModelMembers.values(record, members, this::name);
        if (record.kind() == AssetKind.CONFIGURATION) {
            ofProduct(members, values);
        }
        return Optional.of(values.build());
    }

    private void ofProduct(Map<String, @Nullable Object> members, FieldValues.Builder values) {
        Map<String, @Nullable Object> product =
                psa.records("Products").get(Long.parseLong(String.valueOf(members.get("productID"))));
        values.set(ConfigurationFields.MANUFACTURER, named(product.get("manufacturerName")));
        values.set(ConfigurationFields.MODEL, named(product.get("manufacturerProductName")));
        Object title = members.get("referenceTitle");
        if (title == null || title.equals("")) {
            values.set(ConfigurationFields.NAME, String.valueOf(product.get("name")));
        }
    }

    private static @Nullable Choice named(@Nullable Object text) {
        return text == null || text.equals("") ? null : Choice.named(text.toString());
    }

    private String name(Field<?> field, String id) {
        if (field.equals(LocationFields.COUNTRY)) {
            return String.valueOf(
                    psa.records("Countries").get(Long.parseLong(id)).get("countryCode"));
        } else if (field.equals(ConfigurationFields.INSTALLED_BY)) {
            Map<String, @Nullable Object> person = psa.records("Resources").get(Long.parseLong(id));
            return person.get("firstName") + " " + person.get("lastName");
        }
        String list = ModelMembers.list(field);
        if (list != null && Schema.find(list) != null) {
            return String.valueOf(psa.records(list).get(Long.parseLong(id)).get("name"));
        }
        return psa.picks(String.valueOf(list)).stream()
                .filter(pick -> Long.toString(pick.value()).equals(id))
                .map(Pick::label)
                .findFirst()
                .orElse(id);
    }

    /** The provider's own company, which each tenant has, is none of a scenario's. */
    @Override
    public List<RemoteRef> all(AssetKind kind) {
        return psa.records(ModelMembers.path(kind)).ids().stream()
                .map(id -> RemoteRef.of(kind, Long.toString(id)))
                .filter(ref ->
                        kind != AssetKind.ORGANIZATION || !ref.id().value().equals(OWN_COMPANY))
                .toList();
    }

    private Records place(RemoteRef record) {
        return psa.records(ModelMembers.path(record.kind()));
    }

    private static long number(RemoteRef record) {
        return Long.parseLong(record.id().value());
    }

    @Override
    public void fail(Trouble trouble, Set<Doing> doing) {
        for (Doing each : doing) {
            if (trouble != Trouble.REJECTED || each != Doing.READING) {
                requests(each).forEach((path, method) -> psa.faults().always(method, path, fault(trouble)));
            }
        }
    }

    /** Queries are sent by POST too. */
    private static Map<String, String> requests(Doing doing) {
        return switch (doing) {
            case READING -> Map.of("**", "GET", "*/query", "POST", "*/query/next", "POST", "*/query/count", "POST");
            case CREATING ->
                Map.of(
                        "Companies",
                        "POST",
                        "Companies/*/Contacts",
                        "POST",
                        "Companies/*/Locations",
                        "POST",
                        "ConfigurationItems",
                        "POST",
                        "Products",
                        "POST");
            case UPDATING -> Map.of("**", "PATCH");
        };
    }

    private static Fault fault(Trouble trouble) {
        return switch (trouble) {
            case REQUEST_LOST -> Fault.cut();
            case ANSWER_LOST -> Fault.cutAfterEffect();
            case UNAVAILABLE -> Fault.htmlPage(503);
            case THROTTLED -> Fault.errors(429, "The request threshold of the tenant has been exceeded.");
            case REJECTED -> Fault.errors(500, "The PSA does not take it.");
            case UNAUTHORIZED -> Fault.unauthorized();
            case FORBIDDEN ->
                Fault.errors(
                        500, "The logged in Resource does not have the adequate permissions for this entity type.");
        };
    }

    @Override
    public void withdraw(AssetKind kind) {
        psa.rights().deny(ModelMembers.path(kind), "query");
    }

    @Override
    public void garble(RemoteRef record) {
        String member = switch (record.kind()) {
            case ORGANIZATION -> "companyName";
            case LOCATION -> "name";
            case CONTACT -> "firstName";
            case CONFIGURATION -> "referenceTitle";
            case TICKET -> "title";
        };
        place(record).editUnnoticed(number(record), Map.of(member, Map.of("no", 1)));
    }

    /** First pages are left alone: look-ups are like them. */
    @Override
    public void disturb(PageTrouble trouble) {
        if (trouble == PageTrouble.SHORT) {
            psa.switches().pagesShorterBy(1);
            return;
        }
        Fault fault = trouble == PageTrouble.REPEATED ? Fault.doubledPage() : Fault.reversedPage();
        for (AssetKind kind : AssetKind.values()) {
            psa.faults().next(1, "POST", ModelMembers.path(kind) + "/query/next", fault);
        }
    }

    /** Other tools of the tenant use up its threshold. */
    @Override
    public void exhaust() {
        psa.switches().otherRequests(psa.switches().requestsPerHour());
    }

    @Override
    public WebhookRequest hook(RemoteRef record) {
        if (record.kind() == AssetKind.LOCATION) {
            throw new UnsupportedOperationException("Autotask tells of no locations");
        }
        return psa.callouts().request(ModelMembers.path(record.kind()), number(record), WEBHOOK_SECRET);
    }

    @Override
    public Set<String> secrets() {
        return Set.of(
                WEBHOOK_SECRET,
                psa.credentials().getOrDefault("secret", ""),
                psa.credentials().getOrDefault("integrationCode", ""));
    }

    @Override
    public void recover() {
        psa.switches().pagesShorterBy(0).otherRequests(0);
        psa.faults().clear();
        psa.rights().allowAll();
    }

    @Override
    public void close() {
        connector.close();
        psa.close();
    }
}
