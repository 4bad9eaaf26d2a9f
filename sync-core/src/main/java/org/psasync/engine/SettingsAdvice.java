package org.psasync.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.psasync.engine.SyncSettings.Confirms;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.decide.Policy;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.TicketFields;
import org.psasync.spi.ConnectorOption;
import org.psasync.spi.FieldRule;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.ReferenceData;

/**
 * Says which settings contradict each other or have no effect. It never blocks: people choose types today and statuses
 * tomorrow. What cannot be at all is refused by {@link SettingsChange}.
 */
final class SettingsAdvice {
    private final Policy policy;
    private final SyncSettings settings;
    private final String psa;
    private final ReferenceData reference;
    private final List<String> advice = new ArrayList<>();

    SettingsAdvice(Policy policy, ReferenceData reference) {
        this.policy = policy;
        this.settings = policy.settings();
        this.psa = policy.psa();
        this.reference = reference;
    }

    /** Returns the sentences; empty when nothing is odd. */
    List<String> sentences(SettingsPreview.FirstRun firstRun) {
        organizations();
        configurations();
        known(
                OrganizationFields.TYPES,
                "organization type",
                settings.organizations().types());
        known(
                OrganizationFields.STATUS,
                "organization status",
                settings.organizations().statuses());
        known(
                OrganizationFields.CLASSIFICATION,
                "classification",
                settings.organizations().classifications());
        known(
                ConfigurationFields.TYPE,
                "configuration type",
                settings.configurations().types());
        known(
                ConfigurationFields.STATUS,
                "configuration status",
                settings.configurations().statuses());
        known(TicketFields.BOARD, "board", settings.tickets().boards());
        for (AssetKind kind : AssetKind.values()) {
            if (settings.enabled(kind)) {
                kind(kind);
            }
        }
        if (settings.twoWay()) {
            conflicts();
            confirming();
        } else if (settings.conflicts().of(OrganizationFields.NAME) != ConflictPolicy.PSA_WINS
                || !settings.conflicts().kinds().isEmpty()
                || !settings.conflicts().fields().isEmpty()) {
            advice.add("Who wins conflicts is set, but without two-way the PSA's value always counts.");
        }
        contactTypes();
        schedule(firstRun);
        brakes();
        return List.copyOf(advice);
    }

    // What passes ----------------------------------------------------------------------------------------------------

    private void organizations() {
        SyncSettings.Organizations chosen = settings.organizations();
        List<String> lacks = new ArrayList<>();
        lack(lacks, OrganizationFields.TYPES, chosen.types(), "type");
        lack(lacks, OrganizationFields.STATUS, chosen.statuses(), "status");
        lack(lacks, OrganizationFields.CLASSIFICATION, chosen.classifications(), "classification");
        if (!lacks.isEmpty() && isBegun()) {
            advice.add("No organization syncs, because no " + String.join(" and no ", lacks)
                    + " is selected; what belongs to organizations stays out with them.");
        }
    }

    /** Whether somebody has set anything; of settings that nobody has touched all this is obvious. */
    private boolean isBegun() {
        boolean others = false;
        for (AssetKind kind : AssetKind.values()) {
            others |= kind != AssetKind.ORGANIZATION && settings.enabled(kind);
        }
        return others
                || settings.twoWay()
                || !settings.organizations().types().isNone()
                || !settings.organizations().statuses().isNone();
    }

    private void configurations() {
        SyncSettings.Configurations chosen = settings.configurations();
        List<String> lacks = new ArrayList<>();
        if (!settings.enabled(AssetKind.CONFIGURATION)) {
            lacks.add("type");
        }
        lack(lacks, ConfigurationFields.STATUS, chosen.statuses(), "status");
        boolean wanted =
                settings.enabled(AssetKind.CONFIGURATION) || !chosen.statuses().isNone();
        if (wanted && !lacks.isEmpty()) {
            advice.add("No configuration syncs, because no " + String.join(" and no ", lacks) + " is selected.");
        }
    }

    private void lack(List<String> lacks, Field<?> field, Selection selection, String word) {
        if (policy.isRead(field) && selection.isNone()) {
            lacks.add(word);
        }
    }

