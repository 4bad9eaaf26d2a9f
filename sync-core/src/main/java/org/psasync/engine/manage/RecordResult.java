package org.psasync.engine.manage;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.psasync.engine.Disposition;
import org.psasync.engine.Verb;
import org.psasync.store.Event;

/**
 * What came of an action on one record.
 *
 * @param done whether it was done; if not, nothing changed but what is known of the two records
 * @param disposition where the record stands now
 * @param text why it was not done, with the way out; or where the record stands, as a sentence
 * @param steps what was written on either side, in order; empty when nothing was
 */
public record RecordResult(boolean done, Disposition disposition, String text, List<Step> steps) {

    /**
     * Something that was done to the record.
     *
     * @param verb what
     * @param changes the fields, before and after; empty when the whole record is new
     */
    public record Step(Verb verb, List<Event.Change> changes) {
        public Step {
            requireNonNull(verb, "verb");
            changes = List.copyOf(changes);
        }
    }

    public RecordResult {
        requireNonNull(disposition, "disposition");
        requireNonNull(text, "text");
        steps = List.copyOf(steps);
    }

    /** Returns that nothing was done. */
    public static RecordResult refused(Disposition disposition, String text) {
        return new RecordResult(false, disposition, text, List.of());
    }
}
