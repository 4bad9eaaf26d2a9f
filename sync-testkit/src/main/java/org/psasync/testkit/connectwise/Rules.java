package org.psasync.testkit.connectwise;

/** What the server does beyond storing the members of one kind of record. */
interface Rules {
    /** Fills defaults and what follows from other members, and notes problems; nothing is stored yet. */
    default void complete(Draft draft) {}

    /** Follows up a stored draft in other records. */
    default void stored(Row row, Draft draft) {}

    /** Follows up a deletion. */
    default void deleted(Table table, Row row, Author author) {}

    Rules NONE = new Rules() {};
}
