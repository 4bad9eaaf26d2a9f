package org.psasync.engine.desk;

import org.psasync.engine.ProgressListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener that fails keeps no run from going on (RUN-3), it is logged. */
record GuardedListener(ProgressListener listener) implements ProgressListener {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressListener.class);

    static ProgressListener of(ProgressListener listener) {
        return listener instanceof GuardedListener ? listener : new GuardedListener(listener);
    }

    @Override
    public void progress(RunProgress progress) {
        Told.to(LOG, "The progress listener", () -> listener.progress(progress));
    }
}
