package org.psasync.engine.decide;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.Problem;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;
import org.psasync.store.Trouble.Failure;

/** Says in words where the fields of a link stand. */
final class MergeWords {
    static final Because AGREED = new Because("MERGE-1", "both sides agree");

    private final Policy policy;

    MergeWords(Policy policy) {
        this.policy = policy;
    }

    /**
     * Returns where a link stands whose gate is open.
     *
     * @param more what else is to be said
     */
    Verdict verdict(Pair pair, Merge merge, List<Because> more) {
        List<Because> because = new ArrayList<>();
        Disposition disposition = describe(pair, merge, because);
        because.addAll(more);
        if (because.isEmpty()) {
            because.add(AGREED);
        }
        return new Verdict(Situation.LINKED_GATE_OPEN, disposition, because, remedy(disposition, merge));
    }

    /** Names everything that can be said about the fields, and returns what weighs most. */
    private Disposition describe(Pair pair, Merge merge, List<Because> because) {
        Disposition result = Disposition.IN_SYNC;
        Failure failure = pair.trouble().failure();
        if (!merge.unconfirmed().isEmpty()) {
            result = Disposition.AWAITING_CONFIRMATION;
            because.add(new Because(
                    "PUSH-4",
                    "not pushed to " + policy.psa() + " yet, saving it will: " + Words.of(merge.unconfirmed())));
        }
        if (!merge.refusals().isEmpty()) {
            result = failure != null
                            && failure.side() == Trouble.Side.HOST
                            && merge.refusals().stream().anyMatch(failure.problems()::contains)
                    ? Disposition.REFUSED_BY_HOST
                    : Disposition.REFUSED_BY_PSA;
            for (Problem problem : merge.refusals()) {
                because.add(new Because("PUSH-13", problem.toString()));
            }
        }
        if (!merge.oscillating().isEmpty()) {
            result = Disposition.OSCILLATING;
            because.add(new Because(
                    "MERGE-7",
                    "what the engine wrote was undone twice, so it is left alone: " + Words.of(merge.oscillating())));
        }
        if (!merge.frozen().isEmpty()) {
            result = Disposition.CONFLICT_TO_DECIDE;
            because.add(
                    new Because("MERGE-5", "both sides changed " + Words.of(merge.frozen()) + "; a person decides"));
        }
        if (merge.writes()) {
            result = Disposition.CHANGE_WAITING;
            because.add(new Because("MERGE-1", waiting(merge)));
            if (failure != null && failure.refused() == null) {
                result = Disposition.RETRYING;
                because.add(retrying(failure));
            }
        }
        references(merge, because);
        if (result == Disposition.IN_SYNC
                && pair.observed() != null
                && pair.observed().row()) {
            result = Disposition.CHANGE_WAITING;
            because.add(new Because(
                    "PSA-PW-4", "only its list row was read; its details are read as the PSA's limits allow"));
        }
        return result;
    }

    static Because retrying(Failure failure) {
        return new Because("PUSH-13", "the last attempt failed and is repeated: " + failure.text());
    }

    private static void references(Merge merge, List<Because> because) {
        List<Field<?>> foreign = merge.fields(FieldStanding.FOREIGN);
        List<Field<?>> inCircle = merge.fields(FieldStanding.IN_CIRCLE);
        if (!foreign.isEmpty()) {
            because.add(new Because("FIELD-6", Words.of(foreign) + " belongs to another organization"));
        }
        if (!inCircle.isEmpty()) {
            because.add(new Because(
                    "FIELD-10", Words.of(inCircle) + " is left out, because the parents go round in a circle"));
        }
        List<Field<?>> kindOff = merge.fields(FieldStanding.KIND_OFF);
        if (!kindOff.isEmpty()) {
            because.add(new Because(
                    "FIELD-6", Words.of(kindOff) + " is left out as long as records of its kind do not sync"));
        }
        if (merge.awaited().size() > foreign.size() + inCircle.size()) {
            for (AssetRef missing : merge.awaited()) {
                because.add(new Because("FIELD-6", "a reference is left out until " + missing + " is linked"));
            }
        }
    }

    private static String waiting(Merge merge) {
        String pull = merge.pull().isEmpty()
                ? ""
                : "to pull: " + Words.of(merge.pull().fields());
        String push = merge.push().isEmpty()
                ? ""
                : "to push: " + Words.of(merge.push().fields());
        return pull + (pull.isEmpty() || push.isEmpty() ? "" : "; ") + push;
    }

    private static String refusals(Merge merge) {
        return merge.refusals().stream().map(Problem::toString).distinct().collect(joining(" "));
    }

    private @Nullable String remedy(Disposition disposition, Merge merge) {
        return switch (disposition) {
            case AWAITING_CONFIRMATION -> "Save the record.";
            case CONFLICT_TO_DECIDE ->
                "Decide in the review queue which side's value is right, or enter it on both sides.";
            case OSCILLATING -> "Find out who else writes the field, then save the record.";
            case REFUSED_BY_PSA -> "Change the record so that it is accepted, and save it: " + refusals(merge);
            case REFUSED_BY_HOST -> "Change it in " + policy.psa() + " so that the host accepts it: " + refusals(merge);
            default -> null;
        };
    }
}
