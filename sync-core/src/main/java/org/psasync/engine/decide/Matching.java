package org.psasync.engine.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.spi.MatchKey;
import org.psasync.store.Candidate;
import org.psasync.store.Trouble.Ruling;

/** Recognises a record without a link on the other side (SPEC 5). All values are in the PSA's terms. */
public final class Matching {
    private static final char SEPARATOR = '\u001f';

    private final Policy policy;

    /** Makes the matching of a policy. */
    public Matching(Policy policy) {
        this.policy = policy;
    }

    /** How two records of one key stand to each other. */
    public enum Relation {
        /** They are the same. */
        MATCH,
        /** They may be the same. */
        DOUBT,
        /** They are not the same. */
        NO
    }

    /**
     * A record that takes part.
     *
     * @param ref names it on its own side
     * @param values in the PSA's terms
     * @param selected whether it passes the gate by its own values
     * @param ruling what a person decided about a doubt of it; null when nobody did
     * @param localGone whether it is the PSA's record of a link whose local record was deleted, which only a person links
     *     anew (STATE-6)
     */
    public record Entrant(
            AssetRef ref,
            FieldValues values,
            boolean selected,
            @Nullable Ruling ruling,
            boolean localGone) {
        /** Makes a record without a link. */
        public Entrant(AssetRef ref, FieldValues values, boolean selected, @Nullable Ruling ruling) {
            this(ref, values, selected, ruling, false);
        }

        /** Makes a record about which nobody decided anything. */
        public Entrant(AssetRef ref, FieldValues values, boolean selected) {
            this(ref, values, selected, null);
        }
    }

    /** What matching came to. */
    public sealed interface Result {
        /** Nothing on the other side is like it. */
        record None() implements Result {}

        /** Exactly one record of the other side is like it, and it is like no other. */
        record One(Entrant match) implements Result {}

        /** A person must say; the best candidate is the first. */
        record Doubt(String reason, List<Candidate> candidates, List<Entrant> entrants) implements Result {
            public Doubt {
                candidates = List.copyOf(candidates);
                entrants = List.copyOf(entrants);
            }
        }
    }

    /** Returns whether a record can be recognised at all: it has a name, and the PSA maps what it goes by. */
    public boolean recognises(FieldValues values) {
        return !policy.keys(values.kind()).isEmpty() && Fields.title(values) != null;
    }

    /**
     * Returns a text that two records share if they could match, whatever the settings; null when the record has no
     * name by which it could be recognised.
     *
     * @param values in the PSA's terms
     */
    public @Nullable String text(FieldValues values) {
        if (Fields.title(values) == null) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (Field<?> field : policy.keys(values.kind())) {
            Object value = values.get(field);
            String part = value == null
                    ? ""
                    : value instanceof AssetRef ref
                            ? ref.idText()
                            : value instanceof Choice choice ? choice.id() : value.toString();
            append(part, text);
            text.append(SEPARATOR);
        }
        return text.isEmpty() ? null : text.toString();
    }

    /** Character by character, as {@link String#equalsIgnoreCase} compares: what is equal to it must share the text. */
    private static void append(String part, StringBuilder text) {
        for (int i = 0; i < part.length(); i++) {
            text.append(Character.toLowerCase(Character.toUpperCase(part.charAt(i))));
        }
    }

    /** Returns all by which a record is recognised, serial number and MAC included; two that share it are one or in doubt. */
    public String evidence(FieldValues values) {
        String identity = values.kind() == AssetKind.CONFIGURATION
                ? values.get(ConfigurationFields.SERIAL_NUMBER)
                        + SEPARATOR
                        + values.get(ConfigurationFields.MAC_ADDRESS)
                : "";
        return text(values) + SEPARATOR + identity;
    }

    /** Returns the mapped values of a local record in the PSA's terms; references without link are left out. */
    public FieldValues inRemoteTerms(FieldValues local, LinkTable links) {
        return Translation.toPsa(policy, links, null, local)
                .all(local, policy::isRead)
                .values();
    }

    /** Returns the key fields of a PSA record in the host's terms. */
    public FieldValues inLocalTerms(FieldValues remote, LinkTable links) {
        return Translation.toHost(policy, links, null, remote)
                .all(remote, policy.keys(remote.kind())::contains)
                .values();
    }

    /** Returns the key by which the side in whose terms the values are is searched. */
    public MatchKey key(FieldValues values) {
        List<Field<?>> fields = policy.keys(values.kind());
        return new MatchKey(
                values.only(fields::contains), policy.settings().matching().ignoringCase());
    }

    /** Says how two records stand to each other (MATCH-1 to MATCH-3). */
    public Relation relation(FieldValues first, FieldValues second) {
        return likeness(first, second).relation();
    }

