package org.psasync.connectwise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.psasync.model.ContactPoint;

/**
 * Compares the items that a contact has with the list that it should have, for e-mail addresses or for phones.
 *
 * <p>An item is recognised by its id, else by the place it reaches. Of the rest, one that went and one that came are an
 * edit of one item, primary with primary first: so it keeps its type (PSA-ALL-2). An item that was not seen when the
 * change was made is left alone, and so is one that reaches the same place as a recognised one: a number may stand there
 * under two types, of which the list shows one. A pure function of three lists.
 */
record CommunicationChanges(
        Map<CommunicationItem, ContactPoint> edits,
        List<ContactPoint> additions,
        @Nullable CommunicationItem newDefault,
        @Nullable CommunicationItem formerDefault,
        List<CommunicationItem> removals) {

    /**
     * @param present the items as they are now
     * @param seen the list as it was when the change was made
     * @param wanted the list as it should be
     */
    static CommunicationChanges between(
            List<CommunicationItem> present, Set<ContactPoint> seen, Set<ContactPoint> wanted) {
        Map<ContactPoint, CommunicationItem> itemOf = new LinkedHashMap<>();
        List<CommunicationItem> left = new ArrayList<>(present);
        pair(wanted, left, itemOf, (point, item) -> String.valueOf(item.id()).equals(point.itemId()));
        pair(wanted, left, itemOf, (point, item) -> item.point().key().equals(point.key()));
        Set<String> recognised = new HashSet<>();
        itemOf.values().forEach(item -> recognised.add(item.point().key()));
        left.removeIf(
                item -> !wasSeen(item, seen) || recognised.contains(item.point().key()));
        pair(
                wanted,
                left,
                itemOf,
                (point, item) -> point.primary() && item.point().primary());
        pair(wanted, left, itemOf, (point, item) -> true);
        Map<CommunicationItem, ContactPoint> edits = new LinkedHashMap<>();
        CommunicationItem newDefault = null;
        CommunicationItem formerDefault = null;
        for (Map.Entry<ContactPoint, CommunicationItem> each : itemOf.entrySet()) {
            ContactPoint point = each.getKey();
            CommunicationItem item = each.getValue();
            if (!item.point().key().equals(point.key())) {
                edits.put(item, point);
            }
            if (point.primary() && !item.point().primary()) {
                newDefault = item;
            }
            if (!point.primary() && item.point().primary()) {
                formerDefault = item;
            }
        }
        boolean anotherIs = wanted.stream().anyMatch(ContactPoint::primary);
        List<ContactPoint> additions =
                wanted.stream().filter(point -> !itemOf.containsKey(point)).toList();
        return new CommunicationChanges(
                edits, additions, newDefault, anotherIs ? null : formerDefault, List.copyOf(left));
    }

    private static void pair(
            Set<ContactPoint> wanted,
            List<CommunicationItem> left,
            Map<ContactPoint, CommunicationItem> itemOf,
            BiPredicate<ContactPoint, CommunicationItem> match) {
        Map<ContactPoint, CommunicationItem> found = new HashMap<>();
        for (ContactPoint point : wanted) {
            if (itemOf.containsKey(point)) {
                continue;
            }
            left.stream().filter(item -> match.test(point, item)).findFirst().ifPresent(item -> {
                found.put(point, item);
                left.remove(item);
            });
            itemOf.putAll(found);
        }
    }

    private static boolean wasSeen(CommunicationItem item, Set<ContactPoint> seen) {
        return seen.stream()
                .anyMatch(point -> String.valueOf(item.id()).equals(point.itemId())
                        || item.point().key().equals(point.key()));
    }
}
