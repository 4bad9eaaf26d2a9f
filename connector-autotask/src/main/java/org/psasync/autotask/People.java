package org.psasync.autotask;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.autotask.Labels.Entry;
import org.psasync.autotask.Labels.ListName;
import org.psasync.autotask.Metadata.Pick;
import org.psasync.http.JsonValue;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.ReferenceData.PsaUser;

/**
 * The tenant's resources. Which licence is that of API users, the tenant's own pick list tells; such a user can own nothing.
 * Source: REST guide, API users, 2026-10.
 */
final class People {
    /** What the licence has been in all tenants seen, where the pick list does not tell. */
    private static final String USUAL_API_LICENCE = "7";

    private final Metadata metadata;
    private final Labels labels;
    private final QueryReader queries;

    People(Metadata metadata, Labels labels, QueryReader queries) {
        this.metadata = metadata;
        this.labels = labels;
        this.queries = queries;
    }

    /** Finds the resource of a user; empty when it cannot be seen. */
    Optional<JsonValue> named(String user) {
        Query query = Query.of("resources.own", "Resources")
                .where(Filter.or(Filter.equal("userName", user), Filter.equal("email", user)));
        try {
            return queries.all(query).stream().findFirst();
        } catch (ConnectorException.Forbidden e) {
            return Optional.empty();
        }
    }

    boolean isApiUser(JsonValue resource) {
        String licence = resource.text("licenseType");
        return licence != null && apiLicences().contains(licence);
    }

    private List<String> apiLicences() {
        List<String> licences = new ArrayList<>();
        try {
            for (Pick pick : metadata.of("Resources").picks("licenseType")) {
                if (pick.label().toUpperCase(Locale.ROOT).matches(".*\\bAPI\\b.*")) {
                    licences.add(pick.value());
                }
            }
        } catch (ConnectorException.Forbidden e) {
            licences.clear();
        }
        return licences.isEmpty() ? List.of(USUAL_API_LICENCE) : licences;
    }

    /** Who is active and no API user, as the list is now. */
    List<Entry> now() {
        return labels.entriesNow(ListName.RESOURCES).stream()
                .filter(this::canOwn)
                .toList();
    }

    private boolean canOwn(Entry entry) {
        JsonValue row = entry.row();
        return entry.active() && row != null && !isApiUser(row);
    }

    static PsaUser user(Entry entry) {
        JsonValue row = entry.row();
        String email = row == null ? null : row.text("email");
        return new PsaUser(entry.id(), entry.name(), Objects.requireNonNullElse(email, ""));
    }

    /** Says why somebody cannot own new companies; empty when the person can (PSA-AT-2). */
    Optional<Problem> ownerProblem(@Nullable String chosen) {
        if (chosen == null) {
            return Optional.of(Problem.ofRecord(
                    Problem.Code.REQUIRED, "Choose the default account manager in the settings; Autotask needs one."));
        }
        Entry entry = labels.entries(ListName.RESOURCES).stream()
                .filter(each -> each.id().equals(chosen))
                .findFirst()
                .orElse(null);
        JsonValue row = entry == null ? null : entry.row();
        if (entry == null || row == null) {
            return labels.entries(ListName.RESOURCES).isEmpty()
                    ? Optional.empty() // the user may not see resources; the PSA will tell
                    : problem("The default account manager " + chosen + " of the settings is no resource of Autotask");
        }
        if (!entry.active()) {
            return problem("The default account manager \"" + entry.name() + "\" is not active in Autotask");
        }
        return isApiUser(row)
                ? problem(
                        "The default account manager \"" + entry.name() + "\" is an API user, who cannot own a company")
                : Optional.empty();
    }

    private static Optional<Problem> problem(String words) {
        return Optional.of(Problem.ofRecord(Problem.Code.UNKNOWN_VALUE, words + "; choose another in the settings."));
    }
}
