package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.psasync.model.ContactPoint;

class ItemSetsPropertyTest {
    /** Sets of a few addresses, at most one of them the primary one; null is the empty set. */
    @Provide
    Arbitrary<Set<ContactPoint>> lists() {
        Arbitrary<Set<String>> addresses =
                Arbitraries.of("a@x", "b@x", "c@x", "d@x").set().ofMaxSize(4);
        return Combinators.combine(addresses, Arbitraries.of("a@x", "b@x", "c@x", "d@x", "none"))
                .as((values, primary) -> values.stream()
                        .map(value -> value.equals(primary) ? ContactPoint.primary(value) : ContactPoint.further(value))
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    @Property(tries = 2_000)
    @Label("MERGE-3: a list that did not change leaves the other one as it is")
    void replaysNothing(@ForAll("lists") Set<ContactPoint> same, @ForAll("lists") Set<ContactPoint> onto) {
        Set<?> result = ItemSets.replay(same, same, onto);
        assertThat(keys(result)).isEqualTo(keys(onto));
        if (ItemSets.primary(onto) != null) {
            assertThat(ItemSets.primary(result)).isEqualTo(ItemSets.primary(onto));
        }
    }

    @Property(tries = 2_000)
    @Label("MERGE-3: what was replayed on the list it began with is the list it became")
    void replaysTheWholeChange(@ForAll("lists") Set<ContactPoint> before, @ForAll("lists") Set<ContactPoint> after) {
        Set<?> result = ItemSets.replay(before, after, before);
        assertThat(keys(result)).isEqualTo(keys(after));
        assertThat(ItemSets.primary(result)).isEqualTo(ItemSets.primary(after));
    }

    @Property(tries = 2_000)
    @Label("MERGE-3: both additions survive, what one side removed goes, and there is at most one primary item")
    void keepsBothAdditions(
            @ForAll("lists") Set<ContactPoint> before,
            @ForAll("lists") Set<ContactPoint> after,
            @ForAll("lists") Set<ContactPoint> onto) {
        Set<?> result = ItemSets.replay(before, after, onto);
        Set<Object> expected = new LinkedHashSet<>(keys(onto));
        expected.removeIf(key -> keys(before).contains(key) && !keys(after).contains(key));
        keys(after).stream().filter(key -> !keys(before).contains(key)).forEach(expected::add);
        assertThat(keys(result)).isEqualTo(expected);
        assertThat(
                        result == null
                                ? 0
                                : result.stream()
                                        .filter(item -> ((ContactPoint) item).primary())
                                        .count())
                .isLessThanOrEqualTo(1);
    }

    @Property(tries = 2_000)
    @Label("MERGE-3: replaying twice is the same as once")
    void canBeRepeated(
            @ForAll("lists") Set<ContactPoint> before,
            @ForAll("lists") Set<ContactPoint> after,
            @ForAll("lists") Set<ContactPoint> onto) {
        Set<?> once = ItemSets.replay(before, after, onto);
        assertThat(keys(ItemSets.replay(before, after, once))).isEqualTo(keys(once));
    }

    private static Set<Object> keys(@Nullable Set<?> items) {
        Map<Object, Object> result = new LinkedHashMap<>();
        if (items != null) {
            items.forEach(item -> result.put(((ContactPoint) item).key(), item));
        }
        return result.keySet();
    }
}
