package org.psasync.engine.manage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list. The list may change while it is read: what stays in it is seen once, in the same order.
 *
 * @param entries the records; with a filter there may be fewer than were asked for, or none, though more follow
 * @param next where the next page begins; null when this is the last
 */
public record DataPage(List<DataEntry> entries, @Nullable String next) {
    public DataPage {
        entries = List.copyOf(entries);
    }
}
