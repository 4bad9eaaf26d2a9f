package org.psasync.testkit.autotask;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of record.
 *
 * @param path such as {@code Companies}
 * @param name such as {@code Company}
 * @param stamps the names of the members that are stamped, by {@code changed}, {@code activity} and {@code created}
 * @param members by their names in lower case
 */
record Entity(
        String path, String name, boolean hasUdfs, Map<String, String> stamps, LinkedHashMap<String, Member> members) {
    @Nullable
    Member find(String member) {
        return members.get(member.toLowerCase(Locale.ROOT));
    }

    Collection<Member> all() {
        return members.values();
    }

    /** Returns the members that a new value of the stamp of that sort goes into; null for none. */
    @Nullable
    String stamp(String sort) {
        return stamps.get(sort);
    }
}
