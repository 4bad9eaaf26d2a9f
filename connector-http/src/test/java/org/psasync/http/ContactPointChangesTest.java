package org.psasync.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.ContactPoint;

class ContactPointChangesTest {
    private static final ContactPoint WORK = new ContactPoint("555 0100", null, true, "Work", "w");
    private static final ContactPoint MOBILE = new ContactPoint("555 0200", null, false, "Mobile", "m");

    @Test
    @DisplayName("PSA-ALL-2: what has the id of an item, or went where another came, is an edit of that item")
    void tellsEdits() {
        ContactPoint byId = new ContactPoint("555 0300", null, false, null, "m");
        assertThat(ContactPointChanges.between(Set.of(WORK, MOBILE), Set.of(WORK, MOBILE), Set.of(WORK, byId))
                        .edits())
                .isEqualTo(Map.of(MOBILE, byId));
        ContactPoint other = ContactPoint.primary("555 0400");
        assertThat(ContactPointChanges.between(Set.of(WORK), Set.of(WORK), Set.of(other))
                        .edits())
                .isEqualTo(Map.of(WORK, other));
    }

    @Test
    @DisplayName("MERGE-3: what came to the PSA since stays; what is new is added, and what is wanted no more goes")
    void leavesAloneWhatWasNotSeen() {
        ContactPoint added = ContactPoint.further("555 0500");
        ContactPointChanges changes =
                ContactPointChanges.between(Set.of(WORK, MOBILE), Set.of(WORK), Set.of(WORK, added));
        assertThat(changes.additions()).containsExactly(added);
        assertThat(changes.removals()).isEmpty();
        assertThat(ContactPointChanges.between(Set.of(WORK, MOBILE), Set.of(WORK, MOBILE), Set.of(WORK))
                        .removals())
                .containsExactly(MOBILE);
        assertThat(ContactPointChanges.between(Set.of(WORK), Set.of(WORK), Set.of(WORK))
                        .isEmpty())
                .isTrue();
    }
}
