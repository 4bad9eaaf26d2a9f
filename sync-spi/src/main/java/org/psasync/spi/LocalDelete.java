package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.psasync.model.LocalId;
import org.psasync.model.Revision;

/**
 * The wish to delete one record of the host.
 *
 * @param id the record
 * @param expected the record's revision as the person saw it who confirmed the delete; null when the host did not show
 *     the record
 */
public record LocalDelete(LocalId id, @Nullable Revision expected) {
    public LocalDelete {
        requireNonNull(id, "id");
    }
}
