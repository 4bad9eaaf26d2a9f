package org.psasync.testkit.autotask;

/**
 * An entry of a pick list.
 *
 * @param parent the value of the other list on which it depends; empty for none
 */
record Pick(long value, String label, boolean active, String parent) {
    static Pick of(long value, String label) {
        return new Pick(value, label, true, "");
    }
}
