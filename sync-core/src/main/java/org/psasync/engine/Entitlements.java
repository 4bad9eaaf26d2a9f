package org.psasync.engine;

import org.jspecify.annotations.Nullable;

/**
 * What the host allows an integration, by its plan for example (SET-6).
 *
 * @param twoWayForbidden why two-way cannot be on, as a sentence for a person; null when it can
 * @param oneTimePushForbidden why the one-time push cannot be used; null when it can
 */
public record Entitlements(
        @Nullable String twoWayForbidden, @Nullable String oneTimePushForbidden) {
    /** Everything is allowed. */
    public static final Entitlements ALL = new Entitlements(null, null);

    /** Returns what is left when nothing may go to the PSA. */
    public static Entitlements oneWay(String reason) {
        return new Entitlements(reason, reason);
    }

    /** Returns the settings as they count: two-way is off while it is forbidden. */
    public SyncSettings applied(SyncSettings settings) {
        return twoWayForbidden == null ? settings : settings.oneWay();
    }
}
