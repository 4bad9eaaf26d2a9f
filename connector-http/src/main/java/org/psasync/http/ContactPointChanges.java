package org.psasync.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.psasync.model.ContactPoint;

/**
 * Compares the e-mail addresses or phones that a contact has with the list that it should have.
 *
 * <p>An item is recognised by its id, else by the place it reaches. Of the rest, one that went and one that came are an
 * edit of one item, primary with primary first, so that it keeps its type (PSA-ALL-2). An item that was not seen when the
 * change was made is left alone. A pure function of three lists.
 *
 * @param edits what stays, with its new form; only what differs
 * @param additions what is new
 * @param removals what goes
 */
public record ContactPointChanges(
        Map<ContactPoint, ContactPoint> edits, List<ContactPoint> additions, List<ContactPoint> removals) {
    public ContactPointChanges {
        edits = Collections.unmodifiableMap(new LinkedHashMap<>(edits));
        additions = List.copyOf(additions);
        removals = List.copyOf(removals);
    }

    /**
     * Returns what makes the wanted list of the one that is there.
     *
     * @param present the items as they are now
     * @param seen the items as they were when the change was made
     */
    public static ContactPointChanges between(
            Set<ContactPoint> present, Set<ContactPoint> seen, Set<ContactPoint> wanted) {
        Map<ContactPoint, ContactPoint> itemOf = new LinkedHashMap<>();
        List<ContactPoint> left = new ArrayList<>(present);
        pair(
                wanted,
                left,
                itemOf,
                (point, item) -> point.itemId() != null && point.itemId().equals(item.itemId()));
        pair(wanted, left, itemOf, (point, item) -> point.key().equals(item.key()));
        left.removeIf(item -> seen.stream().noneMatch(each -> isSame(each, item)));
        pair(wanted, left, itemOf, (point, item) -> point.primary() && item.primary());
        pair(wanted, left, itemOf, (point, item) -> true);
        Map<ContactPoint, ContactPoint> edits = new LinkedHashMap<>();
        boolean primaryWanted = wanted.stream().anyMatch(ContactPoint::primary);
        itemOf.forEach((point, item) -> {
            boolean losesPrimary = item.primary() && !point.primary() && !primaryWanted;
            if (!point.key().equals(item.key()) || point.primary() && !item.primary() || losesPrimary) {
                edits.put(item, point);
            }
        });
        List<ContactPoint> additions =
                wanted.stream().filter(point -> !itemOf.containsKey(point)).toList();
        return new ContactPointChanges(edits, additions, List.copyOf(left));
    }

    private static boolean isSame(ContactPoint one, ContactPoint other) {
        return one.itemId() != null && one.itemId().equals(other.itemId())
                || one.key().equals(other.key());
    }

    private static void pair(
            Set<ContactPoint> wanted,
            List<ContactPoint> left,
            Map<ContactPoint, ContactPoint> itemOf,
            BiPredicate<ContactPoint, ContactPoint> match) {
        for (ContactPoint point : wanted) {
            if (!itemOf.containsKey(point)) {
                left.stream()
                        .filter(item -> match.test(point, item))
                        .findFirst()
                        .ifPresent(item -> {
                            itemOf.put(point, item);
                            left.remove(item);
                        });
            }
        }
    }

    /** Returns whether nothing differs. */
    public boolean isEmpty() {
        return edits.isEmpty() && additions.isEmpty() && removals.isEmpty();
    }
}
