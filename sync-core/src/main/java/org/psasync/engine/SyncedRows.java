package org.psasync.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.ChoiceState.State;
import org.psasync.engine.decide.RowSelection;
import org.psasync.engine.manage.Row;
import org.psasync.engine.manage.SyncedRow;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.spi.ReferenceData;
import org.psasync.store.IntegrationState;
import org.psasync.store.LinkCounts;
import org.psasync.store.Place;
import org.psasync.store.Setup;

/** Puts the rows of synced items together: the PSA's lists, what is selected, and what the store counts (DATA-1). */
final class SyncedRows {
    private static final ReferenceData NO_LISTS = new ReferenceData(Map.of(), Map.of(), List.of());

    private final IntegrationState state;
    private final Mode mode;
    private final SyncSettings settings;
    private final ReferenceData reference;
    private final RowSelection selection;

    /** Makes the rows; {@code untyped} is the connector's type for records without one, null where it has none. */
    SyncedRows(IntegrationState state, @Nullable Choice untyped) {
        Setup setup = state.setup();
        this.state = state;
        this.mode = setup.mode();
        this.settings = setup.currentSettings();
        this.reference = setup.reference() == null ? NO_LISTS : setup.reference();
        this.selection = new RowSelection(settings, reference, untyped);
    }

    List<SyncedRow> all() {
        Map<AssetKind, LinkCounts> links = state.links();
        Map<AssetKind, Map<Place, LinkCounts>> placed = state.placed();
        List<SyncedRow> rows = new ArrayList<>();
        for (AssetKind kind : AssetKind.values()) {
            List<Field<?>> fields = Place.fields(kind);
            if (fields.isEmpty()) {
                LinkCounts counts = links.getOrDefault(kind, LinkCounts.NONE);
                rows.add(seen(new SyncedRow(Row.of(kind), null, counts, settings.enabled(kind))));
            }
            fields.forEach(field -> addRows(field, placed.getOrDefault(kind, Map.of()), rows));
        }
        return rows;
    }

    /** The PSA's values in their order, then selected ones that it does not know, then others that are in use. */
    private void addRows(Field<?> field, Map<Place, LinkCounts> placed, List<SyncedRow> rows) {
        Set<Place> seen = new HashSet<>();
        for (ChoiceState each : ChoiceStates.of(field, settings, reference)) {
            Place place = new Place(field, each.choice());
            if (seen.add(place)) {
                rows.add(row(place, each.state(), placed));
            }
        }
        placed.keySet().stream()
                .filter(place -> place.field().equals(field) && !seen.contains(place))
                .sorted(SyncedRows::byName)
                .forEach(place -> rows.add(row(place, State.NOT_CONNECTED, placed)));
    }

    private SyncedRow row(Place place, State known, Map<Place, LinkCounts> placed) {
        Row row = new Row(place.field().kind(), place);
        LinkCounts counts = placed.getOrDefault(place, LinkCounts.NONE);
        boolean active = selection.selects(place);
        if (place.choice() == null || place.choice().equals(selection.untyped())) {
            return seen(new SyncedRow(row, active ? State.ENABLED : State.DISABLED, counts, active));
        }
        return seen(new SyncedRow(row, known, counts, active));
    }

    /** Nothing of a disconnected integration syncs, whatever is selected (DATA-6). */
    private SyncedRow seen(SyncedRow row) {
        return mode == Mode.DISCONNECTED
                ? new SyncedRow(row.row(), row.selection(), row.counts().cut(), false)
                : row;
    }

    private static int byName(Place first, Place second) {
        return name(first).compareTo(name(second));
    }

    private static String name(Place place) {
        return place.choice() == null ? "" : place.choice().name();
    }
}
