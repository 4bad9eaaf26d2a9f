package org.psasync.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.ConnectorOption;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.ReferenceData;

/** Collects what a fake PSA is like; see {@link FakePsa#builder(TestClock)}. */
public final class FakePsaBuilder {
    final InstantSource clock;
    final ConnectorConfig.Pause pause;
    final List<ReferenceData.PsaUser> users = new ArrayList<>();
    final Map<String, List<ReferenceData.Entry>> optionChoices = new LinkedHashMap<>();
    final List<String> advice = new ArrayList<>();
    String tenant = "fake-tenant";
    String version = "2026.1";
    int idsPerPage = 500;

    private final Map<AssetKind, FakeKind> kinds = new EnumMap<>(AssetKind.class);
    private final List<ConnectorOption> options = new ArrayList<>();
    private String id = "fake";
    private String displayName = "Fake PSA";
    private Duration deadline = Duration.ofSeconds(30);
    private @Nullable Choice untyped;
    private Set<Field<?>> locationsReplaced = Set.of();

    FakePsaBuilder(InstantSource clock, ConnectorConfig.Pause pause) {
        this.clock = requireNonNull(clock, "clock");
        this.pause = requireNonNull(pause, "pause");
        for (AssetKind kind : AssetKind.values()) {
            kinds.put(kind, new FakeKind(kind));
        }
    }

    /** Sets the connector's id and the name that people see; {@code fake} and "Fake PSA" otherwise. */
    public FakePsaBuilder named(String connectorId, String shownName) {
        this.id = connectorId;
        this.displayName = shownName;
        return this;
    }

    /** Sets who the tenant is (SAFE-2). */
    public FakePsaBuilder tenant(String identity) {
        this.tenant = identity;
        return this;
    }

    /** Sets the version that the PSA reports. */
    public FakePsaBuilder version(String text) {
        this.version = text;
        return this;
    }

    /** Adds a sentence of advice to the check (CONN-2). */
    public FakePsaBuilder advice(String sentence) {
        advice.add(sentence);
        return this;
    }

    /** Changes how the PSA behaves for a kind. */
    public FakePsaBuilder kind(AssetKind kind, Consumer<FakeKind> change) {
        FakeKind known = kinds.get(kind);
        if (known == null) {
            throw new IllegalStateException("This PSA was built without " + kind);
        }
        change.accept(known);
        return this;
    }

    /** Changes how the PSA behaves for all its kinds. */
    public FakePsaBuilder everyKind(Consumer<FakeKind> change) {
        kinds.values().forEach(change);
        return this;
    }

    /** Makes a PSA that does not know a kind. */
    public FakePsaBuilder without(AssetKind kind) {
        kinds.remove(kind);
        return this;
    }

    /** Adds a setting that only this connector has, and the values that can be chosen for it. */
    public FakePsaBuilder option(ConnectorOption option, ReferenceData.Entry... choices) {
        options.add(option);
        if (choices.length > 0) {
            optionChoices.put(option.key(), List.of(choices));
        }
        return this;
    }

    /** Adds a person with a licence of the PSA. */
    public FakePsaBuilder user(String name, String email) {
        users.add(new ReferenceData.PsaUser(Integer.toString(users.size() + 1), name, email));
        return this;
    }

    /** Sets how many ids a page of the listing has; 500 otherwise. */
    public FakePsaBuilder idsPerPage(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("A page has at least one id, not " + count);
        }
        this.idsPerPage = count;
        return this;
    }

    /** Sets the longest that a call may take; 30 seconds otherwise. */
    public FakePsaBuilder deadline(Duration longest) {
        this.deadline = longest;
        return this;
    }

    /** Lets configurations without a type sync under this one, which is never sent (GATE-4). */
    public FakePsaBuilder untyped(Choice type) {
        this.untyped = type;
        return this;
    }

    /** Lets these references be replaced, by blank too, when locations are turned on later (SET-5). */
    public FakePsaBuilder locationsReplaced(Field<?>... references) {
        this.locationsReplaced = Set.of(references);
        return this;
    }

    /** Returns an empty PSA with a few types, statuses and boards. */
    public FakePsa build() {
        return new FakePsa(this);
    }

    Map<AssetKind, FakeSchema> schemas() {
        Map<AssetKind, FakeSchema> schemas = new EnumMap<>(AssetKind.class);
        kinds.forEach((kind, behaviour) -> schemas.put(kind, behaviour.schema()));
        return schemas;
    }

    ConnectorDescriptor descriptor(Map<AssetKind, FakeSchema> schemas) {
        Map<AssetKind, KindDescriptor> descriptors = new EnumMap<>(AssetKind.class);
        schemas.forEach((kind, schema) -> descriptors.put(kind, schema.descriptor()));
        return new ConnectorDescriptor(id, displayName, descriptors, options, deadline, untyped, locationsReplaced);
    }
}
