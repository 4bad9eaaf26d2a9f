package org.psasync.testkit.pulseway;

/**
 * A way in which nobody knows how the vendor's servers behave, or in which they differ. All are off at the start; what holds
 * then is said first.
 */
public enum Switch {
    /** Members of answers are spelled {@code accountName}; when on, {@code AccountName}. */
    PASCAL_CASE,
    /** A single account or contact is answered bare; when on, in an envelope. */
    WRAPPED_SINGLES,
    /** A refusal of a body has the status 200; when on, 400. */
    REFUSALS_AS_400,
    /** A record that is not there answers 404 with an envelope; when on, 200 with {@code Success} false. */
    MISSING_AS_200,
    /** A record that is not there answers 404 with an envelope; when on, 404 without a body. */
    MISSING_AS_BARE_404,
    /** Lists without a filter of activity show all; when on, active records only. */
    INACTIVE_HIDDEN,
    /** The list of accounts shows their locations; when on, only a single account does. */
    LOCATIONS_NOT_IN_LISTS,
    /** Dates that bound a filter are inside it; when on, outside. */
    EXCLUSIVE_BOUNDS,
    /** Dates that bound a filter are taken in UTC; when on, in a zone that is twelve hours behind, whatever they say. */
    DATES_OF_ANOTHER_ZONE,
    /** Stamps end with {@code Z}; when on, they have a fraction and no offset. */
    STAMPS_WITHOUT_OFFSET,
    /** A change of a location, an e-mail or a phone leaves the parent's stamp; when on, it moves. */
    CHILDREN_MOVE_PARENTS,
    /** What a PUT of an asset leaves out is cleared; when on, it is kept. */
    PUT_KEEPS_MISSING,
    /** Writes work; when on, they are answered as if, and change nothing. */
    WRITES_IGNORED,
    /** Users log in with name and password; when on, a code is demanded too. */
    MFA_DEMANDED,
    /** The user may use the API; when on, each log-in is accepted and each call answered with 401. */
    NO_API_ACCESS,
    /** The feed of changed tickets works; when on, it is refused because the integration is switched off. */
    NO_TICKET_FEED,
    /** The older interface writes locations; when on, it refuses them. */
    V1_REFUSES_LOCATIONS
}
