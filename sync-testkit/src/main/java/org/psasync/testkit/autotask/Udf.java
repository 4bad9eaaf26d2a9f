package org.psasync.testkit.autotask;

import java.util.List;

/**
 * A user-defined field.
 *
 * @param type {@code string}, {@code datetime}, {@code double} or {@code integer}; values are texts all the same
 * @param choices what it can hold; empty for anything
 * @param isProtected whether its values are hidden from those who lack a permission
 */
record Udf(String name, String type, List<String> choices, boolean isProtected) {
    static Udf of(String name, String type) {
        return new Udf(name, type, List.of(), false);
    }
}
