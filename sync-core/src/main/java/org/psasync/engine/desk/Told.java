package org.psasync.engine.desk;

import org.slf4j.Logger;

/**
 * Tells something to code of the host that only listens. Whatever it throws, the thing has happened already, so it is
 * logged and nothing ends because of it (RUN-3, RUN-6).
 */
public final class Told {
    private Told() {}

    /**
     * Tells it.
     *
     * @param what who listens and to what, for the log
     * @throws VirtualMachineError when the machine itself can no longer go on, such as for want of memory
     */
    public static void to(Logger log, Object what, Runnable telling) {
        try {
            telling.run();
        } catch (VirtualMachineError fatal) {
            throw fatal;
        } catch (Throwable failure) { // also of classes that do not fit, and of assertions in a listener
            log.warn("{} failed; what it was told of has happened all the same", what, failure);
        }
    }
}
