package org.psasync.engine;

/** The change of settings concerns so many records that a person has to see it first; nothing was changed (BRAKE-2). */
public final class ConfirmationNeededException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient SettingsPreview preview;

    ConfirmationNeededException(SettingsPreview preview) {
        super(String.join(" ", preview.confirmations()) + " Show the preview, and save it if that is wanted.");
        this.preview = preview;
    }

    /** Returns what to show; {@link Managing#save} saves it. */
    public SettingsPreview preview() {
        return preview;
    }
}