    Likeness likeness(FieldValues first, FieldValues second) {
        List<Field<?>> keys = policy.keys(first.kind());
        boolean named = Fields.title(first) != null;
        if (!named || !keys.stream().allMatch(field -> same(first.get(field), second.get(field)))) {
            return Likeness.NONE;
        }
        return first.kind() == AssetKind.CONFIGURATION
                ? identity(first, second)
                : new Likeness(keys, List.of(), List.of());
    }

    private boolean same(@Nullable Object first, @Nullable Object second) {
        return first instanceof String a
                        && second instanceof String b
                        && policy.settings().matching().ignoringCase()
                ? a.equalsIgnoreCase(b)
                : Objects.equals(first, second);
    }

    /** Serial number and MAC address, each equal, different, on one side only, or on none (MATCH-3). */
    private Likeness identity(FieldValues first, FieldValues second) {
        List<Field<?>> equal = new ArrayList<>(policy.keys(first.kind()));
        List<Field<?>> different = new ArrayList<>();
        List<Field<?>> oneSided = new ArrayList<>();
        for (Field<String> field : List.of(ConfigurationFields.SERIAL_NUMBER, ConfigurationFields.MAC_ADDRESS)) {
            String a = policy.isRead(field) ? first.get(field) : null;
            String b = policy.isRead(field) ? second.get(field) : null;
            if (a == null && b == null) {
                continue;
            }
            (a == null || b == null ? oneSided : same(a, b) ? equal : different).add(field);
        }
        return new Likeness(equal, different, oneSided);
    }

    /**
     * Finds the record of the other side that {@code self} is, counting from both sides (MATCH-4).
     *
     * @param self the record without a link
     * @param peers the unlinked records of its own side that share its key, itself left out
     * @param others the unlinked records of the other side that share its key
     */
    public Result match(Entrant self, List<Entrant> peers, List<Entrant> others) {
        List<Entrant> likes = likes(self, peers, others);
        if (likes.isEmpty()) {
            return new Result.None();
        }
        boolean certain = relation(self.values(), likes.get(0).values()) == Relation.MATCH;
        List<Entrant> matches = certain ? likes : List.of();
        if (matches.size() == 1) {
            Entrant match = matches.get(0);
            boolean contested =
                    peers.stream().anyMatch(peer -> relation(peer.values(), match.values()) == Relation.MATCH);
            if (!contested && match.selected() && !match.localGone()) {
                return new Result.One(match);
            }
            if (!contested && match.localGone()) {
                return doubt(self, "It is the same as a record whose local one was deleted.", matches);
            }
            if (!contested) {
                return doubt(self, "It is the same as a record that is not selected.", matches);
            }
            return doubt(self, "Several records of one side are the same as one of the other side.", matches);
        }
        return matches.isEmpty()
                ? doubt(self, "It may be the same as a record of the other side.", likes)
                : doubt(self, "Several records of the other side are the same as it.", matches);
    }

    /** Returns whether another record of this side certainly is that one. */
    private boolean takenByAnother(Entrant other, List<Entrant> peers, List<Entrant> others) {
        List<Entrant> owners = peers.stream()
                .filter(peer -> relation(peer.values(), other.values()) == Relation.MATCH)
                .toList();
        return owners.size() == 1
                && others.stream()
                                .filter(each -> relation(owners.get(0).values(), each.values()) == Relation.MATCH)
                                .count()
                        == 1;
    }

    /** Asks about a record that is certainly the same, because somebody decided otherwise before. */
    Result.Doubt decidedOtherwise(Entrant self, Entrant match) {
        return doubt(
                self,
                "It is the same as exactly one record now, and was decided not to be linked before.",
                List.of(match));
    }

    private Result.Doubt doubt(Entrant self, String reason, List<Entrant> entrants) {
        List<Entrant> ranked = new Ranking(this).ranked(self, entrants);
        List<Candidate> candidates = ranked.stream()
                .map(entrant -> new Candidate(
                        entrant.ref(),
                        Objects.requireNonNullElse(Fields.title(entrant.values()), ""),
                        likeness(self.values(), entrant.values()).text()
                                + (entrant.localGone() ? " Its local record was deleted (STATE-6)." : "")
                                + (entrant.selected() ? "" : " It is not selected (MATCH-9).")))
                .toList();
        return new Result.Doubt(reason, candidates, ranked);
    }

    /** Returns what a record may be: all that match it, or else all that are in doubt and not another one's. */
    List<Entrant> likes(Entrant self, List<Entrant> peers, List<Entrant> others) {
        List<Entrant> matches = others.stream()
                .filter(other -> relation(self.values(), other.values()) == Relation.MATCH)
                .toList();
        return !matches.isEmpty()
                ? matches
                : others.stream()
                        .filter(other -> relation(self.values(), other.values()) == Relation.DOUBT)
                        .filter(other -> !takenByAnother(other, peers, others))
                        .toList();
    }
}
