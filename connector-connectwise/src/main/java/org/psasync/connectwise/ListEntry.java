package org.psasync.connectwise;

import java.util.OptionalLong;
import org.psasync.http.JsonValue;
import org.psasync.model.Choice;
import org.psasync.spi.ReferenceData;

/**
 * An entry of one of the PSA's lists.
 *
 * @param active whether the PSA still offers it
 * @param row as the PSA shows it
 */
record ListEntry(long number, String name, boolean active, JsonValue row) {
    Choice choice() {
        return new Choice(Long.toString(number), name);
    }

    ReferenceData.Entry published(OptionalLong usedBy) {
        return new ReferenceData.Entry(choice(), active, usedBy);
    }
}
