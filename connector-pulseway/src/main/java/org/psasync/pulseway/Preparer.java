package org.psasync.pulseway;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;

/** Says all that keeps a draft from becoming a record, before anything is sent (PUSH-8, PSA-PW-2, -3, -5). */
final class Preparer {
    private final Product product;
    private final Kinds kinds;
    private final boolean writesLocations;

    Preparer(Product product, Kinds kinds, boolean writesLocations) {
        this.product = product;
        this.kinds = kinds;
        this.writesLocations = writesLocations;
    }

    Draft prepare(Draft draft) {
        List<Problem> problems = new ArrayList<>();
        kinds.of(draft.kind()).map().writeNew(draft.values()).problems().stream()
                .filter(problem -> problem.code() != Problem.Code.NOT_WRITABLE)
                .forEach(problems::add);
        switch (draft.kind()) {
            case ORGANIZATION -> organization(draft, problems);
            case CONTACT -> contact(draft, problems);
            case LOCATION -> location(problems);
            case CONFIGURATION, TICKET -> {}
        }
        if (!problems.isEmpty()) {
            throw new ConnectorException.Rejected(problems);
        }
        return draft;
    }

    private void organization(Draft draft, List<Problem> problems) {
        setting(draft, Options.BUSINESS_TYPE, "business type of new accounts", problems);
        setting(draft, Options.ACCOUNT_MANAGER, "account manager of new accounts", problems);
        if (draft.parts().isEmpty()) {
            problems.add(Problem.of(
                    OrganizationFields.PRIMARY_LOCATION,
                    Problem.Code.REQUIRED,
                    product.displayName()
                            + " makes an account only together with its main location; add a location, make it the primary"
                            + " one, and save it."));
        }
        for (Draft part : draft.parts()) {
            if (part.values().get(LocationFields.NAME) == null) {
                problems.add(Problem.ofRecord(Problem.Code.REQUIRED, "Fill in the name of the main location."));
            }
        }
    }

    private void setting(Draft draft, String key, String words, List<Problem> problems) {
        if (Options.number(draft.options(), key) == 0) {
            problems.add(Problem.ofRecord(
                    Problem.Code.REQUIRED,
                    "Choose the " + words + " in the settings; " + product.displayName() + " needs it."));
        }
    }

    private void contact(Draft draft, List<Problem> problems) {
        Set<ContactPoint> emails = draft.values().get(ContactFields.EMAILS);
        if (emails != null && primary(emails) == null) {
            problems.add(required(ContactFields.EMAILS, "Mark one e-mail address as the primary one"));
        }
        setting(draft, Options.EMAIL_TYPE, "type of e-mail addresses added to contacts", problems);
        Set<ContactPoint> phones = draft.values().get(ContactFields.PHONES);
        if (primary(phones) == null && !Options.fillsMissingPhone(draft.options())) {
            problems.add(required(
                    ContactFields.PHONES,
                    "Fill in a primary phone number, or let the settings fill it with " + Options.NO_PHONE));
        }
    }

    static @Nullable ContactPoint primary(@Nullable Set<ContactPoint> points) {
        return points == null
                ? null
                : points.stream().filter(ContactPoint::primary).findFirst().orElse(null);
    }

    private Problem required(Field<?> field, String words) {
        return Problem.of(field, Problem.Code.REQUIRED, words + "; " + product.displayName() + " needs it.");
    }

    private void location(List<Problem> problems) {
        if (!writesLocations) {
            problems.clear();
            problems.add(Problem.ofRecord(
                    Problem.Code.NOT_WRITABLE,
                    "The interface of " + product.displayName()
                            + " makes a location only together with its account; add"
                            + " it there, or let the connection write locations through API v1."));
        }
    }
}
