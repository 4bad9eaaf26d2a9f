package org.psasync.connectwise;

/**
 * The cause of a failure with status 404 and no body, on a code base that is in force: the record is not there, or the
 * endpoint is not. Where the list of the kind can be read it is the record.
 */
final class BareNotFound extends RuntimeException {
    private static final long serialVersionUID = 1;

    BareNotFound() {
        super("Not found", null, false, false);
    }
}
