package org.psasync.engine;

/** The person may not do this; nothing happened (DATA-8). */
public final class NotAllowedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotAllowedException(Actor actor, String what) {
        super(actor.name() + " may not " + what + "; it takes the role MANAGER or ADMINISTRATOR");
    }
}
