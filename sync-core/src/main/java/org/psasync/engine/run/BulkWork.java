package org.psasync.engine.run;

import java.util.ArrayList;
import java.util.List;
import org.psasync.engine.manage.BulkAction;
import org.psasync.model.AssetKind;
import org.psasync.store.Event;
import org.psasync.store.Pair;

/** Does what was confirmed, to nothing but what was shown. */
final class BulkWork {
    private final Desk desk;
    private final BulkScan scan;
    private final Shown shown;
    private final BulkTally tally;
    private final Ledger ledger;
    private final LocalDeletes deletes;

    BulkWork(Desk desk, BulkScan scan, Shown shown, BulkTally tally) {
        this.desk = desk;
        this.scan = scan;
        this.shown = shown;
        this.tally = tally;
        this.ledger = new Ledger(desk);
        this.deletes = new LocalDeletes(desk);
    }

    void all() {
        scan.pages(page -> {
            desk.keepLease();
            List<Pair> pairs = new ArrayList<>();
            for (BulkScan.Found found : page) {
                if (found.left() != null) {
                    tally.left(found.pair(), found.left());
                } else if (shown.contains(found.pair())) {
                    pairs.add(found.pair());
                } else {
                    tally.left(found.pair(), BulkTally.CHANGED);
                }
            }
            if (scan.action() == BulkAction.DISCONNECT) {
                disconnect(pairs);
            } else {
                delete(pairs);
            }
        });
    }

    private void disconnect(List<Pair> pairs) {
        ledger.store(pairs.stream()
                .map(pair -> new Ledger.Entry(
                        pair,
                        stored -> stored.leftAlone() ? stored : Leaving.disconnected(stored),
                        List.of(ledger.event(
                                Event.Type.DISCONNECTED, pair, List.of(), "its row was disconnected (DATA-2)"))))
                .toList());
        pairs.forEach(tally::done);
    }

    private void delete(List<Pair> pairs) {
        List<Pair> alone = new ArrayList<>();
        for (Pair pair : pairs) {
            scan.below(pair, this::deleteChildren);
            if (hasChildren(pair)) {
                tally.left(pair, "something that belongs to it was not deleted");
            } else {
                alone.add(pair);
            }
        }
        if (!alone.isEmpty()) {
            deletes.delete(scan.target().kind(), alone, tally);
        }
    }

    private void deleteChildren(List<Pair> page) {
        desk.keepLease();
        List<Pair> children = new ArrayList<>();
        for (Pair child : page) {
            if (shown.contains(child)) {
                children.add(child);
            } else {
                tally.left(child, BulkTally.CHANGED);
            }
        }
        if (!children.isEmpty()) {
            deletes.delete(children.get(0).kind(), children, tally);
        }
    }

    private boolean hasChildren(Pair pair) {
        boolean[] any = new boolean[1];
        if (pair.kind() == AssetKind.ORGANIZATION) {
            scan.below(pair, page -> any[0] = true);
        }
        return any[0];
    }
}
