package org.psasync.testkit;

import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.Draft;
import org.psasync.spi.IdPage;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.WriteOptions;

/** Values and readings that the tests of this package share. */
final class Samples {
    private Samples() {}

    static FieldValues organization(String name) {
        return FieldValues.empty(ORGANIZATION).with(OrganizationFields.NAME, name);
    }

    static FieldValues configuration(FakePsa psa, RemoteRef organization, String name) {
        return FieldValues.of(CONFIGURATION)
                .set(ConfigurationFields.ORGANIZATION, organization)
                .set(ConfigurationFields.NAME, name)
                .set(ConfigurationFields.TYPE, psa.choice(ConfigurationFields.TYPE, "Server"))
                .build();
    }

    static Draft draft(FieldValues values, Draft... parts) {
        return new Draft(new PairId(0, 1), values, List.of(parts), Map.of(), WriteOptions.NONE);
    }

    static RemoteRecord readOne(FakePsa psa, RemoteRef ref) {
        RemoteRead read = psa.read(ref.kind(), List.of(ref.id())).get(ref.id());
        if (read instanceof RemoteRead.Found found) {
            return found.record();
        }
        throw new AssertionError(ref + " was answered with " + read);
    }

    /** All pages from a cursor to the last; fails when the reading does not end. */
    static List<RemotePage> pages(FakePsa psa, AssetKind kind, ReadScope scope, RemoteCursor from, int limit) {
        List<RemotePage> pages = new ArrayList<>();
        RemoteCursor cursor = from;
        do {
            RemotePage page = psa.changes(kind, scope, cursor, limit);
            if (!page.last() && page.next().equals(cursor) || pages.size() > 10_000) {
                throw new AssertionError("The reading does not move on at " + cursor);
            }
            pages.add(page);
            cursor = page.next();
        } while (!pages.get(pages.size() - 1).last());
        return pages;
    }

    static List<RemoteRecord> records(List<RemotePage> pages) {
        return pages.stream().flatMap(page -> page.records().stream()).toList();
    }

    static List<RemoteId> changed(FakePsa psa, AssetKind kind, ReadScope scope, RemoteCursor from) {
        return records(pages(psa, kind, scope, from, 3)).stream()
                .map(RemoteRecord::id)
                .distinct()
                .toList();
    }

    static RemoteCursor end(FakePsa psa, AssetKind kind) {
        List<RemotePage> pages = pages(psa, kind, ReadScope.ALL, RemoteCursor.start(), 1000);
        return pages.get(pages.size() - 1).next();
    }

    static List<IdPage> listing(FakePsa psa, AssetKind kind) {
        List<IdPage> pages = new ArrayList<>();
        RemoteCursor cursor = RemoteCursor.start();
        do {
            IdPage page = psa.ids(kind, ReadScope.ALL, cursor);
            pages.add(page);
            cursor = page.next();
        } while (!pages.get(pages.size() - 1).last() && pages.size() < 1000);
        return pages;
    }
}
