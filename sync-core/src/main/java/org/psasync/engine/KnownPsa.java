package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectionCheck.MissingRight;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.ConnectorOption;
import org.psasync.spi.FieldRule;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.ReferenceData.PsaUser;
import org.psasync.store.Setup;

/**
 * What a settings page shows: what is known of the PSA since the last connect or full check, and the settings in force; made
 * by {@link Managing#knownPsa}. Nobody is asked for it, so it is there while the PSA is down, and what it counts costs
 * nothing. Immutable.
 *
 * @param connector what the connector can do
 * @param connection what the last check found, such as the version; null before the first
 * @param reference the PSA's lists as last read
 * @param referenceAt when they were read; null when that is not known
 * @param settings the settings as saved, with the names that the PSA's values have now; two-way counts as off all the same
 *     while the host forbids it (SET-6)
 * @param settingsVersion what to hand to {@link Managing#configure(long, java.util.function.Consumer)} with the change that a
 *     person makes of just these settings
 * @param status how the integration is, such as refused credentials or a pause
 */
public record KnownPsa(
        ConnectorDescriptor connector,
        @Nullable ConnectionCheck connection,
        ReferenceData reference,
        @Nullable Instant referenceAt,
        SyncSettings settings,
        long settingsVersion,
        IntegrationStatus status) {

    /**
     * One of the connector's own settings.
     *
     * @param option what it is
     * @param value what is set, or else what it is while nothing is set; null while it is unset. Of a choice it is the id
     * @param choices what can be chosen, where it is a choice; empty otherwise
     */
    public record Option(ConnectorOption option, @Nullable String value, List<ReferenceData.Entry> choices) {
        public Option {
            requireNonNull(option, "option");
            choices = List.copyOf(choices);
        }

        /** Returns the chosen value with its name; empty when it is no choice, unset, or not known to the PSA any more. */
        public Optional<Choice> chosen() {
            return choices.stream()
                    .map(ReferenceData.Entry::choice)
                    .filter(choice -> choice.id().equals(value))
                    .findFirst();
        }
    }

    /**
     * A field that the connector maps.
     *
     * @param rule what the connector can do with it
     * @param excluded whether the settings leave it out of the sync
     * @param pullOnly whether it is only read: the connector cannot write it, or the settings say so
     * @param conflicts who wins when both sides changed it
     */
    public record MappedField(FieldRule rule, boolean excluded, boolean pullOnly, ConflictPolicy conflicts) {
        public MappedField {
            requireNonNull(rule, "rule");
            requireNonNull(conflicts, "conflicts");
        }
    }

    public KnownPsa {
        requireNonNull(connector, "connector");
        requireNonNull(reference, "reference");
        requireNonNull(settings, "settings");
        requireNonNull(status, "status");
    }

    static Optional<KnownPsa> of(Setup setup, IntegrationStatus status) {
        ConnectorDescriptor connector = setup.connector();
        ReferenceData reference = setup.reference();
        return connector == null || reference == null
                ? Optional.empty()
                : Optional.of(new KnownPsa(
                        connector,
                        setup.connection(),
                        reference,
                        setup.referenceAt(),
                        setup.currentSettings(),
                        setup.settingsVersion(),
                        status));
    }

    /** Returns the fields of which values are selected, as far as the PSA has a list of them, types before statuses. */
    public List<Field<?>> lists() {
        return ChoiceStates.FIELDS.stream()
                .filter(reference.choices()::containsKey)
                .toList();
    }

    /**
     * Returns each value of a list with its state, recommended ones first (SET-4, SET-7).
     *
     * @throws IllegalArgumentException when values of the field are not selected
     */
    public List<ChoiceState> choices(Field<?> field) {
        return ChoiceStates.recommendedFirst(field, settings, reference);
    }

    /** Returns the connector's own settings, in its order. */
    public List<Option> options() {
        return connector.options().stream().map(this::option).toList();
    }

    private Option option(ConnectorOption option) {
        String set = settings.options().get(option.key());
        List<ReferenceData.Entry> choices = reference.optionChoices().getOrDefault(option.key(), List.of());
        return new Option(option, set == null ? option.initial() : set, choices);
    }

    /** Returns the fields of a kind that can be left out or made pull-only, in the connector's order; none of a kind it lacks. */
    public List<MappedField> fields(AssetKind kind) {
        List<FieldRule> rules = connector.kind(kind).map(KindDescriptor::fields).orElse(List.of());
        SyncSettings.Mapping mapping = settings.mapping();
        return rules.stream()
                .map(rule -> new MappedField(
                        rule,
                        mapping.excluded().contains(rule.field()),
                        !rule.writable() || mapping.pullOnly().contains(rule.field()),
                        settings.conflicts().of(rule.field())))
                .toList();
    }

    /** Returns fields that the settings name and the connector does not map any more; naming them has no effect. */
    public List<Field<?>> unmapped() {
        Set<Field<?>> named = new TreeSet<>(Comparator.comparing(Field::toString));
        named.addAll(settings.mapping().excluded());
        named.addAll(settings.mapping().pullOnly());
        named.addAll(settings.conflicts().fields().keySet());
        named.removeIf(field ->
                connector.kind(field.kind()).filter(kind -> kind.maps(field)).isPresent());
        return new ArrayList<>(named);
    }

    /** Returns the people of the PSA who can be handed to {@link Managing#invite} (PSA-ALL-1). */
    public List<PsaUser> users() {
        return reference.users();
    }

    /** Returns the rights that the PSA's user lacks, by the last check; each stops the kinds it names. */
    public List<MissingRight> missing() {
        return connection == null ? List.of() : connection.missing();
    }

    /** Returns what the last check advises; it never blocks (CONN-2). */
    public List<String> advice() {
        return connection == null ? List.of() : connection.advice();
    }
}
