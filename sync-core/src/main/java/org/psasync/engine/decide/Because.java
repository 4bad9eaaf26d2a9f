package org.psasync.engine.decide;

import static java.util.Objects.requireNonNull;

/**
 * A rule that led to a decision.
 *
 * @param rule the rule's id, such as {@code GATE-1}
 * @param text how it applies here, as a sentence
 */
public record Because(String rule, String text) {
    public Because {
        requireNonNull(rule, "rule");
        requireNonNull(text, "text");
    }

    @Override
    public String toString() {
        return rule + ": " + text;
    }
}
