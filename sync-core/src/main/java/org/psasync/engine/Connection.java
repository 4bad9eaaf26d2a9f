package org.psasync.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.spi.ConnectionCheck.MissingRight;
import org.psasync.spi.ReferenceData;

/** What came of connecting (CONN-1). */
public sealed interface Connection {
    /**
     * The credentials open the PSA.
     *
     * @param version the PSA's version
     * @param reference the PSA's lists, for a settings page; recommended values come first
     * @param recommended values that are in use, per field; none is preselected (SET-7)
     * @param missing rights that the PSA's user lacks
     * @param advice sentences that never block (CONN-2)
     */
    record Accepted(
            String version,
            ReferenceData reference,
            List<Recommended> recommended,
            List<MissingRight> missing,
            List<String> advice)
            implements Connection {
        public Accepted {
            recommended = List.copyOf(recommended);
            missing = List.copyOf(missing);
            advice = List.copyOf(advice);
        }
    }

    /**
     * A value that active records use.
     *
     * @param field the list it is in
     * @param choice the value
     * @param usedBy how many active records use it
     */
    record Recommended(Field<?> field, Choice choice, long usedBy) {}

    /**
     * The credentials were refused; nothing was stored.
     *
     * @param credential the one at fault, where the PSA tells; null otherwise
     * @param reason why, with the way out
     */
    record Refused(@Nullable String credential, String reason) implements Connection {}
}
