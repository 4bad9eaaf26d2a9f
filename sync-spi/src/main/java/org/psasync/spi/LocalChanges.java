package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.psasync.model.LocalRef;

/**
 * What changed in the host since a mark.
 *
 * @param records written or deleted since, in any order
 * @param mark where the next look begins
 * @param last whether nothing is left for now
 */
public record LocalChanges(List<LocalRef> records, String mark, boolean last) {
    public LocalChanges {
        records = List.copyOf(records);
        requireNonNull(mark, "mark");
    }
}
