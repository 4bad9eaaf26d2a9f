package org.psasync.connectwise;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.psasync.connectwise.PageReader.Listing;
import org.psasync.http.JsonValue;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;

/**
 * Chooses the identifier of a new company, which is unique in the PSA: the short name, else the name shortened, and
 * numbered where that is taken (PSA-CW-2). Deleted companies keep theirs.
 */
final class Identifier {
    /** The key under which the choice is fixed in the draft. */
    static final String KEY = "identifier";

    private static final int MOST = 1000;

    private final PageReader pages;

    Identifier(PageReader pages) {
        this.pages = pages;
    }

    /** @throws NotWritable when the short name is taken, or no number is free */
    String choose(FieldValues company) {
        String shortName = company.get(OrganizationFields.SHORT_NAME);
        if (shortName != null) {
            if (!taken(List.of(shortName)).isEmpty()) {
                throw new NotWritable(Problem.of(
                        OrganizationFields.SHORT_NAME,
                        Problem.Code.DUPLICATE,
                        "A company of ConnectWise has the identifier \"" + shortName
                                + "\" already; choose another short name"));
            }
            return shortName;
        }
        String name = String.valueOf(company.get(OrganizationFields.NAME));
        int number = 1;
        while (number <= MOST) {
            List<String> candidates = candidates(name, number);
            Set<String> taken = taken(candidates);
            for (String candidate : candidates) {
                if (!taken.contains(candidate.toLowerCase(Locale.ROOT))) {
                    return candidate;
                }
            }
            number += candidates.size();
        }
        throw new NotWritable(Problem.of(
                OrganizationFields.SHORT_NAME,
                Problem.Code.REQUIRED,
                "ConnectWise has too many companies whose identifier begins as the name does; fill in a short name"));
    }

    /** The first is the name as far as it fits; the others end in their number. */
    static String candidate(String name, int number) {
        String ending = number == 1 ? "" : Integer.toString(number);
        int room = CompanyKind.IDENTIFIER_LENGTH - ending.length();
        int end = Math.min(room, name.length());
        boolean splits = end < name.length() && end > 0 && Character.isHighSurrogate(name.charAt(end - 1));
        return name.substring(0, splits ? end - 1 : end).strip() + ending;
    }

    /** The first goes by itself, since it is free nearly always; of the others as many as fit into one request. */
    private static List<String> candidates(String name, int from) {
        List<String> result = new ArrayList<>();
        result.add(candidate(name, from));
        for (int number = from + 1; from > 1 && number <= MOST; number++) {
            String next = candidate(name, number);
            if (anyOf(result).or(named(next)).length() > Condition.LONGEST) {
                break;
            }
            result.add(next);
        }
        return result;
    }

    private static Condition named(String identifier) {
        return Condition.text("identifier", identifier);
    }

    private static Condition anyOf(List<String> identifiers) {
        return identifiers.stream().map(Identifier::named).reduce(Condition::or).orElseThrow();
    }

    /** Returns those in use, in lower case. */
    private Set<String> taken(List<String> identifiers) {
        Set<String> result = new HashSet<>();
        Listing list = Listing.of("companies.find", "company/companies").fields("id,identifier");
        for (JsonValue row : pages.all(list.where(anyOf(identifiers)))) {
            String identifier = row.text("identifier");
            if (identifier != null) {
                result.add(identifier.strip().toLowerCase(Locale.ROOT));
            }
        }
        return result;
    }
}
