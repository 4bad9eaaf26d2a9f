package org.psasync.examples.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Actor;
import org.psasync.engine.Disposition;
import org.psasync.engine.ManageData;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.manage.BulkPreview;
import org.psasync.engine.manage.BulkReport;
import org.psasync.engine.manage.DataFilter;
import org.psasync.engine.manage.DataPage;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.engine.manage.RecordPage;
import org.psasync.engine.manage.Row;
import org.psasync.model.AssetKind;
import org.psasync.model.PairId;
import org.psasync.model.SyncState;

/** The pages of Manage Data. */
final class DataPages {
    private final ManageData data;

    DataPages(SyncEngine engine, Actor person) {
        this.data = engine.as(person).manageData();
    }

    // guide: rows
    List<String> rows() {
        return data.syncedItems().stream()
                .map(row -> row.row().name()
                        + ": syncing " + row.counts().of(SyncState.SYNCING)
                        + ", orphaned " + row.counts().of(SyncState.ORPHANED)
                        + ", failed " + row.counts().failed()
                        + ", sync active: " + (row.syncActive() ? "Yes" : "No"))
                .toList();
    }

    List<String> view(Row row) {
        List<String> titles = new ArrayList<>();
        String next = null;
        do { // a screen shows one page and keeps next for its button
            DataPage page = data.view(row, next, 100);
            page.entries().forEach(entry -> titles.add(entry.title() + " " + entry.state()));
            next = page.next();
        } while (next != null);
        return titles;
    }
    // guide: end

    // guide: counts
    DataPage orphaned(Row row, @Nullable String next) {
        return data.view(row, DataFilter.ALL.inState(SyncState.ORPHANED), next, 100); // behind the row's count
    }

    DataPage failed(Row row, @Nullable String next) {
        return data.view(row, DataFilter.ALL.onlyFailed(), next, 100);
    }

    DataPage search(Row row, String name, @Nullable String next) {
        return data.view(row, DataFilter.ALL.named(name), next, 100);
    }

    List<String> standing(AssetKind kind, Disposition where, @Nullable String next) {
        RecordPage page = data.standing(kind, where, DataFilter.ALL, next, 100); // behind engine.counts()
        return page.entries().stream()
                .map(entry -> entry.title() + ": " + entry.standing().words() + " " + entry.reasons())
                .toList();
    }

    RecordPage turnedAway(AssetKind kind, String reason, @Nullable String next) {
        return data.turnedAway(kind, reason, DataFilter.ALL, next, 100); // behind a run's report
    }
    // guide: end

    // guide: pause-row
    void pause(Row row) {
        data.pause(row); // the same as unticking it in the settings
    }
    // guide: end

    // guide: bulk
    BulkPreview askToDisconnect(Row row) {
        return data.previewDisconnect(row);
    }

    BulkPreview askToDelete(Row row) {
        return data.previewDelete(row);
    }

    String confirm(BulkPreview shown) {
        try {
            BulkReport report = data.confirm(shown);
            String left = report.leftCount() == 0 ? "" : ", left as they are: " + report.left();
            return "Done to " + report.count() + left + (report.ended() ? "" : ". " + report.message());
        } catch (PreviewExpiredException changed) {
            return "Look again: " + changed.getMessage();
        }
    }
    // guide: end

    // guide: kept
    String keep(BulkPreview shown) {
        return shown.toText();
    }

    String confirmKept(String kept) {
        return confirm(BulkPreview.parse(kept));
    }
    // guide: end

    // guide: orphans
    DataPage orphans(AssetKind kind, @Nullable String next) {
        return data.orphaned(kind, null, next, 100);
    }

    BulkPreview askToDelete(AssetKind kind, Set<PairId> ticked) {
        return data.previewDelete(kind, ticked);
    }

    BulkPreview askToDeleteAllOrphans(AssetKind kind) {
        return data.previewDeleteOrphans(kind, null);
    }

    DataPage disconnected(AssetKind kind, @Nullable String next) {
        return data.disconnected(kind, next, 100);
    }
    // guide: end
}
