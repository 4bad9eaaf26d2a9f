package org.psasync.autotask;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonValue;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.WriteOptions;

/**
 * The products that configuration items are of. They hold the manufacturer and the model, so that writing these means to
 * choose a product; none is ever changed (PSA-AT-3). What was read lately is kept. Safe for use by several threads.
 */
final class Products {
    private static final String ENTITY = "Products";
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int MOST_KEPT = 20_000;
    private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,17}");
    private static final List<String> MEMBERS =
            List.of("id", "name", "manufacturerName", "manufacturerProductName", "isActive");

    private final Api api;
    private final QueryReader queries;
    private final InstantSource clock;
    private final Map<Long, Kept> kept = new LinkedHashMap<>();

    Products(Api api, QueryReader queries, InstantSource clock) {
        this.api = api;
        this.queries = queries;
        this.clock = clock;
    }

    private record Kept(JsonValue product, Instant at) {}

    /** Returns products by their numbers; those that cannot be seen are missing. */
    Map<Long, JsonValue> of(Set<Long> numbers) {
        Map<Long, JsonValue> result = new HashMap<>();
        Set<Long> unknown = new TreeSet<>(numbers);
        Instant oldest = clock.instant().minus(KEPT);
        synchronized (kept) {
            for (Long number : numbers) {
                Kept known = kept.get(number);
                if (known != null && known.at().isAfter(oldest)) {
                    result.put(number, known.product());
                    unknown.remove(number);
                }
            }
        }
        if (unknown.isEmpty()) {
            return result;
        }
        Instant now = clock.instant();
        for (JsonValue row : queries.byNumbers(
                unknown,
                part -> Query.of("products.read", ENTITY).include(MEMBERS).where(Filter.in("id", part)))) {
            Long number = Ids.ofRow(row);
            if (number != null) {
                result.put(number, row);
                keep(number, row, now);
            }
        }
        return result;
    }

    private void keep(long number, JsonValue row, Instant now) {
        synchronized (kept) {
            kept.remove(number);
            kept.put(number, new Kept(row, now));
            if (kept.size() > MOST_KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
    }

    /**
     * What was chosen.
     *
     * @param problem what it is instead of, where it is not of that manufacturer and model; null where it is
     */
    record Chosen(long number, @Nullable String problem) {}

    /** Returns the active product of a manufacturer and model; of several the oldest. */
    Optional<Long> find(Choice manufacturer, Choice model) {
        return queries
                .all(Query.of("products.find", ENTITY)
                        .include(MEMBERS)
                        .where(
                                Filter.contains("manufacturerName", manufacturer.name()),
                                Filter.contains("manufacturerProductName", model.name())))
                .stream()
                .filter(row -> Boolean.TRUE.equals(row.flag("isActive"))
                        && isNamed(row.text("manufacturerName"), manufacturer)
                        && isNamed(row.text("manufacturerProductName"), model))
                .map(Ids::required)
                .findFirst();
    }

    private static boolean isNamed(@Nullable String text, Choice choice) {
        return text != null && text.strip().equalsIgnoreCase(choice.name().strip());
    }

    /**
     * Chooses a product, or makes one where the settings say so. One at a time, so that two records do not make it twice; an
     * answer that gets lost leaves the outcome open for whoever asked, and the next look finds what was made.
     *
     * @throws ConnectorException.Rejected when there is none
     */
    synchronized Chosen choose(Choice manufacturer, Choice model, WriteOptions options) {
        Optional<Long> found = find(manufacturer, model);
        if (found.isPresent()) {
            return new Chosen(found.get(), null);
        }
        return switch (Options.productMissing(options)) {
            case Options.CREATE -> new Chosen(create(manufacturer, model, options), null);
            case Options.DEFAULT ->
                new Chosen(
                        number(options.get(Options.DEFAULT_PRODUCT)),
                        none(manufacturer, model) + "; the default product was taken instead.");
            default -> throw new ConnectorException.Rejected(List.of(missing(manufacturer, model)));
        };
    }

    static Problem missing(Choice manufacturer, Choice model) {
        return Problem.of(
                ConfigurationFields.MODEL,
                Problem.Code.UNKNOWN_VALUE,
                none(manufacturer, model)
                        + "; add it there, correct the two, or let the settings make missing products.");
    }

    /** What is to be said of the fields that another product was taken for. */
    static List<Problem> taken(String problem) {
        return List.of(
                Problem.of(ConfigurationFields.MANUFACTURER, Problem.Code.NOT_WRITABLE, problem),
                Problem.of(ConfigurationFields.MODEL, Problem.Code.NOT_WRITABLE, problem));
    }

    private static String none(Choice manufacturer, Choice model) {
        return "Autotask has no active product of the manufacturer \"" + manufacturer.name() + "\" and the model \""
                + model.name() + "\"";
    }

    private long create(Choice manufacturer, Choice model, WriteOptions options) {
        JsonValue product = JsonValue.object()
                .with("name", manufacturer.name() + " " + model.name())
                .with("manufacturerName", manufacturer.name())
                .with("manufacturerProductName", model.name())
                .with("isActive", true)
                .with("isSerialized", false)
                .with("productBillingCodeID", number(options.get(Options.BILLING_CODE)));
        return api.write("products.create", "POST", product, ENTITY);
    }

    /** Says what the settings lack for a product to be chosen or made. */
    static Optional<Problem> missingSetting(WriteOptions options) {
        String mode = Options.productMissing(options);
        String key = mode.equals(Options.CREATE)
                ? Options.BILLING_CODE
                : mode.equals(Options.DEFAULT) ? Options.DEFAULT_PRODUCT : "";
        String value = key.isEmpty() ? null : options.get(key);
        boolean there = key.isEmpty() || value != null && NUMBER.matcher(value).matches();
        return there
                ? Optional.empty()
                : Optional.of(Problem.ofRecord(
                        Problem.Code.REQUIRED,
                        key.equals(Options.BILLING_CODE)
                                ? "Choose the billing code of new products in the settings; Autotask needs it."
                                : "Choose the default product in the settings, or another way for missing products."));
    }

    private static long number(@Nullable String option) {
        if (option == null || !NUMBER.matcher(option).matches()) {
            throw new ConnectorException.Rejected(List.of(Problem.ofRecord(
                    Problem.Code.REQUIRED, "Choose the product or its billing code in the settings.")));
        }
        return Long.parseLong(option);
    }
}