    /** A list that the PSA does not have says nothing about its values (SET-4). */
    private void known(Field<?> field, String list, Selection selection) {
        if (reference.choices().containsKey(field)) {
            for (Choice choice : selection.chosen()) {
                if (reference.entry(field, choice.id()).isEmpty()) {
                    advice.add("The " + list + " \"" + choice.name() + "\" is selected, but " + psa
                            + " does not have it any more.");
                }
            }
        }
    }

    // What is written ------------------------------------------------------------------------------------------------

    private void kind(AssetKind kind) {
        String records = PsaNames.word(kind) + "s";
        KindDescriptor can = policy.kind(kind).orElse(null);
        if (can == null) {
            advice.add("Nothing happens to " + records + ": " + psa + " has none.");
        } else if (settings.twoWay() && kind.twoWay()) {
            if (!can.create() && !can.update()) {
                advice.add("Two-way does not hold for " + records + ": " + psa
                        + " cannot be given any through this connector.");
            } else if (!can.update()) {
                advice.add(
                        "Changes of " + records + " stay here: " + psa + " cannot change any through this connector.");
            } else if (!can.create()) {
                advice.add("New " + records + " stay here: " + psa + " cannot make any through this connector.");
            }
            can.fields().stream()
                    .filter(rule -> can.create() && rule.requiredOnCreate() && !policy.maps(rule.field()))
                    .forEach(rule -> advice.add("New " + records + " cannot be made in " + psa
                            + ": it needs the field \"" + rule.field().name() + "\", which is left out of the sync."));
        }
    }

    private void conflicts() {
        settings.conflicts().kinds().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(each -> each.getValue() != ConflictPolicy.PSA_WINS
                        && policy.rules(each.getKey()).stream().noneMatch(policy::pushes))
                .forEach(each -> advice.add(each.getValue() + " has no effect for " + PsaNames.word(each.getKey())
                        + "s: they are only pulled."));
        settings.conflicts().fields().entrySet().stream()
                .sorted(Comparator.comparing(each -> each.getKey().toString()))
                .filter(each -> each.getValue() != ConflictPolicy.PSA_WINS)
                .forEach(each -> conflict(each.getKey(), each.getValue()));
    }

    private void conflict(Field<?> field, ConflictPolicy wins) {
        FieldRule rule = policy.rule(field);
        if (rule == null || !policy.pushes(rule)) {
            advice.add(wins + " has no effect for the field \"" + field.name() + "\" of " + PsaNames.word(field.kind())
                    + "s: it is " + (rule == null ? "left out of the sync." : "only pulled."));
        }
    }

    private void confirming() {
        boolean any = false;
        for (Origin origin : Origin.values()) {
            any |= settings.confirms(origin) != Confirms.NEVER;
        }
        if (!any) {
            advice.add("Two-way is on, but no edit confirms a record, so nothing is sent to " + psa + ".");
        }
    }

    /** An added e-mail or phone goes to the PSA only with its type (PSA-ALL-2). */
    private void contactTypes() {
        boolean pushed = policy.rules(AssetKind.CONTACT).stream().anyMatch(policy::pushes);
        for (ConnectorOption option : policy.connector().options()) {
            boolean email = option.key().equals(ConnectorOption.CONTACT_EMAIL_TYPE);
            boolean phone = option.key().equals(ConnectorOption.CONTACT_PHONE_TYPE);
            boolean unset = settings.options().get(option.key()) == null && option.initial() == null;
            if (settings.contacts() && pushed && unset && (email || phone)) {
                advice.add("Added " + (email ? "e-mail addresses" : "phones") + " of contacts stay here until \""
                        + option.label() + "\" is set.");
            }
        }
    }

    // When, and how much ---------------------------------------------------------------------------------------------

    private void schedule(SettingsPreview.FirstRun firstRun) {
        Duration between = settings.schedule().fullCheck();
        if (between.compareTo(settings.schedule().interval()) < 0) {
            advice.add("Every run is a full check, because those are due more often than runs.");
        }
        firstRun.time()
                .filter(time -> time.compareTo(between) > 0)
                .ifPresent(time -> advice.add("A full check takes about " + time.toMinutes()
                        + " minutes, and the next one is due after " + between.toMinutes() + "."));
    }

    private void brakes() {
        for (Brake brake : Brake.values()) {
            if (settings.brakes().of(brake).equals(new SyncSettings.Limit(0, 0))) {
                advice.add("The brake " + brake + " lets nothing pass of a kind with "
                        + SyncSettings.Brakes.FEWEST_LINKS + " links or more.");
            }
        }
    }
}
