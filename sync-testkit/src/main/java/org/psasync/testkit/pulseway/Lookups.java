package org.psasync.testkit.pulseway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lists of a tenant: names by their ids. The tenant guards it. */
final class Lookups {
    static final String COMPLETED = "Completed";

    final Map<Integer, String> accountTypes = list(31, "Customer", "Prospect", "Vendor");
    final Map<Integer, String> businessTypes = list(41, "Commercial", "Healthcare");
    final Map<Integer, String> categories = list(61, "Server", "Workstation", "Printer", "Firewall");
    final Map<Integer, String> manufacturers = list(71, "Example Hardware", "Fabrikam", "Adatum");
    final Map<Integer, String> contactTypes = list(1, "Work", "Home", "Mobile");
    final Map<Integer, String> queues = list(401, "Service Desk", "Projects", "Alerts");
    final Map<Integer, String> statuses = list(501, "New", "In Progress", COMPLETED);
    final Map<Integer, String> priorities = list(520, "Low", "Medium", "High");

    final Map<Integer, String> issueTypes = list(801, "Hardware", "Software");
    final Map<Integer, String> slas = list(701, "Standard", "Premium");

    /** The kinds of an issue type; none of one that there is not. */
    Map<Integer, String> subTypes(int issueType) {
        String name = name(issueTypes, issueType);
        return name == null ? Map.of() : list(1000 + 10 * (issueType - 800), name + " fault", name + " request");
    }

    private static Map<Integer, String> list(int first, String... names) {
        Map<Integer, String> result = new LinkedHashMap<>();
        for (String name : List.of(names)) {
            result.put(first + result.size(), name);
        }
        return result;
    }

    /** The list of that name. */
    Map<Integer, String> named(String list) {
        return switch (list) {
            case "accountTypes" -> accountTypes;
            case "businessTypes" -> businessTypes;
            case "categories" -> categories;
            case "manufacturers" -> manufacturers;
            case "contactTypes" -> contactTypes;
            case "queues" -> queues;
            case "statuses" -> statuses;
            case "priorities" -> priorities;
            case "issueTypes" -> issueTypes;
            case "slas" -> slas;
            default -> throw new IllegalArgumentException("No list " + list);
        };
    }

    /** The name of an entry; null when there is none. */
    static @Nullable String name(Map<Integer, String> list, int id) {
        return list.get(id);
    }
}
