package org.psasync.engine.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Explanation.Evidence;
import org.psasync.engine.decide.LinkTable;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.decide.Policy;
import org.psasync.engine.decide.Words;
import org.psasync.model.Asset;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocalRef;
import org.psasync.spi.FieldRule;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.RemoteVersion;
import org.psasync.store.Base;
import org.psasync.store.Grant;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;

/** Finds what a person may look at to follow an explanation: times, failures, candidates, values (WHY-1). */
final class EvidenceFinder {
    private final Policy policy;
    private final Pair pair;
    private final @Nullable Asset local;
    private final LinkTable links;
    private final List<Evidence> found = new ArrayList<>();

    EvidenceFinder(Policy policy, PairFacts facts) {
        this.policy = policy;
        this.pair = facts.pair();
        this.local = facts.local();
        this.links = facts.links();
    }

    List<Evidence> find() {
        times();
        troubles();
        Observation observed = pair.observed();
        if (local != null && observed != null && pair.linked()) {
            differences(local.values(), observed.values());
        }
        if (pair.linked()) {
            policy.rules(pair.kind()).forEach(this::pulledOnly);
        }
        if (local != null) {
            staysLocal(local.values());
        }
        return found;
    }

    private void add(String what, String value) {
        found.add(new Evidence(what, value));
    }

    private void times() {
        Observation observed = pair.observed();
        if (observed != null) {
            add(policy.psa() + " read at", observed.from().toString());
            RemoteVersion version = observed.version();
            if (version.changedAt() != null) {
                String by = version.changedBy() == null ? "" : " by " + version.changedBy();
                add("changed there at", version.changedAt() + by);
            }
        }
        if (local != null) {
            add(
                    "saved locally",
                    "by " + local.lastEdit().actor() + " (" + local.lastEdit().origin() + ") at "
                            + local.lastEdit().at());
        }
        Grant grant = pair.grant();
        if (grant != null) {
            String save = "by " + grant.actor() + " at " + grant.at();
            if (grant.forbidden()) {
                add("not confirmed", save + ": two-way was not allowed then (SET-6)");
            } else {
                add("confirmed", save);
            }
        }
        if (pair.dueAt() != null) {
            add("next attempt", "at " + pair.dueAt());
        }
    }

    private void troubles() {
        Trouble.Failure failure = pair.trouble().failure();
        if (failure != null) {
            String side = failure.side() == Trouble.Side.HOST ? "the host" : policy.psa();
            String attempts = failure.attempts() == 1 ? "1 attempt" : failure.attempts() + " attempts";
            add("last failure", side + ": " + failure.text() + " (" + attempts + ")");
        }
        Trouble.Review review = pair.trouble().review();
        if (review != null) {
            review.candidates()
                    .forEach(candidate -> add(
                            "candidate", candidate.record() + " \"" + candidate.title() + "\": " + candidate.why()));
        }
    }

    private void differences(FieldValues here, FieldValues there) {
        Base base = pair.baseOrNone();
        for (FieldRule rule : policy.rules(pair.kind())) {
            Field<?> field = rule.field();
            Object ours = here.get(field);
            Object theirs = there.get(field);
            if (here.has(field)
                    && there.has(field)
                    && !isLeftOut(ours, theirs)
                    && !Objects.equals(inPsaTerms(ours), inPsaTerms(theirs))) {
                add(
                        Words.of(field),
                        "local " + shown(ours) + ", PSA " + shown(theirs) + agreed(base, field, ours, theirs));
            }
        }
    }

    /** A reference to a record of a kind that does not sync is nothing to compare. */
    private boolean isLeftOut(@Nullable Object ours, @Nullable Object theirs) {
        Object value = ours == null ? theirs : ours;
        Object one = value instanceof Set<?> several && !several.isEmpty()
                ? several.iterator().next()
                : value;
        return one instanceof AssetRef ref && !policy.settings().enabled(ref.kind());
    }

    private @Nullable Object inPsaTerms(@Nullable Object value) {
        if (value instanceof Set<?> several) {
            return several.stream().map(this::inPsaTerms).collect(Collectors.toSet());
        }
        Pair link = value instanceof LocalRef ref ? links.pair(ref) : null;
        return link == null || link.remoteRef() == null ? value : link.remoteRef();
    }

    private String agreed(Base base, Field<?> field, @Nullable Object ours, @Nullable Object theirs) {
        if (!base.has(field)) {
            return "; never agreed on (MATCH-8)";
        }
        Object oursThen = base.local().get(field);
        Object theirsThen = base.remote().get(field);
        boolean settled = Objects.equals(oursThen, ours) && Objects.equals(theirsThen, theirs);
        return settled
                ? "; each side keeps it its own way (MERGE-7)"
                : "; when last agreed on: local " + shown(oursThen) + ", PSA " + shown(theirsThen);
    }

    /** Pull-only is said per field, with what makes it so (WHY-2). */
    private void pulledOnly(FieldRule rule) {
        if (policy.pushes(rule)) {
            return;
        }
        String why;
        if (!rule.writable()) {
            why = policy.psa() + " does not let it be written (FIELD-8)";
        } else if (policy.kind(pair.kind()).filter(KindDescriptor::update).isEmpty()
                || !pair.kind().twoWay()) {
            why = policy.psa() + " does not let " + Words.of(pair.kind()) + "s be changed (FIELD-8)";
        } else if (policy.settings().mapping().pullOnly().contains(rule.field())) {
            why = "the settings say so (FIELD-1)";
        } else {
            why = "two-way sync is off (PUSH-1)";
        }
        add(Words.of(rule.field()), "only pulled: " + why);
    }

    private void staysLocal(FieldValues values) {
        for (Field<?> field : values.fields()) {
            if (values.get(field) != null && !policy.maps(field)) {
                boolean excluded = policy.settings().mapping().excluded().contains(field);
                add(
                        Words.of(field),
                        excluded
                                ? "stays local: the settings leave it out (FIELD-1)"
                                : "stays local: " + policy.psa() + " has no place for it (FIELD-4)");
            }
        }
    }

    private String shown(@Nullable Object value) {
        Pair pair = value instanceof AssetRef ref ? links.pair(ref) : null;
        String title = pair == null ? null : Fields.title(pair.remoteValues());
        return value == null ? "(blank)" : "\"" + (title == null ? value : title) + "\"";
    }
}
