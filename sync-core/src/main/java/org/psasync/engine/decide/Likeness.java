package org.psasync.engine.decide;

import java.util.List;
import org.psasync.engine.decide.Matching.Relation;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;

/**
 * How alike two records are, in whole and field by field (MATCH-3).
 *
 * @param equal what both hold the same; empty when they are not alike at all
 * @param different serial number or MAC address, when they differ
 * @param oneSided serial number or MAC address, when only one of the two has it
 */
record Likeness(List<Field<?>> equal, List<Field<?>> different, List<Field<?>> oneSided) {
    static final Likeness NONE = new Likeness(List.of(), List.of(), List.of());

    Likeness {
        equal = List.copyOf(equal);
        different = List.copyOf(different);
        oneSided = List.copyOf(oneSided);
    }

    Relation relation() {
        if (equal.isEmpty()) {
            return Relation.NO;
        }
        if (hasIdentity()) {
            return different.isEmpty() ? Relation.MATCH : Relation.DOUBT;
        }
        if (!different.isEmpty()) {
            return Relation.NO;
        }
        return oneSided.isEmpty() ? Relation.MATCH : Relation.DOUBT;
    }

    private boolean hasIdentity() {
        return equal.contains(ConfigurationFields.SERIAL_NUMBER) || equal.contains(ConfigurationFields.MAC_ADDRESS);
    }

    /** Returns a number that is greater the more likely the two are one: a match before a doubt, more before less. */
    int weight() {
        return (relation() == Relation.MATCH ? 1000 : 0) + 10 * equal.size() - 2 * different.size() - oneSided.size();
    }

    /** Returns what speaks for it, and what makes it doubtful, as sentences (MATCH-5). */
    String text() {
        String text = "It has the same " + Words.of(equal) + ".";
        if (!different.isEmpty()) {
            text += " It has another " + Words.of(different) + ".";
        }
        return oneSided.isEmpty() ? text : text + " Only one of the two has a " + Words.of(oneSided) + ".";
    }
}
