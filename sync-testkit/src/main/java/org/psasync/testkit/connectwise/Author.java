package org.psasync.testkit.connectwise;

/**
 * Who changes a record.
 *
 * @param name the login name of the member, shown as {@code updatedBy}
 * @param overApi whether the rules for API clients hold: members set by the server are ignored, values are checked
 */
record Author(String name, boolean overApi) {
    static Author person(String name) {
        return new Author(name, false);
    }
}
