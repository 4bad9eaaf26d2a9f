package org.psasync.engine.pair;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SyncSettings;
import org.psasync.engine.decide.Policy;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.Edit;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.spi.ConnectorOption;
import org.psasync.store.Base;
import org.psasync.store.Grant;
import org.psasync.store.Pair;

/** Says whether the last edit of a record confirms it (PUSH-3). */
public final class Confirmation {
    private Confirmation() {}

    /**
     * Returns what the last edit confirms; null when it confirms nothing. A save that would confirm the record if the host did
     * not forbid two-way is remembered as one that does not, so that it goes on to be none (SET-6).
     */
    public static @Nullable Grant of(Asset asset, @Nullable Pair pair, Policy policy) {
        boolean isNew = pair == null || !pair.linked();
        Edit edit = asset.lastEdit();
        if (confirms(asset, isNew, policy, policy.settings().twoWaySince())) {
            return new Grant(asset.values().only(policy::maps), edit.actor(), edit.at());
        }
        Instant since = policy.forbiddenSince();
        return since != null && confirms(asset, isNew, policy, since)
                ? new Grant(FieldValues.empty(asset.kind()), edit.actor(), edit.at(), new Grant.Terms.Forbidden(since))
                : null;
    }

    /** Returns a pair after a save that confirms it; a save older than the one it knows changes nothing. */
    public static Pair confirmed(Pair pair, Grant grant) {
        if (pair.grant() != null && pair.grant().isAfter(grant)) {
            return pair.madeDirty();
        }
        Grant before = pair.grant();
        boolean waitsToo = !grant.approved() && !grant.forbidden();
        Grant now = before != null && before.held() && waitsToo ? grant.on(before.terms()) : grant;
        // What was written back and forth may be written again (MERGE-7).
        return pair.toBuilder()
                .grant(now)
                .trouble(pair.trouble().withRewrites(Map.of()))
                .dirty(true)
                .build();
    }

    /**
     * Returns a pair with what the record's last edit confirms, should nobody have told of that save yet (PUSH-6). The
     * engine's own next write to the record would hide it.
     */
    public static Pair noticed(Pair pair, @Nullable Asset local, Policy policy) {
        if (local == null || pair.leftAlone()) {
            return pair;
        }
        Grant grant = of(local, pair, policy);
        return grant != null && (isLater(grant, pair) || isOfSameInstant(grant, pair)) ? confirmed(pair, grant) : pair;
    }

    /** A later save, that says more than what was agreed. */
    private static boolean isLater(Grant grant, Pair pair) {
        Base base = pair.baseOrNone();
        return grant.isAfter(pair.grant())
                && grant.values().fields().stream().anyMatch(field -> isNew(field, grant, base.local()));
    }

    /**
     * Two saves of one instant, as a host with coarse times shows them: what was agreed after the first one has changed
     * since, so somebody saved again.
     */
    private static boolean isOfSameInstant(Grant grant, Pair pair) {
        Grant known = pair.grant();
        Base base = pair.baseOrNone();
        return known != null
                && known.at().equals(grant.at())
                && !(known.terms() instanceof Grant.Terms.Discarded)
                && !known.forbidden()
                && grant.values().fields().stream()
                        .anyMatch(field -> base.has(field)
                                && isNew(field, grant, base.local())
                                && isNew(field, grant, known.values()));
    }

    private static boolean isNew(Field<?> field, Grant grant, FieldValues known) {
        return !Objects.equals(known.get(field), grant.values().get(field));
    }

    private static boolean confirms(Asset asset, boolean isNew, Policy policy, @Nullable Instant twoWaySince) {
        SyncSettings settings = policy.settings();
        Instant firstRun = policy.firstRunEnded();
        Instant at = asset.lastEdit().at();
        if (twoWaySince == null || firstRun == null || at.isBefore(twoWaySince) || at.isBefore(firstRun)) {
            return false;
        }
        boolean contact = asset.kind() == AssetKind.CONTACT;
        return switch (settings.confirms(asset.lastEdit().origin())) {
            case ALWAYS -> true;
            case NEW_CONTACTS -> contact && isNew;
            case CONTACTS_WITH_TYPES ->
                contact
                        && settings.options().get(ConnectorOption.CONTACT_EMAIL_TYPE) != null
                        && settings.options().get(ConnectorOption.CONTACT_PHONE_TYPE) != null;
            case NEVER -> false;
        };
    }
}
