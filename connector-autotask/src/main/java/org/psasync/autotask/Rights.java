package org.psasync.autotask;

import java.util.Locale;

/** What the PSA calls the rights that calls need. */
final class Rights {
    private Rights() {}

    /**
     * The right that a refused call lacks.
     *
     * @param call its name, such as {@code companies.page}
     * @param words of the refusal, which may name a verb
     */
    static String of(String call, String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        String verb = lower.contains("to create") || call.endsWith(".create")
                ? "create"
                : lower.contains("to update") || call.endsWith(".update") ? "update" : "query";
        return name(call.replaceAll("\\..*", ""), verb);
    }

    /** A right in words, such as {@code Companies: query}. */
    static String name(String entity, String verb) {
        return entity.substring(0, 1).toUpperCase(Locale.ROOT) + entity.substring(1) + ": " + verb;
    }
}
