package org.psasync.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

class PairIdPropertyTest {
    @Property
    void theTextFormIsReadBack(@ForAll long high, @ForAll long low) {
        PairId id = new PairId(high, low);

        assertThat(PairId.parse(id.toString())).isEqualTo(id).hasSameHashCodeAs(id);
        assertThat(id).hasToString(new UUID(high, low).toString());
    }

    @Property
    @Label("SAFE-7: pairs are ordered as their texts are")
    void theOrderIsThatOfTheTexts(
            @ForAll long firstHigh, @ForAll long firstLow, @ForAll long secondHigh, @ForAll long secondLow) {
        PairId first = new PairId(firstHigh, firstLow);
        PairId second = new PairId(secondHigh, secondLow);

        assertThat(Integer.signum(first.compareTo(second)))
                .isEqualTo(Integer.signum(first.toString().compareTo(second.toString())));
        assertThat(Integer.signum(first.compareTo(new PairId(firstHigh, secondLow))))
                .isEqualTo(Integer.signum(first.toString().compareTo(new PairId(firstHigh, secondLow).toString())));
    }

    @Example
    void whatIsNoIdentifierIsRefused() {
        assertThatThrownBy(() -> PairId.parse("pair 7")).isInstanceOf(IllegalArgumentException.class);
    }
}
