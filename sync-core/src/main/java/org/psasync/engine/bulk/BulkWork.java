package org.psasync.engine.bulk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.apply.BulkTally;
import org.psasync.engine.apply.LocalDeletes;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.desk.RunStopped;
import org.psasync.engine.manage.BulkAction;
import org.psasync.engine.pair.Leaving;
import org.psasync.model.LocalId;
import org.psasync.model.Revision;
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
            List<BulkScan.Found> asShown = asShown(page);
            if (scan.action() == BulkAction.DISCONNECT) {
                disconnect(pairs(asShown));
            } else {
                delete(asShown);
            }
        });
    }

    private List<BulkScan.Found> asShown(List<BulkScan.Found> page) {
        List<BulkScan.Found> asShown = new ArrayList<>();
        for (BulkScan.Found found : page) {
            if (found.left() != null) {
                tally.left(found.pair(), found.left());
            } else if (shown.contains(found)) {
                asShown.add(found);
            } else {
                tally.left(found.pair(), BulkTally.CHANGED);
            }
        }
        return asShown;
    }

    private static List<Pair> pairs(List<BulkScan.Found> found) {
        return found.stream().map(BulkScan.Found::pair).toList();
    }

    private void disconnect(List<Pair> pairs) {
        List<Ledger.Entry> cuts = pairs.stream()
                .map(pair -> new Ledger.Entry(
                        pair,
                        stored -> stored.leftAlone() ? stored : Leaving.disconnected(stored),
                        List.of(ledger.event(
                                Event.Type.DISCONNECTED, pair, List.of(), "its row was disconnected (DATA-2)"))))
                .toList();
        ledger.store(cuts);
        pairs.forEach(tally::done);
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

    private void delete(List<BulkScan.Found> asShown) {
        List<BulkScan.Found> alone = new ArrayList<>();
        for (BulkScan.Found found : asShown) {
            scan.children().pages(found.pair(), page -> {
                goOn();
                deleteAlone(asShown(page));
            });
            if (scan.children().anyLeft(found.pair())) {
                tally.left(found.pair(), "something that belongs to it was not deleted");
            } else {
                alone.add(found);
            }
        }
        deleteAlone(alone);
    }

    private void deleteAlone(List<BulkScan.Found> asShown) {
        if (asShown.isEmpty()) {
            return;
        }
        Map<LocalId, Revision> revisions = new HashMap<>();
        for (BulkScan.Found found : asShown) {
            if (found.revision() != null) {
                revisions.put(Objects.requireNonNull(found.pair().local()), found.revision());
            }
        }
        deletes.delete(asShown.get(0).pair().kind(), pairs(asShown), revisions, tally);
    }
}
