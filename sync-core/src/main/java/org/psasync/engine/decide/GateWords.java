package org.psasync.engine.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Selection;
import org.psasync.engine.SyncSettings;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.TicketFields;

/** Says in words why the gate turns a record away, and what would open it (WHY-1). */
final class GateWords {
    private final Policy policy;
    private final SyncSettings settings;

    GateWords(Policy policy) {
        this.policy = policy;
        this.settings = policy.settings();
    }

    /** Returns every reason with the rule behind it, in the record's own values. */
    List<Because> because(Set<GateReason> reasons, FieldValues values) {
        List<Because> result = new ArrayList<>();
        reasons.forEach(reason -> result.add(new Because(reason.rule(), words(reason, values))));
        return result;
    }

    private String words(GateReason reason, FieldValues values) {
        return switch (reason) {
            case TYPE_NOT_SELECTED -> "its type " + types(values) + " is not selected";
            case STATUS_NOT_SELECTED -> {
                Choice status = status(values);
                yield status == null ? "it has no status" : "its status " + quoted(status) + " is not selected";
            }
            case CLASSIFICATION_NOT_SELECTED -> {
                Choice classification = values.get(OrganizationFields.CLASSIFICATION);
                yield classification == null
                        ? "it has no classification"
                        : "its classification " + quoted(classification) + " is not selected";
            }
            case BOARD_NOT_SELECTED -> {
                Choice board = values.get(TicketFields.BOARD);
                yield board == null ? "it is on no board" : "its board " + quoted(board) + " is not selected";
            }
            case TYPE_NOT_SHOWN, STATUS_NOT_SHOWN ->
                policy.psa() + " does not show its " + (reason == GateReason.TYPE_NOT_SHOWN ? "type" : "status")
                        + ", so nobody knows whether it is selected";
            case KIND_NOT_ENABLED, NO_TYPE, TOO_OLD, INACTIVE, NO_ORGANIZATION, ORGANIZATION_NOT_SYNCING ->
                reason.words();
        };
    }

    /**
     * Returns the smallest changes that open the gate, one for each reason.
     *
     * @param remote whether the record is one of the PSA's, to be changed there
     */
    List<String> steps(Set<GateReason> reasons, FieldValues values, boolean remote) {
        String there = remote ? " in " + policy.psa() : "";
        List<String> steps = new ArrayList<>();
        // Selecting a type of configuration, or a board, is what enables the kind.
        boolean choosing =
                reasons.contains(GateReason.TYPE_NOT_SELECTED) || reasons.contains(GateReason.BOARD_NOT_SELECTED);
        for (GateReason reason : reasons) {
            if (reason != GateReason.KIND_NOT_ENABLED || !choosing) {
                steps.add(step(reason, values, there));
            }
        }
        return steps;
    }

    /** Returns the steps as one sentence. */
    String remedy(Set<GateReason> reasons, FieldValues values, boolean remote) {
        return Words.sentence(String.join("; ", steps(reasons, values, remote)));
    }

    private String step(GateReason reason, FieldValues values, String there) {
        AssetKind kind = values.kind();
        boolean organization = kind == AssetKind.ORGANIZATION;
        Selection types = organization
                ? settings.organizations().types()
                : settings.configurations().types();
        Selection statuses = organization
                ? settings.organizations().statuses()
                : settings.configurations().statuses();
        Choice status = status(values);
        Choice classification = organization ? values.get(OrganizationFields.CLASSIFICATION) : null;
        Choice board = kind == AssetKind.TICKET ? values.get(TicketFields.BOARD) : null;
        return switch (reason) {
            case KIND_NOT_ENABLED -> "enable " + Words.of(kind) + "s in the settings";
            case NO_TYPE -> give("type", types, there) + (organization ? "" : orUntyped());
            case TYPE_NOT_SELECTED -> select("type", types(values), types, there);
            case STATUS_NOT_SELECTED ->
                status == null ? give("status", statuses, there) : select("status", quoted(status), statuses, there);
            case CLASSIFICATION_NOT_SELECTED ->
                classification == null
                        ? give("classification", settings.organizations().classifications(), there)
                        : select(
                                "classification",
                                quoted(classification),
                                settings.organizations().classifications(),
                                there);
            case BOARD_NOT_SELECTED ->
                board == null
                        ? give("board", settings.tickets().boards(), there)
                        : select("board", quoted(board), settings.tickets().boards(), there);
            case TYPE_NOT_SHOWN, STATUS_NOT_SHOWN ->
                "give the integration's user in " + policy.psa() + " the right to see its "
                        + (reason == GateReason.TYPE_NOT_SHOWN ? "type" : "status");
            case TOO_OLD -> "lengthen the time for which tickets are pulled";
            case INACTIVE ->
                "make it active" + there
                        + (kind == AssetKind.CONFIGURATION
                                ? ", or include inactive configurations in the settings"
                                : "");
            case NO_ORGANIZATION -> "give it an organization" + there;
            case ORGANIZATION_NOT_SYNCING -> "let its organization sync";
        };
    }

    private String orUntyped() {
        return policy.connector().untyped() == null ? "" : ", or include configurations without a type in the settings";
    }

    private static String select(String what, String names, Selection selection, String there) {
        String select = "select its " + what + " " + names + " in the settings";
        return selection.isNone() ? select : select + ", or change it" + there + " to " + oneOf(selection);
    }

    private static String give(String what, Selection selection, String there) {
        if (selection.isNone()) {
            return "give it a " + what + there + " and select that in the settings";
        }
        return "give it a " + what + there + (selection.all() ? "" : ", " + oneOf(selection));
    }

    private static String oneOf(Selection selection) {
        List<String> names =
                selection.chosen().stream().map(GateWords::quoted).sorted().toList();
        return names.size() == 1 ? names.get(0) : "one of " + String.join(", ", names);
    }

    private static @Nullable Choice status(FieldValues values) {
        var field = Fields.status(values.kind());
        return field == null ? null : values.get(field);
    }

    /** The types that are in the way: those that are not selected. */
    private String types(FieldValues values) {
        if (values.kind() == AssetKind.CONFIGURATION) {
            return quoted(values.get(ConfigurationFields.TYPE));
        }
        Set<Choice> types = values.get(OrganizationFields.TYPES);
        return types == null
                ? quoted(null)
                : types.stream()
                        .filter(type -> !settings.organizations().types().contains(type))
                        .map(GateWords::quoted)
                        .collect(Collectors.joining(", "));
    }

    private static String quoted(@Nullable Choice choice) {
        return choice == null ? "(none)" : "‹" + choice.name() + "›";
    }
}
