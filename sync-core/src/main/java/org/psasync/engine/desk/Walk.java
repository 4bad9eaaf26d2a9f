package org.psasync.engine.desk;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.psasync.model.PairId;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/**
 * A way through all pairs that answer a question, page by page. The right to run is kept at each page, and after each the
 * run may pause or stop (RUN-7, DATA-7); called again, it goes on behind the last page that was done.
 */
public final class Walk {
    private final Desk desk;
    private final PairQuery query;
    private final int size;
    private @Nullable PairId after;

    public Walk(Desk desk, PairQuery query, int size) {
        this.desk = desk;
        this.query = query;
        this.size = size;
    }

    /** Does something with each page that is left. */
    public void each(Consumer<List<Pair>> work) {
        while (true) {
            List<Pair> page = desk.state().pairs(query, after, size);
            if (page.isEmpty()) {
                return;
            }
            desk.keepLease();
            work.accept(page);
            after = page.get(page.size() - 1).id();
            desk.safePoint();
        }
    }
}
