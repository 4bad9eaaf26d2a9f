package org.psasync.testkit.connectwise;

/**
 * A way in which systems of this vendor differ, or in which nobody knows how they behave. All are off at the start;
 * what holds then is said first.
 */
public enum Switch {
    /** Wrong credentials answer 401; when on, 404 as the cloud does at times. */
    WRONG_CREDENTIALS_ANSWER_404,
    /** Refusals by the gate (401, 403, 405, 415) carry a JSON body; when on, none. */
    BARE_REFUSALS,
    /** A record or path that is not there (404) is answered with a JSON body; when on, with none. */
    BARE_NOT_FOUND,
    /** {@code /system/info} needs credentials; when on, it does not. */
    OPEN_SYSTEM_INFO,
    /** The signing key of callbacks is given to everybody; when on, only with credentials. */
    SIGNING_KEY_NEEDS_CREDENTIALS,
    /** An unknown company in the look-up of the code base answers {@code null}; when on, 404. */
    UNKNOWN_COMPANY_ANSWERS_404,
    /** {@code IsCloud} is a text; when on, a boolean. */
    CLOUD_FLAG_AS_BOOLEAN,
    /** A {@code pageSize} over 1000 counts as 1000; when on, it is refused. */
    REFUSE_LARGE_PAGES,
    /** The last forward-only page has an empty {@code Link}; when on, it has a next page, which is empty. */
    EMPTY_LAST_PAGE,
    /** Dates in conditions may have a zone; when on, they must not. */
    DATES_WITHOUT_ZONE,
    /** A GET of a deleted company answers the record with its flag; when on, 404. */
    DELETED_COMPANIES_ANSWER_404,
    /** A PATCH checks the members it writes; when on, the whole stored record. */
    WHOLE_RECORD_VALIDATION,
    /** A PATCH may leave custom fields out; when on, one without an operation on them is refused. */
    PATCH_NEEDS_CUSTOM_FIELDS,
    /** A PATCH of {@code status/id} does nothing and succeeds; when on, it works. */
    REFERENCE_SUB_PATHS,
    /** Required questions may stay without answer; when on, a configuration without it is refused. */
    REQUIRED_ANSWERS,
    /** A company needs no address; when on, at least one field of it. */
    ADDRESS_REQUIRED,
    /** A custom field without value has no member {@code value}; when on, it is null. */
    CUSTOM_FIELD_NULLS,
    /** An empty {@code site} or {@code companyLocation} is left out; when on, it is an empty object. */
    EMPTY_REFERENCES,
    /** Writing a site, communication or type leaves the parent's {@code lastUpdated}; when on, it moves. */
    CHILD_WRITES_MOVE_PARENT,
    /** A merge leaves the source's {@code lastUpdated}; when on, it moves. */
    MERGE_MOVES_LAST_UPDATED,
    /** A merge moves {@code lastUpdated} of the records that change their company; when on, it does not. */
    MERGE_LEAVES_CHILDREN,
    /** A callback comes once; when on, twice. */
    CALLBACKS_DOUBLED,
    /** Callbacks come in order; when on, those that wait come latest first. */
    CALLBACKS_REVERSED
}
