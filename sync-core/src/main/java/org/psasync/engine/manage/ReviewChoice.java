package org.psasync.engine.manage;

/** What can be decided about many reviews at once. */
public enum ReviewChoice {
    /** Link each with the best of its candidates, as the setting {@code LINK} would; those without a best one are left. */
    LINK("link with the best candidate"),
    /** Make a new record of each. */
    CREATE("make a new record"),
    /** Leave each alone. */
    IGNORE("leave alone"),
    /** Take the host's values of all fields in conflict. */
    TAKE_LOCAL("take the local values"),
    /** Take the PSA's values of all fields in conflict. */
    TAKE_REMOTE("take the PSA's values");

    private final String words;

    ReviewChoice(String words) {
        this.words = words;
    }

    /** Returns the choice in words. */
    public String words() {
        return words;
    }
}
