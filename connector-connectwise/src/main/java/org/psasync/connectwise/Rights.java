package org.psasync.connectwise;

import java.util.Map;

/**
 * The rights of a security role that calls need, in the words of the PSA's own pages.
 *
 * <p>Source: ConnectWise security role pages and the published rights tables of its integrations, 2026-10.
 */
final class Rights {
    static final String COMPANIES = "Companies > Company Maintenance";
    static final String CONTACTS = "Companies > Contacts";
    static final String CONFIGURATIONS = "Companies > Configurations";
    static final String TICKETS = "Service Desk > Service Tickets";
    static final String MEMBERS = "System > Member Maintenance";
    static final String TABLES = "System > Table Setup";

    /** By the first word of a call's name; the second tells what is done. */
    private static final Map<String, String> BY_SUBJECT = Map.ofEntries(
            Map.entry("companies", COMPANIES),
            Map.entry("companyTypes", COMPANIES),
            Map.entry("sites", COMPANIES),
            Map.entry("contacts", CONTACTS),
            Map.entry("communications", CONTACTS),
            Map.entry("contactTypes", CONTACTS),
            Map.entry("configurations", CONFIGURATIONS),
            Map.entry("tickets", TICKETS),
            Map.entry("members", MEMBERS),
            Map.entry("callbacks", TABLES));

    private Rights() {}

    /** The right that the call of that name needs, such as {@code Companies > Contacts (Edit)}. */
    static String of(String call) {
        int dot = call.indexOf('.');
        String subject = dot < 0 ? call : call.substring(0, dot);
        String level = switch (dot < 0 ? "" : call.substring(dot + 1)) {
            case "create", "add" -> "Add";
            case "update" -> "Edit";
            case "remove" -> "Delete";
            default -> "Inquire";
        };
        return BY_SUBJECT.getOrDefault(subject, TABLES) + " (" + level + ")";
    }
}
