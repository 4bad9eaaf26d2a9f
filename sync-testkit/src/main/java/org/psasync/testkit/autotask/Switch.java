package org.psasync.testkit.autotask;

/**
 * A way in which nobody knows how the vendor's servers behave, or in which they differ. All are off at the start; what holds
 * then is said first.
 */
public enum Switch {
    /** A record that is not there answers 404 without a body; when on, 200 with {@code {"item":null}}. */
    MISSING_AS_NULL,
    /** A change of a record that is not there is refused with 500; when on, it answers 404. */
    MISSING_ON_WRITE_AS_404,
    /** Times end with {@code Z}; when on, they have no zone. */
    TIMES_WITHOUT_ZONE,
    /** Too many requests at once or in the hour answer 429; when on, 500. */
    LIMITS_AS_500,
    /** A wrong integration code answers 401; when on, 500 with words, as it did until 2023. */
    INTEGRATION_CODE_NAMED,
    /** What a security level hides answers 500 with words; when on, queries of it come back empty. */
    HIDDEN_AS_EMPTY,
    /** A {@code null} in a change clears the member; when on, it is passed over unless it is a user-defined field. */
    NULLS_PASSED_OVER,
    /** The company of a contact cannot be changed, and a value sent is ignored; when on, the contact moves. */
    CONTACTS_MOVE,
    /** A change of a ticket moves both of its stamps; when on, that of its activity only. */
    TRACKED_STAMP_OF_TICKETS_STAYS,
    /** The root routes of contacts and locations do not take writes and answer with a page under 404; when on, 405. */
    ROOT_CHILDREN_AS_405,
    /** Protected user-defined fields show their values; when on, asterisks, and writing them fails. */
    PROTECTED_DATA_HIDDEN,
    /** Writes work; when on, they are answered as if, and change nothing. */
    WRITES_IGNORED,
    /** Requests take no time of their own; when on, half a second from half of the hourly limit on, then a second. */
    SLOWED_BY_USE,
    /** Webhooks name records {@code Account}, {@code InstalledProduct}; when on, {@code Company}, {@code ConfigurationItem}. */
    NEW_NAMES_IN_WEBHOOKS,
    /** A new webhook is ready at once; when on, never. */
    WEBHOOKS_NOT_READY
}
