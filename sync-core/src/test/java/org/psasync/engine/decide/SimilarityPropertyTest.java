package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.Whitespace;

class SimilarityPropertyTest {
    private static double score(String one, String other) {
        return new Similarity(one).to(other);
    }

    @Property
    @Label("MATCH-6: a score lies between 0 and 1, and is the same from both sides")
    void isSymmetric(
            @ForAll @AlphaChars @NumericChars @Whitespace @StringLength(max = 12) String one,
            @ForAll @AlphaChars @NumericChars @Whitespace @StringLength(max = 12) String other) {
        assertThat(score(one, other)).isBetween(0.0, 1.0).isEqualTo(score(other, one));
    }

    @Property
    @Label("MATCH-6: a name is like itself whatever its case and punctuation")
    void isLikeItself(@ForAll @AlphaChars @StringLength(min = 1, max = 20) String name) {
        assertThat(score(name, name.toUpperCase(Locale.ROOT) + " .")).isEqualTo(1);
    }

    @Example
    @Label("MATCH-6: near misses score high, other names low, and nothing is like nothing")
    void knowsNearMisses() {
        assertThat(score("Acme Inc.", "ACME, Inc")).isEqualTo(1);
        assertThat(score("Müller GmbH", "Muller GmbH")).isEqualTo(1);
        assertThat(score("Contoso Ltd", "Contoso Limited")).isBetween(0.5, 0.95);
        assertThat(score("Contoso", "Initech")).isLessThan(0.3);
        assertThat(score("", "")).isZero();
        assertThat(score("A", "B")).isZero();
    }
}
