package org.psasync.engine.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SyncSettings;
import org.psasync.engine.decide.Policy;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.spi.ConnectorOption;
import org.psasync.store.Grant;
import org.psasync.store.Pair;

/** Says whether the last edit of a record confirms it (PUSH-3). */
final class Confirmation {
    private Confirmation() {}

    /** Returns what the last edit confirms; null when it confirms nothing. */
    static @Nullable Grant of(Asset asset, @Nullable Pair pair, Policy policy) {
        return confirms(asset, pair == null || !pair.linked(), policy)
                ? new Grant(
                        asset.values(),
                        asset.lastEdit().actor(),
                        asset.lastEdit().at())
                : null;
    }

    private static boolean confirms(Asset asset, boolean isNew, Policy policy) {
        SyncSettings settings = policy.settings();
        Instant twoWaySince = settings.twoWaySince();
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
