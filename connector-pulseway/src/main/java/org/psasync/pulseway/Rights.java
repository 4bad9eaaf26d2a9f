package org.psasync.pulseway;

/** The parts of the security role that calls need, in words: the vendor publishes no list. */
final class Rights {
    private Rights() {}

    /** @param call such as {@code accounts.page} */
    static String of(String call) {
        String part = call.replaceAll("\\..*", "");
        return switch (part) {
            case "accounts", "locations" -> "CRM > Accounts";
            case "contacts" -> "CRM > Contacts";
            case "assets" -> "Service Desk > Hardware Assets";
            case "tickets" -> "Service Desk > Tickets";
            case "employees" -> "HR > Employees";
            default -> part;
        };
    }
}
