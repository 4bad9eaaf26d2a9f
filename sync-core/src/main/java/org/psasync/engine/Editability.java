package org.psasync.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.psasync.engine.decide.Gate;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;
import org.psasync.model.SyncState;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.FieldRule;
import org.psasync.spi.KindDescriptor;
import org.psasync.store.Observation;
import org.psasync.store.Pair;

/**
 * Which fields of a record a person may not change in the host, because the PSA's value would come back (PUSH-1).
 *
 * @param readOnly the fields, each with the reason as a sentence; empty when all can be changed
 */
public record Editability(Map<Field<?>, String> readOnly) {
    public Editability {
        readOnly = Map.copyOf(readOnly);
    }

    /** All can be changed. */
    static final Editability FREE = new Editability(Map.of());

    /**
     * Returns whether anything may hold for a record. Where there is no link to the PSA, or a person cut it, nothing comes
     * back, so all can be changed; what a new record needs has to be filled in even if the PSA decides it afterwards.
     */
    static boolean mayBind(Pair pair) {
        return pair.linked() && !pair.leftAlone();
    }

    /** Returns what holds for a record that is linked. */
    static Editability of(Pair pair, SyncSettings settings, ConnectorDescriptor connector) {
        KindDescriptor kind = connector.kind(pair.kind()).orElse(null);
        Map<Field<?>, String> readOnly = new HashMap<>();
        if (kind == null) {
            return FREE;
        }
        String psa = connector.displayName();
        for (FieldRule rule : kind.fields()) {
            Field<?> field = rule.field();
            if (settings.mapping().excluded().contains(field)) {
                continue;
            }
            boolean pulledOnly = !rule.writable()
                    || !kind.update()
                    || settings.mapping().pullOnly().contains(field);
            if (pulledOnly) {
                readOnly.put(field, psa + " decides the " + field + "; change it there.");
            } else if (!settings.twoWay() && (pair.state() == SyncState.SYNCING || isFollowed(pair, field))) {
                readOnly.put(field, "Two-way sync is off, so the " + field + " can only be changed in " + psa + ".");
            }
        }
        return new Editability(readOnly);
    }

    /** Of a record that is out of the sync some values still come from the PSA, as long as it shows it (PULL-6). */
    private static boolean isFollowed(Pair pair, Field<?> field) {
        Observation observed = pair.observed();
        return Gate.isFollowed(field)
                && pair.disposition() != Disposition.OWNED_ELSEWHERE
                && observed != null
                && observed.visible()
                && !observed.deleted();
    }

    /** Returns whether a person may change the field. */
    public boolean allows(Field<?> field) {
        return !readOnly.containsKey(field);
    }

    /**
     * Returns what keeps a save from being taken; empty when nothing does.
     *
     * @param changes the fields that the save would change
     */
    public List<Problem> refuse(FieldValues changes) {
        return changes.fields().stream()
                .filter(readOnly::containsKey)
                .map(field -> Problem.of(field, Problem.Code.NOT_WRITABLE, String.valueOf(readOnly.get(field))))
                .toList();
    }
}
