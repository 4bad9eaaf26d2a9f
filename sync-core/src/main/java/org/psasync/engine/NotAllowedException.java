package org.psasync.engine;

/** The person may not do this; nothing happened (DATA-8). */
public final class NotAllowedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotAllowedException(Actor actor, String what) {
        this(actor, what, Actor.Role.MANAGER);
    }

    NotAllowedException(Actor actor, String what, Actor.Role needed) {
        super(actor.name() + " may not " + what + "; it takes the role "
                + (needed == Actor.Role.MANAGER ? "MANAGER or ADMINISTRATOR" : needed.name()));
    }
}
