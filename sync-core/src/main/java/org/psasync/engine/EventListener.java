package org.psasync.engine;

import org.psasync.store.Event;

/**
 * Hears what goes into the event log, after the commit that stored it (RUN-6). Plans tell it nothing.
 *
 * <p>Called in the thread that committed, which may be any of the engine's, one event after the other in the order of its
 * commit; it should be quick. Threads that commit at the same time may tell of theirs in another order than that of the
 * numbers, which is that of the log. What it throws is logged and harms nothing. A process that dies between a commit and the
 * call tells nothing: whoever must not miss an event reads the log.
 */
@FunctionalInterface
public interface EventListener {
    /**
     * Hears that something happened.
     *
     * @param integration the name of the integration
     * @param event what happened, as it is in the log, with its number
     */
    void happened(String integration, Event event);
}
