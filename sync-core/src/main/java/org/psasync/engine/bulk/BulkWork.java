package org.psasync.engine.bulk;

import java.util.ArrayList;
import java.util.List;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.apply.BulkTally;
import org.psasync.engine.apply.LocalDeletes;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.desk.RunStopped;
import org.psasync.engine.manage.BulkAction;
import org.psasync.engine.pair.Leaving;
import org.psasync.model.SyncState;
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
            goOn();
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
        List<Ledger.Entry> cuts = pairs.stream()
                .map(pair -> new Ledger.Entry(
                        pair,
                        stored -> stored.leftAlone() ? stored : Leaving.disconnected(stored),
                        List.of(ledger.event(
                                Event.Type.DISCONNECTED, pair, List.of(), "its row was disconnected (DATA-2)"))))
                .toList();
        try {
            ledger.store(cuts);
        } catch (RunStopped notShown) {
            // The links are cut all the same; only the host was not shown.
            pairs.stream().filter(this::isCut).forEach(tally::done);
            throw notShown;
        }
        pairs.forEach(tally::done);
    }

    private boolean isCut(Pair pair) {
        return desk.state()
                .pair(pair.id())
                .filter(now -> now.state() == SyncState.DISCONNECTED)
                .isPresent();
    }

    /** Keeps the right to go on, and stops where all that was done is stored when somebody cancelled it (DATA-7). */
    private void goOn() {
        desk.keepLease();
        String by = desk.slice().cancelledBy();
        if (by != null) {
            throw new RunStopped(
                    Status.INCOMPLETE,
                    "It was cancelled by " + by + " after " + tally.count() + " of " + shown.count() + " records.",
                    null,
                    null);
        }
    }

    private void delete(List<Pair> pairs) {
        List<Pair> alone = new ArrayList<>();
        for (Pair pair : pairs) {
            scan.children().pages(pair, this::deleteChildren);
            if (scan.children().anyLeft(pair)) {
                tally.left(pair, "something that belongs to it was not deleted");
            } else {
                alone.add(pair);
            }
        }
        if (!alone.isEmpty()) {
            deletes.delete(scan.target().kind(), alone, tally);
        }
    }

    private void deleteChildren(List<BulkScan.Found> page) {
        goOn();
        List<Pair> children = new ArrayList<>();
        for (BulkScan.Found child : page) {
            if (child.left() != null) {
                tally.left(child.pair(), child.left());
            } else if (shown.contains(child.pair())) {
                children.add(child.pair());
            } else {
                tally.left(child.pair(), BulkTally.CHANGED);
            }
        }
        if (!children.isEmpty()) {
            deletes.delete(children.get(0).kind(), children, tally);
        }
    }
}
