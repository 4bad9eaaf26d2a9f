package org.psasync.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.Explanation.Evidence;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.decide.Words;
import org.psasync.model.Asset;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.spi.FieldRule;
import org.psasync.spi.RemoteRead;
import org.psasync.store.Base;
import org.psasync.store.Observation;
import org.psasync.store.Pair;

/** Says where a record stands and why, by the same functions that decide (WHY-3). */
public final class Explainer {
    private final Parties parties;

    /** Makes the explainer of an engine. */
    public Explainer(Parties parties) {
        this.parties = parties;
    }

    /** Explains a record of either side. */
    public Explanation explain(AssetRef ref) {
        Desk desk = parties.pushDesk(null);
        Pair pair = ref instanceof LocalRef local
                ? parties.state().byLocal(local).orElseGet(() -> Pair.ofLocal(desk.newPairId(), local))
                : remotePair(desk, (RemoteRef) ref);
        if (pair == null) {
            return unknown(ref, desk.policy().psa() + " has no such record");
        }
        FactsLoader loader = new FactsLoader(desk);
        PairFacts facts = loader.load(ref.kind(), List.of(pair), Set.of()).get(0);
        if (ref instanceof LocalRef && facts.local() == null && !pair.linked()) {
            return unknown(ref, "the host has no such record");
        }
        Decision decision = desk.planner().decide(facts);
        if (decision instanceof Decision.Need need && need.what() == Decision.What.RIVALS) {
            facts = loader.withRivals(ref.kind(), List.of(facts), null).get(0);
            decision = desk.planner().decide(facts);
        }
        FieldValues named =
                facts.local() == null ? pair.remoteValues() : facts.local().values();
        return new Explanation(
                ref.kind(),
                pair.localRef(),
                pair.remoteRef(),
                Objects.requireNonNullElse(Fields.title(named), ""),
                decision.verdict().disposition(),
                decision.verdict().because().stream()
                        .map(each -> new Explanation.Reason(each.rule(), each.text()))
                        .toList(),
                evidence(desk, pair, facts.local()),
                decision.verdict().remedy());
    }

    private static Explanation unknown(AssetRef ref, String text) {
        return new Explanation(
                ref.kind(),
                ref instanceof LocalRef local ? local : null,
                ref instanceof RemoteRef remote ? remote : null,
                "",
                Disposition.UNKNOWN,
                List.of(new Explanation.Reason("WHY-2", text)),
                List.of(),
                null);
    }

    /** A record that no run has read yet is read now. */
    private @Nullable Pair remotePair(Desk desk, RemoteRef ref) {
        Pair known = parties.state().byRemote(ref).orElse(null);
        if (known != null) {
            return known;
        }
        if (desk.policy().kind(ref.kind()).isEmpty() || desk.setup().refusal() != null) {
            return null;
        }
        RemoteRead read = desk.psa().read(ref.kind(), List.of(ref.id())).get(ref.id());
        return read instanceof RemoteRead.Found found
                ? Pair.ofRemote(desk.newPairId(), ref).toBuilder()
                        .observed(Observation.of(found.record(), desk.now()))
                        .build()
                : null;
    }

    private static List<Evidence> evidence(Desk desk, Pair pair, @Nullable Asset local) {
        List<Evidence> result = new ArrayList<>();
        Observation observed = pair.observed();
        if (observed != null) {
            result.add(new Evidence(
                    desk.policy().psa() + " read at", observed.from().toString()));
            if (observed.version().changedAt() != null) {
                result.add(new Evidence(
                        "changed there at", observed.version().changedAt().toString()));
            }
        }
        if (local != null) {
            result.add(new Evidence(
                    "saved locally",
                    "by " + local.lastEdit().actor() + " (" + local.lastEdit().origin() + ") at "
                            + local.lastEdit().at()));
        }
        if (pair.trouble().review() != null) {
            pair.trouble()
                    .review()
                    .candidates()
                    .forEach(candidate -> result.add(new Evidence(
                            "candidate", candidate.record() + " \"" + candidate.title() + "\": " + candidate.why())));
        }
        if (local != null && observed != null && pair.linked()) {
            differences(desk, pair, local, observed, result);
        }
        return result;
    }

    private static void differences(Desk desk, Pair pair, Asset local, Observation observed, List<Evidence> result) {
        Base base = pair.baseOrNone();
        for (FieldRule rule : desk.policy().rules(pair.kind())) {
            Field<?> field = rule.field();
            Object here = local.values().get(field);
            Object there = observed.values().get(field);
            boolean comparable = !(here instanceof AssetRef) && !(there instanceof AssetRef);
            if (comparable
                    && local.values().has(field)
                    && observed.values().has(field)
                    && !Objects.equals(here, there)) {
                boolean settled = base.has(field)
                        && Objects.equals(base.local().get(field), here)
                        && Objects.equals(base.remote().get(field), there);
                result.add(new Evidence(
                        Words.of(field),
                        "local " + shown(here) + ", PSA " + shown(there)
                                + (settled ? "; each side keeps it its own way (MERGE-7)" : "")
                                + (rule.writable() ? "" : "; only pulled (FIELD-8)")));
            }
        }
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "(blank)" : "\"" + value + "\"";
    }
}
