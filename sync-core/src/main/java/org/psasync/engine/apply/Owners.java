package org.psasync.engine.apply;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.psasync.model.LocalId;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;

/** Says which local records belong to other integrations of the account (SET-9). */
public final class Owners {
    private Owners() {}

    /** Returns which other integration has each local record of links of one kind; the others are missing. */
    public static Map<LocalId, String> of(IntegrationState state, List<Pair> links) {
        return links.isEmpty()
                ? Map.of()
                : state.ownedElsewhere(
                        links.get(0).kind(),
                        links.stream()
                                .map(link -> Objects.requireNonNull(link.local()))
                                .toList());
    }

    /** Says why a record that another integration has is left as it is. */
    public static String text(String owner) {
        return "its local record belongs to the integration \"" + owner + "\"";
    }
}
