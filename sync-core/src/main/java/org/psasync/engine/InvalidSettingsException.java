package org.psasync.engine;

import java.util.List;

/** A change of settings that cannot be saved; nothing was changed. */
public final class InvalidSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient List<String> faults;

    InvalidSettingsException(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    /** Returns everything that is wrong, each with the way out. */
    public List<String> faults() {
        return faults;
    }
}
