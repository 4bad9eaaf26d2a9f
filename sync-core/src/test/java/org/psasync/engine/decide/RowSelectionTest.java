package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.Selection;
import org.psasync.engine.SyncSettings;
import org.psasync.engine.SyncSettings.Configurations;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.ReferenceData;
import org.psasync.store.Place;

/** What a row selects, and what is left once it is paused (SET-2). */
class RowSelectionTest {
    private static final Choice UNKNOWN = new Choice("99", "Gone");

    private static RowSelection of(SyncSettings settings) {
        List<ReferenceData.Entry> types = Stream.of(Samples.SERVER, Samples.PRINTER)
                .map(RowSelectionTest::entry)
                .toList();
        ReferenceData reference = new ReferenceData(Map.of(ConfigurationFields.TYPE, types), Map.of(), List.of());
        return new RowSelection(settings, reference, Samples.UNTYPED);
    }

    private static ReferenceData.Entry entry(Choice choice) {
        return new ReferenceData.Entry(choice, true, OptionalLong.empty());
    }

    private static SyncSettings with(Selection types, boolean untyped) {
        return Samples.configurations(new Configurations(types, Selection.ALL, untyped, false))
                .apply(Samples.settings());
    }

    static Stream<Arguments> truthTable() {
        Selection server = Selection.of(Set.of(Samples.SERVER));
        Selection gone = Selection.of(Set.of(Samples.SERVER, UNKNOWN));
        Selection printer = Selection.of(Set.of(Samples.PRINTER));
        return Stream.of(
                //        selected       untyped  paused           before  types left      untyped left
                arguments(server, false, Samples.SERVER, true, Selection.NONE, false),
                arguments(server, false, Samples.PRINTER, false, server, false),
                arguments(Selection.ALL, false, Samples.SERVER, true, printer, false),
                arguments(
                        Selection.ALL,
                        false,
                        UNKNOWN,
                        true,
                        Selection.of(Set.of(Samples.SERVER, Samples.PRINTER)),
                        false),
                arguments(gone, false, UNKNOWN, true, server, false),
                arguments(server, true, Samples.UNTYPED, true, server, false),
                arguments(server, true, null, true, server, false),
                arguments(Selection.ALL, false, null, false, Selection.ALL, false));
    }

    @ParameterizedTest(name = "{0} (untyped {1}) without {2}")
    @MethodSource("truthTable")
    @DisplayName("SET-2, GATE-4: pausing a type takes it out of the selection, and nothing else")
    void takesOut(
            Selection types, boolean untyped, @Nullable Choice paused, boolean before, Selection left, boolean stays) {
        Place place = new Place(ConfigurationFields.TYPE, paused);
        RowSelection selection = of(with(types, untyped));

        SyncSettings after = selection.without(place, List.of());

        assertThat(selection.selects(place)).isEqualTo(before);
        assertThat(after).isEqualTo(with(left, stays));
        assertThat(of(after).selects(place)).isFalse();
    }

    @Test
    @DisplayName("GATE-2: an organization without a type is never selected")
    void neverSelectsWithoutType() {
        Place none = new Place(OrganizationFields.TYPES, null);

        assertThat(of(Samples.settings()).selects(none)).isFalse();
    }

    @Test
    @DisplayName("SET-2: each list has its own selection")
    void knowsEachList() {
        SyncSettings settings = Samples.settings();
        for (Field<?> field : List.of(
                OrganizationFields.TYPES,
                OrganizationFields.STATUS,
                ConfigurationFields.TYPE,
                ConfigurationFields.STATUS)) {
            Choice chosen = field.equals(OrganizationFields.TYPES)
                    ? Samples.CUSTOMER
                    : field.equals(ConfigurationFields.TYPE) ? Samples.SERVER : Samples.ACTIVE;
            Place place = new Place(field, chosen);
            assertThat(of(settings).selects(place)).as("%s", field).isTrue();
            SyncSettings after = of(settings).without(place, List.of());
            assertThat(of(after).selects(place)).as("%s", field).isFalse();
            assertThat(after.contacts()).isEqualTo(settings.contacts());
        }
    }

    @Test
    @DisplayName("GATE-2, SET-2: a record without a value is in all of a list, an organization without a type in none")
    void knowsWhatIsWithoutAValue() {
        SyncSettings all = Samples.changed(change -> change.organizations = new SyncSettings.Organizations(
                        Selection.ALL, Selection.ALL, SyncSettings.TypeMode.ALL, Selection.ALL))
                .apply(Samples.settings());

        assertThat(of(all).selects(new Place(OrganizationFields.STATUS, null))).isTrue();
        assertThat(of(all).selects(new Place(OrganizationFields.TYPES, null))).isFalse();
        assertThat(of(all).selects(new Place(OrganizationFields.TYPES, Samples.VENDOR)))
                .isTrue();
        assertThat(of(Samples.settings()).selects(new Place(OrganizationFields.STATUS, null)))
                .isFalse();
    }

    @Test
    @DisplayName("SET-2: where all were selected, those in use stay selected that the PSA's list lacks")
    void keepsWhatIsInUse() {
        Place paused = new Place(ConfigurationFields.TYPE, Samples.SERVER);
        List<Place> inUse = List.of(
                new Place(ConfigurationFields.TYPE, UNKNOWN),
                new Place(ConfigurationFields.TYPE, null),
                new Place(ConfigurationFields.TYPE, Samples.UNTYPED),
                new Place(ConfigurationFields.STATUS, Samples.INACTIVE));

        SyncSettings after = of(with(Selection.ALL, false)).without(paused, inUse);

        assertThat(after).isEqualTo(with(Selection.of(Set.of(Samples.PRINTER, UNKNOWN)), false));
    }
}
