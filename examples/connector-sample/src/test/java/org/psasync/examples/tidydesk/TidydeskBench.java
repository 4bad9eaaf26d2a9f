package org.psasync.examples.tidydesk;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.PsaConnector;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.scenario.Doing;
import org.psasync.testkit.scenario.PageTrouble;
import org.psasync.testkit.scenario.PsaBench;
import org.psasync.testkit.scenario.Trouble;

/** The fake Tidydesk in the words of the model. */
final class TidydeskBench implements PsaBench {
    private static final Map<Field<?>, String> MEMBERS = Map.ofEntries(
            Map.entry(OrganizationFields.NAME, "name"),
            Map.entry(OrganizationFields.TYPES, "type"),
            Map.entry(OrganizationFields.STATUS, "status"),
            Map.entry(OrganizationFields.SHORT_NAME, "code"),
            Map.entry(ConfigurationFields.ORGANIZATION, "clientId"),
            Map.entry(ConfigurationFields.NAME, "name"),
            Map.entry(ConfigurationFields.TYPE, "type"),
            Map.entry(ConfigurationFields.STATUS, "status"),
            Map.entry(ConfigurationFields.SERIAL_NUMBER, "serial"),
            Map.entry(ConfigurationFields.NOTES, "notes"),
            Map.entry(ConfigurationFields.INSTALLED_ON, "installedOn"),
            Map.entry(ConfigurationFields.MAC_ADDRESS, "mac"),
            Map.entry(ConfigurationFields.ACTIVE, "active"));

    private static final Map<Field<?>, String> LISTS = Map.of(
            OrganizationFields.TYPES, "clientTypes",
            OrganizationFields.STATUS, "clientStatuses",
            ConfigurationFields.TYPE, "deviceTypes",
            ConfigurationFields.STATUS, "deviceStatuses");

    private final FakeTidydesk psa;
    private final PsaConnector connector;

    private TidydeskBench(TestClock clock) {
        this.psa = new FakeTidydesk(clock);
        this.connector = new TidydeskProvider()
                .connect(ConnectorConfig.with(Map.of("url", psa.url(), "token", FakeTidydesk.TOKEN))
                        .clock(clock)
                        .pause(clock)
                        .random(new Random(1))
                        .plainHttpToLoopback(true)
                        .deadline(Duration.ofSeconds(5))
                        .budgetShare(1)
                        .build());
    }

    static PsaBench open(TestClock clock) {
        return new TidydeskBench(clock);
    }

    @Override
    public String name() {
        return "Fake Tidydesk";
    }

    @Override
    public PsaConnector connector() {
        return connector;
    }

    @Override
    public Choice choice(Field<?> field, String name) {
        String list = LISTS.get(field);
        if (list == null) {
            throw new IllegalArgumentException("Tidydesk has no list of " + field);
        }
        return new Choice(Objects.toString(psa.choice(list, name).text("id")), name);
    }

    // What people do -------------------------------------------------------------------------------------------------

    private static String path(AssetKind kind) {
        return kind == AssetKind.ORGANIZATION ? "clients" : "devices";
    }

    private static long id(RemoteRef record) {
        return Long.parseLong(record.id().value());
    }

    @Override
    public RemoteRef put(FieldValues values) {
        return RemoteRef.of(values.kind(), Long.toString(psa.put(path(values.kind()), members(values))));
    }

    @Override
    public void edit(RemoteRef record, FieldValues changes) {
        psa.edit(path(record.kind()), id(record), members(changes));
    }

    @Override
    public void delete(RemoteRef record) {
        psa.delete(path(record.kind()), id(record));
    }

    private static JsonValue members(FieldValues values) {
        JsonValue members = JsonValue.object();
        for (Field<?> field : values.fields()) {
            String member = MEMBERS.get(field);
            if (member == null) {
                throw new IllegalArgumentException("Tidydesk has no place for the " + field);
            }
            members = members.with(member, json(values.get(field)));
        }
        return members;
    }

    private static @Nullable Object json(@Nullable Object value) {
        if (value instanceof Choice choice) {
            return JsonValue.object().with("id", Long.parseLong(choice.id()));
        } else if (value instanceof Set<?> one) {
            return json(one.iterator().next());
        } else if (value instanceof RemoteRef ref) {
            return id(ref);
        }
        return value instanceof LocalDate ? value.toString() : value;
    }

    @Override
    public Optional<FieldValues> get(RemoteRef record) {
        JsonValue members = psa.get(path(record.kind()), id(record));
        return Optional.ofNullable(members).map(there -> values(record.kind(), there));
    }

    private static FieldValues values(AssetKind kind, JsonValue there) {
        FieldValues.Builder values = FieldValues.of(kind);
        for (Field<?> field : Fields.of(kind)) {
            String member = MEMBERS.get(field);
            if (member != null) {
                set(values, field, there.at(member).isBlank() ? null : value(field, there.at(member)));
            }
        }
        return values.build();
    }

    @SuppressWarnings("unchecked") // the value was made for the field
    private static void set(FieldValues.Builder values, Field<?> field, @Nullable Object value) {
        values.set((Field<Object>) field, value);
    }

    private static @Nullable Object value(Field<?> field, JsonValue member) {
        if (field.type() == FieldType.CHOICE || field.type() == FieldType.CHOICES) {
            Choice choice = new Choice(requireNonNull(member.text("id")), Objects.toString(member.text("name")));
            return field.type() == FieldType.CHOICE ? choice : Set.of(choice);
        } else if (field.type() == FieldType.REFERENCE) {
            return RemoteRef.of(AssetKind.ORGANIZATION, requireNonNull(member.text()));
        } else if (field.type() == FieldType.DATE) {
            return member.date();
        }
        return field.type() == FieldType.FLAG ? member.flag() : member.text();
    }

    @Override
    public List<RemoteRef> all(AssetKind kind) {
        List<RemoteRef> refs = new ArrayList<>();
        psa.ids(path(kind)).forEach(id -> refs.add(RemoteRef.of(kind, id.toString())));
        return refs;
    }

    // What goes wrong ------------------------------------------------------------------------------------------------

    @Override
    public void fail(Trouble trouble, Set<Doing> doing) {
        for (Doing each : doing) {
            String method = switch (each) {
                case READING -> "GET";
                case CREATING -> "POST";
                case UPDATING -> "PATCH";
            };
            if (trouble != Trouble.REJECTED || each != Doing.READING) {
                psa.troubles.put(method, trouble);
            }
        }
    }

    @Override
    public void withdraw(AssetKind kind) {
        psa.withdrawn.add(path(kind));
    }

    @Override
    public void garble(RemoteRef record) {
        psa.edit(path(record.kind()), id(record), JsonValue.object().with("name", List.of("garbled")));
    }

    @Override
    public void disturb(PageTrouble trouble) {
        psa.disturb(trouble);
    }

    @Override
    public void exhaust() {
        for (int i = 0; i <= 600; i++) {
            try {
                connector.check();
            } catch (ConnectorException.Throttled none) {
                return;
            }
        }
        throw new IllegalStateException("The budget has no end");
    }

    @Override
    public Set<String> secrets() {
        return Set.of(FakeTidydesk.TOKEN);
    }

    @Override
    public void recover() {
        psa.troubles.clear();
        psa.withdrawn.clear();
        psa.disturb(null);
    }

    @Override
    public void close() {
        connector.close();
        psa.close();
    }
}
