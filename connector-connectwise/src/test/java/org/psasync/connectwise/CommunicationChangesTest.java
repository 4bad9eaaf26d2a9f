package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.connectwise.CommunicationItem.Form;
import org.psasync.model.ContactPoint;

/** Which items of a contact are edited, added and removed. */
class CommunicationChangesTest {
    private static final CommunicationItem A = item(1, "5550001", true);
    private static final CommunicationItem B = item(2, "5550002", false);
    private static final CommunicationItem C = item(3, "5550003", false);

    private static CommunicationItem item(long id, String value, boolean primary) {
        return new CommunicationItem(
                id, Form.PHONE, new ContactPoint(value, null, primary, "Direct", Long.toString(id)));
    }

    private static Set<ContactPoint> set(ContactPoint... points) {
        return new LinkedHashSet<>(Arrays.asList(points));
    }

    private static ContactPoint further(String value) {
        return ContactPoint.further(value);
    }

    private static CommunicationChanges between(Set<ContactPoint> wanted) {
        return CommunicationChanges.between(List.of(A, B), set(A.point(), B.point()), wanted);
    }

    @Test
    @DisplayName("FIELD-5: the same list is no change, also without item ids")
    void same() {
        for (Set<ContactPoint> wanted :
                List.of(set(A.point(), B.point()), set(further("555 0002"), ContactPoint.primary("(555) 0001")))) {
            CommunicationChanges changes = between(wanted);
            assertThat(changes.edits()).isEmpty();
            assertThat(changes.additions()).isEmpty();
            assertThat(changes.removals()).isEmpty();
            assertThat(changes.newDefault()).isNull();
            assertThat(changes.formerDefault()).isNull();
        }
    }

    @Test
    @DisplayName("PSA-ALL-2: of what went and what came, primary pairs with primary first")
    void primaryWithPrimary() {
        CommunicationChanges changes = between(set(further("5550009"), ContactPoint.primary("5550008")));

        assertThat(changes.edits())
                .containsEntry(A, ContactPoint.primary("5550008"))
                .containsEntry(B, further("5550009"));
        assertThat(changes.newDefault()).isNull();
    }

    @Test
    @DisplayName("PSA-ALL-2: more that came than went are additions, more that went than came are removals")
    void rest() {
        CommunicationChanges more = between(set(A.point(), further("5550007"), further("5550008")));
        assertThat(more.edits()).containsOnlyKeys(B);
        assertThat(more.additions()).containsExactly(further("5550008"));

        CommunicationChanges fewer = between(set(ContactPoint.primary("5550007")));
        assertThat(fewer.edits()).containsOnlyKeys(A);
        assertThat(fewer.removals()).containsExactly(B);
    }

    @Test
    @DisplayName("MERGE-3: an item that was not seen is neither removed nor taken for an edit")
    void unseen() {
        CommunicationChanges changes = CommunicationChanges.between(
                List.of(A, B, C), set(A.point(), B.point()), set(A.point(), further("5550007")));

        assertThat(changes.edits()).containsOnlyKeys(B);
        assertThat(changes.removals()).isEmpty();
    }

    @Test
    @DisplayName("PUSH-10: a number that stands there under two types keeps both items when another one comes")
    void sameNumberUnderTwoTypes() {
        CommunicationItem again = item(4, "555-0001", false);
        List<CommunicationItem> present = List.of(A, again);

        CommunicationChanges added =
                CommunicationChanges.between(present, set(A.point()), set(A.point(), further("5550007")));
        assertThat(added.additions()).containsExactly(further("5550007"));
        assertThat(added.edits()).isEmpty();
        assertThat(added.removals()).isEmpty();

        CommunicationChanges same = CommunicationChanges.between(present, set(A.point()), set(A.point()));
        assertThat(same.removals()).isEmpty();

        CommunicationChanges gone = CommunicationChanges.between(present, set(A.point()), set());
        assertThat(gone.removals()).containsExactly(A, again);
    }

    @Test
    @DisplayName("FIELD-4: the default moves to another item; without any primary the former one loses its flag")
    void defaults() {
        CommunicationChanges moved =
                between(set(A.point().asPrimary(false), B.point().asPrimary(true)));
        assertThat(moved.newDefault()).isEqualTo(B);
        assertThat(moved.formerDefault()).isNull();

        CommunicationChanges none = between(set(A.point().asPrimary(false), B.point()));
        assertThat(none.newDefault()).isNull();
        assertThat(none.formerDefault()).isEqualTo(A);
    }
}
