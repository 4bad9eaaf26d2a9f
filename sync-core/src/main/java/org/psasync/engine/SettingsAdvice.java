package org.psasync.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.ConnectorOption;
import org.psasync.spi.FieldRule;
import org.psasync.spi.KindDescriptor;

/** Says which settings contradict each other or have no effect; that forbids nothing. */
final class SettingsAdvice {
    private final SyncSettings settings;
    private final ConnectorDescriptor connector;
    private final List<String> advice = new ArrayList<>();

    private SettingsAdvice(SyncSettings settings, ConnectorDescriptor connector) {
        this.settings = settings;
        this.connector = connector;
    }

    /** Returns one sentence for each; none when the settings agree with each other and with the connector. */
    static List<String> of(SyncSettings settings, ConnectorDescriptor connector) {
        SettingsAdvice advice = new SettingsAdvice(settings, connector);
        advice.selections();
        advice.conflicts();
        advice.mapping();
        advice.contactTypes();
        advice.schedule();
        return List.copyOf(advice.advice);
    }

    private void selections() {
        SyncSettings.Organizations organizations = settings.organizations();
        boolean noType = maps(OrganizationFields.TYPES) && organizations.types().isNone();
        boolean noStatus =
                maps(OrganizationFields.STATUS) && organizations.statuses().isNone();
        halfChosen(AssetKind.ORGANIZATION, noType, noStatus);
        for (AssetKind kind : AssetKind.values()) {
            if ((noType || noStatus) && kind != AssetKind.ORGANIZATION && settings.enabled(kind)) {
                advice.add("No organization syncs, so no " + PsaNames.word(kind) + " does (GATE-1).");
            }
        }
        SyncSettings.Configurations configurations = settings.configurations();
        halfChosen(
                AssetKind.CONFIGURATION,
                maps(ConfigurationFields.TYPE)
                        && !configurations.untyped()
                        && configurations.types().isNone(),
                maps(ConfigurationFields.STATUS) && configurations.statuses().isNone());
    }

    /** Says when one of type and status is chosen and the other is not, so that nothing passes. */
    private void halfChosen(AssetKind kind, boolean noType, boolean noStatus) {
        if (noType != noStatus) {
            advice.add("No " + PsaNames.word(kind) + " syncs: " + (noType ? "statuses" : "types")
                    + " are chosen, but no " + (noType ? "type" : "status") + " is (GATE-1).");
        }
    }

    private boolean maps(Field<?> field) {
        return connector.kind(field.kind()).filter(kind -> kind.maps(field)).isPresent();
    }

    /** A local value cannot win where it is never sent; neither can a person decide. */
    private void conflicts() {
        Set<Field<?>> named = new LinkedHashSet<>(settings.conflicts().fields().keySet());
        for (Field<?> field : named) {
            ConflictPolicy policy = settings.conflicts().of(field);
            if (policy != ConflictPolicy.PSA_WINS && !isPushed(field)) {
                advice.add(policy + " for " + name(field) + " has no effect: " + whyNotPushed(field) + ".");
            }
        }
        settings.conflicts().kinds().forEach((kind, policy) -> {
            if (policy != ConflictPolicy.PSA_WINS && settings.twoWay() && !isWritten(kind)) {
                advice.add(policy + " for " + PsaNames.word(kind) + "s has no effect: they are only pulled.");
            }
        });
        boolean wished = settings.conflicts().byDefault() != ConflictPolicy.PSA_WINS
                || !settings.conflicts().kinds().isEmpty();
        if (wished && !settings.twoWay()) {
            advice.add("Who wins a conflict matters only with two-way on; without it the PSA's values always count.");
        }
    }

    private boolean isPushed(Field<?> field) {
        return settings.twoWay()
                && isWritten(field.kind())
                && !settings.mapping().excluded().contains(field)
                && !settings.mapping().pullOnly().contains(field)
                && connector
                        .kind(field.kind())
                        .flatMap(kind -> kind.rule(field))
                        .filter(FieldRule::writable)
                        .isPresent();
    }

    private String whyNotPushed(Field<?> field) {
        if (settings.mapping().excluded().contains(field)) {
            return "the field is not synced";
        }
        return settings.twoWay() ? "the field is only pulled" : "two-way is off";
    }

    private boolean isWritten(AssetKind kind) {
        return kind.twoWay()
                && connector.kind(kind).filter(KindDescriptor::update).isPresent();
    }

    private void mapping() {
        for (Field<?> field : settings.mapping().pullOnly()) {
            if (settings.mapping().excluded().contains(field)) {
                advice.add(name(field) + " is not synced at all, so it does not matter that it is to be pulled only.");
            }
        }
    }

    private static String name(Field<?> field) {
        return "the field \"" + field.name() + "\" of " + PsaNames.word(field.kind()) + "s";
    }

    private void contactTypes() {
        if (!settings.twoWay() || !settings.contacts() || !isWritten(AssetKind.CONTACT)) {
            return;
        }
        for (ConnectorOption option : connector.options()) {
            boolean type = option.key().equals(ConnectorOption.CONTACT_EMAIL_TYPE)
                    || option.key().equals(ConnectorOption.CONTACT_PHONE_TYPE);
            if (type && settings.options().get(option.key()) == null && option.initial() == null) {
                String what = option.key().equals(ConnectorOption.CONTACT_EMAIL_TYPE) ? "e-mail addresses" : "phones";
                advice.add("Added " + what + " of contacts are not pushed until \"" + option.label()
                        + "\" is set (PSA-ALL-2).");
            }
        }
    }

    private void schedule() {
        if (settings.schedule().fullCheck().compareTo(settings.schedule().interval()) < 0) {
            advice.add("Full checks are to come more often than runs; they are made with every run, no more often.");
        }
    }
}
