package org.psasync.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FieldValuesTest {
    private static final Field<String> NAME = OrganizationFields.NAME;
    private static final Field<String> SHORT_NAME = OrganizationFields.SHORT_NAME;
    private static final Field<String> TIER = Field.custom(ORGANIZATION, "tier", FieldType.TEXT);
    private static final Field<BigDecimal> SEATS = Field.custom(ORGANIZATION, "seats", FieldType.NUMBER);

    @Test
    @DisplayName("FIELD-3: absent, blank and a value are three things")
    void absentBlankAndValueDiffer() {
        FieldValues absent = FieldValues.empty(ORGANIZATION);
        FieldValues blank = absent.with(NAME, null);
        FieldValues value = absent.with(NAME, "Acme");

        assertThat(List.of(absent.has(NAME), blank.has(NAME), value.has(NAME))).containsExactly(false, true, true);
        assertThat(List.of(absent.isBlank(NAME), blank.isBlank(NAME), value.isBlank(NAME)))
                .containsExactly(false, true, false);
        assertThat(absent.get(NAME)).isNull();
        assertThat(blank.get(NAME)).isNull();
        assertThat(value.get(NAME)).isEqualTo("Acme");
        assertThat(absent).isNotEqualTo(blank);
        assertThat(blank).isNotEqualTo(value);
        assertThat(blank.isEmpty()).isFalse();
    }

    @Test
    @DisplayName("FIELD-3: null, an empty text, blanks and an empty set are all blank")
    void whatIsEmptyIsBlank() {
        FieldValues blank = FieldValues.empty(ORGANIZATION).with(NAME, null);

        assertThat(FieldValues.empty(ORGANIZATION).with(NAME, "")).isEqualTo(blank);
        assertThat(FieldValues.empty(ORGANIZATION).with(NAME, " \t\n ")).isEqualTo(blank);
        assertThat(FieldValues.empty(ORGANIZATION)
                        .with(OrganizationFields.TYPES, Set.of())
                        .isBlank(OrganizationFields.TYPES))
                .isTrue();
    }

    @Test
    @DisplayName("FIELD-4: values are canonical once they are in")
    void valuesAreCanonicalWhenBuilt() {
        FieldValues values = of("  Acme ").with(SEATS, new BigDecimal("1.50"));

        assertThat(values).isEqualTo(of("Acme").with(SEATS, new BigDecimal("1.5")));
        assertThat(values.get(NAME)).isEqualTo("Acme");
    }

    @Test
    void equalValuesHaveEqualHashesInWhateverOrderTheyWereSet() {
        FieldValues first = FieldValues.of(ORGANIZATION)
                .set(NAME, "Acme")
                .set(TIER, "gold")
                .set(SHORT_NAME, null)
                .build();
        FieldValues second = FieldValues.of(ORGANIZATION)
                .set(SHORT_NAME, "")
                .set(TIER, "gold")
                .set(NAME, "Acme")
                .build();

        assertThat(first).isEqualTo(second).hasSameHashCodeAs(second);
        assertThat(first.fields()).containsExactly(NAME, SHORT_NAME, TIER);
        assertThat(first).hasToString("{name=Acme, shortName=, tier=gold}");
    }

    @Test
    void valuesOfTwoKindsAreNeverEqual() {
        assertThat(FieldValues.empty(ORGANIZATION)).isNotEqualTo(FieldValues.empty(LOCATION));
        assertThat(of("Acme")).isNotEqualTo(FieldValues.empty(LOCATION).with(LocationFields.NAME, "Acme"));
        assertThat(of("Acme").has(LocationFields.NAME)).isFalse();
    }

    @Test
    void onlyKeepsWhatPassesAndTheRestIsAbsent() {
        FieldValues all = of("Acme").with(SHORT_NAME, null).with(TIER, "gold");

        assertThat(all.only(field -> field.equals(SHORT_NAME) || field.isCustom()))
                .isEqualTo(
                        FieldValues.empty(ORGANIZATION).with(SHORT_NAME, null).with(TIER, "gold"));
        assertThat(all.only(field -> true)).isSameAs(all);
        assertThat(all.only(field -> false)).isSameAs(FieldValues.empty(ORGANIZATION));
        assertThat(all.without(TIER).has(TIER)).isFalse();
        assertThat(all.without(OrganizationFields.STATUS)).isSameAs(all);
    }

    @Test
    @DisplayName("FIELD-3: a blank value laid over a value clears it, an absent one leaves it")
    void overlaidBlanksClearAndAbsentOnesDoNot() {
        FieldValues below = of("Acme").with(SHORT_NAME, "acme").with(TIER, "gold");
        FieldValues above =
                FieldValues.empty(ORGANIZATION).with(SHORT_NAME, null).with(TIER, "silver");

        assertThat(below.overlaidWith(above))
                .isEqualTo(of("Acme").with(SHORT_NAME, null).with(TIER, "silver"));
        assertThat(below.overlaidWith(FieldValues.empty(ORGANIZATION))).isSameAs(below);
        assertThat(FieldValues.empty(ORGANIZATION).overlaidWith(above)).isSameAs(above);
    }

    @Test
    void sharingChangesNoValueAndKeepsEqualOnesOnce() {
        FieldValues other = of(text("Acme")).with(SHORT_NAME, text("acme"));
        FieldValues same = of(text("Acme")).with(SHORT_NAME, text("acme"));
        FieldValues changed = of(text("Acme")).with(SHORT_NAME, text("other"));

        assertThat(same.sharing(other)).isSameAs(other);
        FieldValues shared = changed.sharing(other);
        assertThat(shared).isEqualTo(changed);
        assertThat(shared.get(NAME)).isSameAs(other.get(NAME));
        assertThat(shared.get(SHORT_NAME)).isEqualTo("other");
    }

    @Test
    @DisplayName("FIELD-1: a custom field is told by its kind and name, and comes after the known ones by name")
    void customFieldsComeLastByName() {
        Field<String> sameName = Field.custom(ORGANIZATION, "tier", FieldType.TEXT);
        FieldValues values = of("Acme").with(TIER, "gold").with(SEATS, BigDecimal.TEN);

        assertThat(values.get(sameName)).isEqualTo("gold");
        assertThat(values.fields()).containsExactly(NAME, SEATS, TIER);
        assertThatThrownBy(() -> Field.custom(ORGANIZATION, "name", FieldType.TEXT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("choose another name");
    }

    @Test
    void everyReferenceIsHandedOver() {
        RemoteRef organization = new RemoteRef(ORGANIZATION, new RemoteId("1"));
        RemoteRef first = new RemoteRef(CONFIGURATION, new RemoteId("2"));
        RemoteRef second = new RemoteRef(CONFIGURATION, new RemoteId("3"));
        FieldValues ticket = FieldValues.of(AssetKind.TICKET)
                .set(TicketFields.ORGANIZATION, organization)
                .set(TicketFields.CONTACT, null)
                .set(TicketFields.CONFIGURATIONS, new LinkedHashSet<>(List.of(first, second)))
                .build();
        List<AssetRef> seen = new ArrayList<>();

        ticket.forEachReference(seen::add);

        assertThat(seen).containsExactlyInAnyOrder(organization, first, second);
    }

    @Test
    @DisplayName("FIELD-3: a copied field is absent, blank or has its value, as where it comes from")
    void copyTakesAFieldAsItIs() {
        FieldValues from = of("Acme").with(SHORT_NAME, null);
        FieldValues.Builder builder = of("Other").with(SHORT_NAME, "o").with(TIER, "gold").toBuilder();

        FieldValues copied = builder.copy(NAME, from)
                .copy(SHORT_NAME, from)
                .copy(TIER, from)
                .copy(OrganizationFields.STATUS, from)
                .build();

        assertThat(copied).isEqualTo(from);
    }

    @Test
    void aBuilderCanGoOnWithoutChangingWhatItBuilt() {
        FieldValues.Builder builder = FieldValues.of(ORGANIZATION).set(NAME, "Acme");
        FieldValues before = builder.build();

        FieldValues after = builder.remove(NAME).set(SHORT_NAME, "acme").build();

        assertThat(before).isEqualTo(of("Acme"));
        assertThat(after).isEqualTo(FieldValues.empty(ORGANIZATION).with(SHORT_NAME, "acme"));
    }

    @Test
    void aFieldOfAnotherKindIsRefused() {
        FieldValues.Builder builder = FieldValues.of(ORGANIZATION);

        assertThatThrownBy(() -> builder.set(LocationFields.CITY, "Graz"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LOCATION");
    }

    private static FieldValues of(String name) {
        return FieldValues.empty(ORGANIZATION).with(NAME, name);
    }

    /** The same text as another object. */
    private static String text(String value) {
        return String.copyValueOf(value.toCharArray());
    }
}
