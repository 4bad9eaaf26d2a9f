package org.psasync.spi;

import static java.util.Objects.requireNonNull;

/** What reading one record by its identifier gave. */
public sealed interface RemoteRead {
    /** The record was there. */
    record Found(RemoteRecord record) implements RemoteRead {
        public Found {
            requireNonNull(record, "record");
        }
    }

    /** The PSA says that it knows no such record; by itself this proves nothing more (STATE-5). */
    record NotFound() implements RemoteRead {}

    /** The record was there but could not be understood (PULL-4). */
    record NotUnderstood(String text) implements RemoteRead {
        public NotUnderstood {
            requireNonNull(text, "text");
        }
    }
}
