package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.engine.push.OneTimeConfirmation;
import org.psasync.engine.push.OneTimeRehearsal;
import org.psasync.model.AssetKind;

/**
 * Brings all local records to a PSA that is new or newly adopted: first a preview, then its confirmation (ALL-1, ALL-2).
 * For records that it links the local value goes before the PSA's, unless it is blank.
 *
 * <p>Made by {@link Managing#oneTimePush}. Safe for use by several threads.
 */
public final class OneTimePush {
    private final SyncEngine engine;
    private final Actor actor;

    OneTimePush(SyncEngine engine, Actor actor) {
        this.engine = engine;
        this.actor = actor;
    }

    /**
     * Returns what would be done; reads both sides and writes nothing, anywhere.
     *
     * @param kinds the kinds to push; none means every kind that can be written
     * @throws IllegalStateException when two-way is off, or the host forbids it (SET-6)
     */
    public OneTimePushPreview preview(AssetKind... kinds) {
        requireAllowed();
        Set<AssetKind> wanted = EnumSet.noneOf(AssetKind.class);
        wanted.addAll(kinds.length == 0 ? EnumSet.allOf(AssetKind.class) : List.of(kinds));
        return engine.using(each -> new OneTimeRehearsal(each).preview(wanted));
    }

    /**
     * Covers the records and values of a preview, and runs. A record that is not as it was is left out and named; what
     * came later is not included. The brakes hold nothing of it. When the process dies meanwhile, the next runs do what
     * was taken notice of, and the same call takes notice of the rest; a host that keeps {@link OneTimePushPreview#toText}
     * until then can make it in another process. When the host fails meanwhile, the report's run says so, and the same call
     * goes on.
     *
     * @throws PreviewExpiredException when it is older than an hour, was confirmed before or by somebody else at the same
     *     time, could not be finished, or is of another integration, or when the settings were changed since
     * @throws IllegalStateException when two-way is off, the host forbids it (SET-6), or the integration is paused,
     *     disconnected or stopped; the preview can still be confirmed
     */
    public OneTimePushReport confirm(OneTimePushPreview preview) {
        requireNonNull(preview, "preview");
        requireAllowed();
        return engine.using(each -> new OneTimeConfirmation(each, actor.name()).confirm(preview));
    }

    /**
     * Returns where records of a push stand now, in the order of the preview.
     *
     * @param from the first record to look at, from 0
     * @param limit the most records to look at, at least 1
     * @throws IllegalArgumentException when {@code from} is negative or {@code limit} is less than 1
     */
    public List<OneTimePushReport.Result> results(OneTimePushPreview preview, int from, int limit) {
        requireNonNull(preview, "preview");
        if (from < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "Results are from a record 0 or later and at least 1, not from " + from + " and " + limit);
        }
        List<OneTimePushPreview.Covered> all = preview.records();
        int first = Math.min(from, all.size());
        List<OneTimePushPreview.Covered> some = all.subList(first, (int) Math.min(all.size(), (long) first + limit));
        return engine.using(each -> OneTimeConfirmation.results(each, some));
    }

    private void requireAllowed() {
        if (!engine.settings().twoWay()) {
            throw new IllegalStateException("Two-way is off. Turn it on before pushing everything once (ALL-3).");
        }
        String forbidden = engine.entitled().oneTimePushForbidden();
        if (forbidden != null) {
            throw new IllegalStateException("Everything cannot be pushed once: " + forbidden + " (SET-6)");
        }
    }
}
