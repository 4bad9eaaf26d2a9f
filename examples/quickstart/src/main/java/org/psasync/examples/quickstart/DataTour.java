package org.psasync.examples.quickstart;

import java.util.Locale;
import org.psasync.engine.Disposition;
import org.psasync.engine.ManageData;
import org.psasync.engine.manage.BulkPreview;
import org.psasync.engine.manage.DataPage;
import org.psasync.engine.manage.RecordResult;
import org.psasync.engine.manage.SyncedRow;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.SyncState;

/** Shows what a manager sees of an integration's data, and does to one record of it. */
final class DataTour {
    private static final int MOST = 1000;

    private final Screen screen;
    private final ManageData data;

    DataTour(Screen screen, ManageData data) {
        this.screen = screen;
        this.data = data;
    }

    void show() {
        screen.title("Manage Data: what syncs, by type and status");
        screen.say(String.format(
                Locale.ROOT,
                "%-13s %-20s %8s %8s %8s  %s",
                "kind",
                "row",
                "syncing",
                "orphaned",
                "out",
                "sync active"));
        boolean agree = true;
        for (SyncedRow row : data.syncedItems()) {
            if (row.counts().total() > 0) {
                screen.say(line(row));
                agree &= listed(row) == row.counts().total();
            }
        }
        screen.outcome("DATA-1", "each row counts what its list holds", agree);
    }

    private static String line(SyncedRow row) {
        long out = row.counts().of(SyncState.DISABLED) + row.counts().of(SyncState.DISCONNECTED);
        return String.format(
                Locale.ROOT,
                "%-13s %-20s %8d %8d %8d  %s",
                row.row().kind().name().toLowerCase(Locale.ROOT),
                row.row().place() == null ? "all" : row.row().name(),
                row.counts().of(SyncState.SYNCING),
                row.counts().of(SyncState.ORPHANED),
                out,
                row.syncActive() ? "Yes" : "No");
    }

    private long listed(SyncedRow row) {
        long count = 0;
        String next = null;
        do {
            DataPage page = data.view(row.row(), next, MOST);
            count += page.entries().size();
            next = page.next();
        } while (next != null);
        return count;
    }

    /** Takes a record out of the sync and back, and looks at what a delete of its row would do. */
    void act(LocalRef record) {
        RecordResult out = data.disable(record);
        RecordResult back = data.reconnect(record);
        screen.outcome(
                "DATA-4",
                "a record was " + out.disposition().words() + ", and reconnected: "
                        + back.disposition().words(),
                out.disposition() == Disposition.DISABLED && back.disposition() == Disposition.IN_SYNC);
        SyncedRow printers = data.syncedItems().stream()
                .filter(row -> row.row().place() != null
                        && row.row().place().field().equals(ConfigurationFields.TYPE)
                        && row.row().name().equals("Printer"))
                .findFirst()
                .orElseThrow();
        BulkPreview preview = data.previewDelete(printers.row());
        preview.warnings().forEach(screen::say);
        screen.outcome(
                "DATA-5",
                "deleting the row of printers would delete " + preview.count() + " local records; it is not confirmed",
                preview.records().getOrDefault(AssetKind.CONFIGURATION, 0L)
                                + preview.left().size()
                        > 0);
    }
}
