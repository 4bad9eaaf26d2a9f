package org.psasync.connectwise;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psasync.connectwise.PageReader.Listing;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.LocationFields;
import org.psasync.spi.ConnectorException;

/**
 * The PSA's lists, kept for a while, and searched for the entries that values mean.
 *
 * <p>An entry that is missing has the list read again, unless that was done just now. Safe for use by several threads.
 */
final class Lists {
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final PageReader pages;
    private final InstantSource clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    Lists(PageReader pages, InstantSource clock) {
        this.pages = pages;
        this.clock = clock;
    }

    /** @param entries null when the API member may not see the list */
    private record Kept(@Nullable List<ListEntry> entries, Instant readAt) {}

    /** Returns a list as it is now; empty when the API member may not see it. */
    Optional<List<ListEntry>> afresh(ListName name) {
        return Optional.ofNullable(read(name).entries());
    }

    /**
     * Finds what a choice of the host means: the entry with its id, else the only one with its name.
     *
     * @throws NotWritable when there is no such entry
     */
    ListEntry entry(Field<?> field, ListName list, Choice wanted) {
        Optional<ListEntry> found = find(list, entry -> choice(entry, wanted));
        if (found.isPresent()) {
            return found.get();
        }
        boolean hidden = kept(list, KEPT).entries() == null;
        Optional<Long> number =
                wanted.id().matches("[1-9][0-9]{0,8}") ? Optional.of(Long.parseLong(wanted.id())) : Optional.empty();
        if (hidden && number.isPresent()) {
            return new ListEntry(number.get(), wanted.name(), true, JsonValue.missing());
        }
        throw NotWritable.unknown(
                field,
                hidden
                        ? "The API member may not see the list of the PSA in which \"" + wanted.name()
                                + "\" would be; it needs the right " + Rights.of(list.call())
                        : "ConnectWise has no " + list.words() + " \"" + wanted.name()
                                + "\"; choose one of its list, or add it there");
    }

    /** @throws NotWritable when the PSA has no such country */
    ListEntry country(String country) {
        return find(ListName.COUNTRIES, entry -> isCountry(entry, country))
                .orElseThrow(() -> NotWritable.unknown(
                        LocationFields.COUNTRY,
                        "ConnectWise has no country \"" + country + "\"; choose one of its list, or add it there"));
    }

    /**
     * Finds a state or province.
     *
     * @param country in which it is looked for first; null when there is none
     * @throws NotWritable when the PSA has no such state
     */
    ListEntry region(String region, @Nullable String country) {
        Predicate<ListEntry> named = entry -> isRegion(entry, region);
        Optional<ListEntry> nearby = country == null
                ? Optional.empty()
                : find(ListName.STATES, named.and(entry -> country.equals(countryOf(entry))));
        return nearby.or(() -> find(ListName.STATES, named.and(entry -> country == null || countryOf(entry) == null)))
                .orElseThrow(() -> NotWritable.unknown(
                        LocationFields.REGION,
                        "ConnectWise has no state \"" + region + "\""
                                + (country == null ? "" : " in the country \"" + country + "\"")
                                + "; choose one of its list, or add it there"));
    }

    /** Returns the questions that every new configuration of a type must answer (PSA-CW-3). */
    List<String> requiredQuestions(long type) {
        String key = "questions/" + type;
        Kept questions = kept.get(key);
        if (questions == null || isOlder(questions, KEPT)) {
            Listing list = Listing.of(
                            "configurations-questions.list", "company/configurations/types/{}/questions", type)
                    .fields("id,question,requiredFlag,inactiveFlag");
            questions = keep(
                    key,
                    list,
                    row -> new ListEntry(
                            0,
                            String.valueOf(row.text("question")),
                            Boolean.TRUE.equals(row.flag("requiredFlag"))
                                    && !Boolean.TRUE.equals(row.flag("inactiveFlag")),
                            row));
        }
        List<ListEntry> entries = questions.entries();
        return entries == null
                ? List.of()
                : entries.stream()
                        .filter(ListEntry::active)
                        .map(ListEntry::name)
                        .toList();
    }

    private Optional<ListEntry> find(ListName name, Predicate<ListEntry> wanted) {
        Optional<ListEntry> found = first(kept(name, KEPT), wanted);
        return found.isPresent() ? found : first(kept(name, FRESH), wanted);
    }

    private static Optional<ListEntry> first(Kept list, Predicate<ListEntry> wanted) {
        List<ListEntry> entries = list.entries();
        return entries == null
                ? Optional.empty()
                : entries.stream().filter(wanted).findFirst();
    }

    private Kept kept(ListName name, Duration longest) {
        Kept list = kept.get(name.path());
        return list == null || isOlder(list, longest) ? read(name) : list;
    }

    private boolean isOlder(Kept list, Duration longest) {
        return Duration.between(list.readAt(), clock.instant()).compareTo(longest) > 0;
    }

    private Kept read(ListName name) {
        return keep(name.path(), Listing.of(name.call(), name.path()), name::entry);
    }

    private interface Reader {
        ListEntry entry(JsonValue row);
    }

    private Kept keep(String key, Listing list, Reader reader) {
        List<ListEntry> entries = new ArrayList<>();
        Kept result;
        try {
            for (JsonValue row : pages.all(list)) {
                entries.add(reader.entry(row));
            }
            result = new Kept(List.copyOf(entries), clock.instant());
        } catch (ConnectorException.Forbidden e) {
            result = new Kept(null, clock.instant());
        } catch (JsonMismatch e) {
            throw new ConnectorException.Unavailable(
                    "The list " + list.path() + " of ConnectWise cannot be understood: " + e.getMessage(), false, e);
        }
        kept.put(key, result);
        return result;
    }

    /** The id counts; a host that knows only names is understood by name. */
    private static boolean choice(ListEntry entry, Choice wanted) {
        return wanted.id().equals(Long.toString(entry.number()))
                || wanted.id().equals(wanted.name()) && wanted.name().equalsIgnoreCase(entry.name());
    }

    private static boolean isCountry(ListEntry entry, String wanted) {
        String code = entry.row().text("countryCode");
        return wanted.equalsIgnoreCase(code)
                || wanted.equalsIgnoreCase(entry.name())
                || wanted.equals(FieldType.COUNTRY.canonical(entry.name()));
    }

    private static boolean isRegion(ListEntry entry, String wanted) {
        return wanted.equalsIgnoreCase(entry.row().text("identifier"))
                || wanted.equalsIgnoreCase(entry.name())
                || wanted.equals(FieldType.REGION.canonical(entry.name()));
    }

    private static @Nullable String countryOf(ListEntry state) {
        return FieldType.COUNTRY.canonical(Reads.text(state.row(), "country", "name"));
    }
}
