package org.psasync.spi;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.RemoteId;

/**
 * What part of a kind to read; the same scope goes with a cursor from its first page to its last.
 *
 * @param boards ids of the boards or queues from which tickets come; empty means none, and other kinds ignore it
 * @param since tickets that did not change after this time are left out; null means all
 * @param parents for a kind that is listed per parent, the organizations to list; other kinds ignore it
 */
public record ReadScope(Set<String> boards, @Nullable Instant since, List<RemoteId> parents) {
    /** The scope of kinds that are read whole. */
    public static final ReadScope ALL = new ReadScope(Set.of(), null, List.of());

    public ReadScope {
        boards = Set.copyOf(boards);
        parents = List.copyOf(parents);
    }

    /** Returns the scope that lists the records below these organizations. */
    public static ReadScope below(List<RemoteId> parents) {
        return new ReadScope(Set.of(), null, parents);
    }
}
