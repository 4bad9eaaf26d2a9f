package org.psasync.engine;

import static java.util.Objects.requireNonNull;

/**
 * Who asks the engine to do something.
 *
 * @param name as the host names people; appears in the event log
 * @param role what the person may do
 */
public record Actor(String name, Role role) {

    /** What a person may do (DATA-8). */
    public enum Role {
        /** May look, and save records. */
        USER,
        /** May also connect, set up and manage the integration. */
        MANAGER,
        /** May do everything. */
        ADMINISTRATOR
    }

    public Actor {
        requireNonNull(name, "name");
        requireNonNull(role, "role");
    }

    /** Returns a manager. */
    public static Actor manager(String name) {
        return new Actor(name, Role.MANAGER);
    }

    /** Returns an administrator. */
    public static Actor administrator(String name) {
        return new Actor(name, Role.ADMINISTRATOR);
    }

    /** Returns a user without further rights. */
    public static Actor user(String name) {
        return new Actor(name, Role.USER);
    }

    /** Returns whether the person may manage the integration. */
    public boolean mayManage() {
        return role != Role.USER;
    }
}
