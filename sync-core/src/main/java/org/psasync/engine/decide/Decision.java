package org.psasync.engine.decide;

import java.util.List;
import java.util.Set;
import org.psasync.engine.Verb;
import org.psasync.model.AssetRef;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.OrphanReason;
import org.psasync.model.Problem;
import org.psasync.model.RemoteId;
import org.psasync.model.SyncState;
import org.psasync.store.InFlight;
import org.psasync.store.Trouble;

/** What to do about one pair. */
public sealed interface Decision {
    /** Returns where the record stands before anything is done. */
    Verdict verdict();

    /**
     * A link stays or becomes what the standing says; fields are written where the merge says so.
     *
     * @param standing the state and reasons from now on
     * @param merge what to do about the fields
     */
    record Keep(Verdict verdict, Standing standing, Merge merge) implements Decision {}

    /**
     * Nothing is linked and nothing is done for now.
     *
     * @param gate why the gate turns it away; empty when it is something else
     * @param awaited records that must be linked first, or on whose standing it hangs
     */
    record Leave(Verdict verdict, Set<GateReason> gate, Set<AssetRef> awaited) implements Decision {}

    /**
     * A local record is to be made.
     *
     * @param merge what it is to hold, references left out that cannot be translated
     */
    record CreateLocal(Verdict verdict, Merge merge) implements Decision {
        /** Returns the values of the new record. */
        public FieldValues values() {
            return merge.pull();
        }

        /** Returns the records that are named by the references that were left out. */
        public Set<AssetRef> awaited() {
            return merge.awaited();
        }
    }

    /** A PSA record is to be made from these values, references left out that cannot be translated. */
    record CreateRemote(Verdict verdict, FieldValues values, Set<AssetRef> awaited) implements Decision {}

    /** The PSA record of this pair is that local record. */
    record LinkLocal(Verdict verdict, LocalId match) implements Decision {}

    /** The local record of this pair is that PSA record. */
    record LinkRemote(Verdict verdict, RemoteId match) implements Decision {}

    /**
     * A person must decide.
     *
     * @param awaited records on whose standing that hangs
     */
    record Doubt(Verdict verdict, Trouble.Review review, Set<AssetRef> awaited) implements Decision {}

    /**
     * The record cannot go to the PSA as it is; nothing is sent.
     *
     * @param awaited records on whose standing that hangs
     */
    record Refuse(Verdict verdict, List<Problem> problems, FieldValues refused, Set<AssetRef> awaited)
            implements Decision {}

    /** The local record of a link is gone; the link is kept and left alone. */
    record Disable(Verdict verdict) implements Decision {}

    /** Nothing is left to remember. */
    record Forget(Verdict verdict) implements Decision {}

    /** It must be found out first what became of a write. */
    record Settle(Verdict verdict, InFlight write) implements Decision {}

    /**
     * It is to be done, but a brake holds it (BRAKE-1, BRAKE-3); nothing is done for now.
     *
     * @param verb what is held
     * @param whole what would be done
     */
    record Hold(Verdict verdict, Verb verb, Decision whole) implements Decision {}

    /** It cannot be decided before this is looked up. */
    record Need(Verdict verdict, What what) implements Decision {}

    /** What must be looked up. */
    enum What {
        /** The unlinked records on both sides that share the record's key. */
        RIVALS,
        /** The PSA record as it is now. */
        FRESH_REMOTE
    }

    /** Where a link stands. */
    record Standing(SyncState state, Set<OrphanReason> reasons) {
        static final Standing SYNCING = new Standing(SyncState.SYNCING, Set.of());

        public Standing {
            reasons = Set.copyOf(reasons);
        }
    }
}
