package org.psasync.engine;

/** Whether an integration takes part in the sync (DATA-6, DATA-7). */
public enum Mode {
    /** Runs and pushes take place. */
    ACTIVE,
    /** Nothing starts; what is saved meanwhile is kept. A run that is going on comes to its end. */
    PAUSED,
    /** All links are cut, though remembered; nothing is read or written until it is connected again. */
    DISCONNECTED;

    /**
     * Returns where a record stands while the integration is like this. A pause is named by the records that would sync;
     * those that do not sync for a reason of their own keep telling that one. With the integration disconnected every
     * record is, but for those that were disabled before.
     */
    public Disposition seen(Disposition own) {
        return switch (this) {
            case ACTIVE -> own;
            case PAUSED ->
                switch (own) {
                    case IN_SYNC, CHANGE_WAITING, WAITING_FOR_RECORD, RETRYING -> Disposition.PAUSED;
                    default -> own;
                };
            case DISCONNECTED ->
                own == Disposition.DISABLED || own == Disposition.UNKNOWN ? own : Disposition.DISCONNECTED;
        };
    }
}
