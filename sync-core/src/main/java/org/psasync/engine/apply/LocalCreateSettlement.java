package org.psasync.engine.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.psasync.engine.decide.Matching;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.pair.After;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocalId;
import org.psasync.model.TicketFields;
import org.psasync.spi.MatchKey;
import org.psasync.store.Candidate;
import org.psasync.store.Event;
import org.psasync.store.InFlight;
import org.psasync.store.Pair;

/**
 * Finds out whether a host made a record before the run ended (SAFE-7). One that keeps pair ids answers a repeated
 * create with it; any other is searched by what was sent: the match keys, or the number of a ticket.
 */
final class LocalCreateSettlement {
    private final Desk desk;
    private final Ledger ledger;
    private final Matching matching;
    private final Unsettled unsettled;

    LocalCreateSettlement(Desk desk) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.matching = new Matching(desk.policy());
        this.unsettled = new Unsettled(desk);
    }

    void settle(PairFacts facts, InFlight.CreatingLocal write) {
        Pair pair = facts.pair();
        if (desk.assets().keepsPairIds()) {
            decideAgain(pair);
            return;
        }
        List<Asset> alike = unlinked(write.sent());
        List<Asset> same =
                alike.stream().filter(asset -> holds(asset, write.sent())).toList();
        if (same.size() == 1) {
            link(pair, same.get(0));
        } else if (alike.isEmpty() || same.isEmpty() && matching.recognises(pair.remoteValues())) {
            // It was not made, or is matched by its keys like any other record.
            decideAgain(pair);
        } else {
            unsettled.ask(
                    pair,
                    "A run ended while it was being made in the host, which now has records that may be it.",
                    alike.stream().map(LocalCreateSettlement::candidate).toList());
        }
    }

    private void decideAgain(Pair pair) {
        ledger.store(new Ledger.Entry(
                pair, stored -> stored.toBuilder().inFlight(null).dirty(true).build(), List.of()));
    }

    /** Returns the unlinked records of the host that share what was sent by which such a record is known. */
    private List<Asset> unlinked(FieldValues sent) {
        MatchKey key = key(sent);
        List<Asset> found = desk.assets().match(sent.kind(), List.of(key));
        Map<LocalId, Pair> pairs =
                desk.state().byLocal(sent.kind(), found.stream().map(Asset::id).toList());
        List<Asset> result = new ArrayList<>();
        for (Asset asset : found) {
            Pair pair = pairs.get(asset.id());
            boolean free = pair == null || !pair.linked() && pair.inFlight() == null;
            if (free && holds(asset, key.values())) {
                result.add(asset);
            }
        }
        return result;
    }

    private MatchKey key(FieldValues sent) {
        if (sent.kind() != AssetKind.TICKET) {
            return matching.key(sent);
        }
        Field<String> field = sent.get(TicketFields.NUMBER) == null ? TicketFields.TITLE : TicketFields.NUMBER;
        return new MatchKey(sent.only(each -> each.equals(field)), false);
    }

    private static boolean holds(Asset asset, FieldValues sent) {
        return sent.fields().stream()
                .filter(asset.values()::has)
                .allMatch(field -> Objects.equals(asset.values().get(field), sent.get(field)));
    }

    private void link(Pair pair, Asset asset) {
        Event event = ledger.event(
                Event.Type.CREATED_LOCALLY,
                pair.toBuilder().local(asset.id()).build(),
                List.of(),
                "it was made before the run ended; it was found and linked (SAFE-7)");
        ledger.store(new Ledger.Entry(
                pair,
                stored -> After.agreed(
                                After.linked(stored, asset.id(), Objects.requireNonNull(stored.remote())),
                                CreateSettlement.arrived(asset.values(), asset.values(), stored.remoteValues()))
                        .toBuilder()
                        .inFlight(null)
                        .dirty(true)
                        .build(),
                List.of(event)));
    }

    private static Candidate candidate(Asset asset) {
        return new Candidate(
                asset.ref(),
                Objects.requireNonNullElse(Fields.title(asset.values()), ""),
                "The host has it since, with the same key.");
    }
}
