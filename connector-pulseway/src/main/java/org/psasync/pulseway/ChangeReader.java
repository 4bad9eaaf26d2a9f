package org.psasync.pulseway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteId;
import org.psasync.pulseway.Pages.Listing;
import org.psasync.pulseway.Pages.Page;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRecord;

/**
 * Reads accounts and contacts that changed, all locations with their accounts, and the rows of all assets.
 *
 * <p>Whether lists without a filter show what is inactive is not documented, so active and inactive records are asked for
 * apart. In which time zone the dates of a filter are taken is not either: passes overlap by more than any zone is away
 * from another.
 */
final class ChangeReader {
    static final Duration OVERLAP = Duration.ofHours(15);

    private static final int PARTS = 2;

    private final Api api;
    private final Pages pages;
    private final Kinds kinds;
    private final TicketReader tickets;
    private final InstantSource clock;

    ChangeReader(Api api, Pages pages, Kinds kinds, RecordReader records, InstantSource clock) {
        this.api = api;
        this.pages = pages;
        this.kinds = kinds;
        this.clock = clock;
        this.tickets = new TicketReader(api, pages, kinds.of(AssetKind.TICKET), records, clock);
    }

    RemotePage read(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
        return switch (kind) {
            case ORGANIZATION, CONTACT -> changed(kinds.of(kind), cursor, limit);
            case LOCATION -> locations(cursor, limit);
            case CONFIGURATION -> assetRows(cursor, limit);
            case TICKET -> tickets.read(scope, cursor, limit);
        };
    }

    private RemotePage changed(RecordKind kind, RemoteCursor cursor, int limit) {
        String path = kind.kind() == AssetKind.CONTACT ? "v2/crm/contacts/summary" : "v2/crm/accounts/summary";
        Place place = Place.of(cursor);
        Instant from = place.from();
        String active = Boolean.toString(place.part() == 0);
        Listing list = from == null
                ? Pages.list(kind.call("page"), path, "IsActive", active)
                : Pages.list(kind.call("page"), path, "IsActive", active, "ModifiedOnFrom", from.toString());
        Page page = pages.page(list, place, limit);
        Instant began = Session.serverTime(page.answer(), clock.instant()).minus(OVERLAP);
        Collected collected = new Collected();
        page.rows().forEach(row -> collected.take(row, each -> inList(kind, each)));
        return collected.page(place.begun(began), page, PARTS, true);
    }

    /** Whether lists show the locations of accounts is not sure: an account without any may have some. */
    private static RemoteRecord inList(RecordKind kind, JsonValue row) {
        RemoteRecord record = kind.read(row);
        boolean unsure = kind.kind() == AssetKind.ORGANIZATION
                && row.elements("Locations").isEmpty();
        return unsure
                ? new RemoteRecord(
                        record.id(),
                        record.version(),
                        record.values().without(OrganizationFields.PRIMARY_LOCATION),
                        record.deleted(),
                        record.createdAt(),
                        record.note())
                : record;
    }

    private RemotePage assetRows(RemoteCursor cursor, int limit) {
        RecordKind kind = kinds.of(AssetKind.CONFIGURATION);
        Place place = Place.of(cursor);
        Listing list = Pages.list(
                kind.call("page"),
                "v2/servicedesk/hardwareasset/searchselect",
                "IsActive",
                Boolean.toString(place.part() == 0));
        Page page = pages.page(list, place, limit);
        Collected collected = new Collected();
        page.rows().forEach(row -> collected.take(row, AssetRows::read));
        return collected.page(place, page, PARTS, false);
    }

    // Locations ------------------------------------------------------------------------------------------------------

    private RemotePage locations(RemoteCursor cursor, int limit) {
        Place place = Place.of(cursor);
        Listing list = Pages.list(
                "locations.page", "v2/crm/accounts/summary", "IsActive", Boolean.toString(place.part() == 0));
        Page page = pages.page(list, place, limit);
        Collected collected = new Collected();
        for (JsonValue account : page.rows()) {
            Long id = Kinds.idOf(account);
            if (id != null) {
                locationsOf(account, id, collected);
            }
        }
        List<RemoteRecord> rest = rest(collected, place);
        if (rest.size() > limit) {
            List<RemoteRecord> some = rest.subList(0, limit);
            Place next = place.behind(Pages.size(place, limit), number(some.get(limit - 1)));
            return new RemotePage(some, collected.unreadable, next.cursor(), false, OptionalLong.empty());
        }
        return collected.only(rest).page(place, page, PARTS, false);
    }

    /** An account may have more locations than were asked for; those that were returned already are left out. */
    private static List<RemoteRecord> rest(Collected collected, Place place) {
        List<RemoteRecord> all = collected.records;
        for (int i = 0; i < all.size(); i++) {
            if (place.after() != 0 && number(all.get(i)) == place.after()) {
                return List.copyOf(all.subList(i + 1, all.size()));
            }
        }
        return List.copyOf(all);
    }

    private static long number(RemoteRecord location) {
        return Ids.location(location.id()).map(Ids.Location::location).orElse(0L);
    }

    /** An account that shows none in the list may show them alone. */
    private void locationsOf(JsonValue account, long id, Collected collected) {
        List<JsonValue> locations;
        try {
            locations = account.elements("Locations");
            if (locations.isEmpty()) {
                locations = api.get("locations.of", "v2/crm/accounts/summary/{}", id)
                        .elements("Locations");
            }
        } catch (ConnectorException.Gone e) {
            return;
        } catch (JsonMismatch e) {
            collected.unreadable.add(new RemotePage.Unreadable(
                    new RemoteId(id + "/unknown"), "The locations of account " + id + ": " + e.getMessage()));
            return;
        }
        RecordKind kind = kinds.of(AssetKind.LOCATION);
        locations.forEach(location -> collected.take(
                location, each -> FlatLocation.read(kind, id, each), number -> new Ids.Location(id, number).remote()));
    }

    // Pages ----------------------------------------------------------------------------------------------------------

    /** What a page of the PSA gives; one record that cannot be understood does not hold up the others (C4.4). */
    static final class Collected {
        final List<RemoteRecord> records = new ArrayList<>();
        final List<RemotePage.Unreadable> unreadable = new ArrayList<>();

        Collected only(List<RemoteRecord> some) {
            records.clear();
            records.addAll(some);
            return this;
        }

        void take(JsonValue row, Function<JsonValue, RemoteRecord> read) {
            take(row, read, Ids::of);
        }

        void take(JsonValue row, Function<JsonValue, RemoteRecord> read, Function<Long, RemoteId> idOf) {
            try {
                records.add(read.apply(row));
            } catch (JsonMismatch e) {
                Long id = Kinds.idOf(row);
                unreadable.add(new RemotePage.Unreadable(
                        id == null ? new RemoteId("without id") : idOf.apply(id), String.valueOf(e.getMessage())));
            }
        }

        /** @param delta whether the next pass reads only what changed since this one */
        RemotePage page(Place place, Page page, int parts, boolean delta) {
            Instant began = place.began();
            Place within = page.next() == null || began == null
                    ? page.next()
                    : page.next().begun(began);
            Place next = within == null && place.part() + 1 < parts ? place.nextPart() : within;
            RemoteCursor cursor = next == null ? delta ? place.next() : RemoteCursor.start() : next.cursor();
            return new RemotePage(records, unreadable, cursor, next == null, OptionalLong.empty());
        }
    }
}
