package org.psasync.testkit.connectwise;

import java.util.List;
import java.util.SplittableRandom;

/** Invented names and values. */
final class Words {
    /**
     * A place.
     *
     * @param state the position in {@link #STATES}, from 1
     */
    record Town(String name, int state) {}

    static final List<String> MEMBERS = List.of("jkowalski", "mlopez", "tnguyen");
    static final List<List<String>> STATES = List.of(
            List.of("IL", "Illinois"),
            List.of("OH", "Ohio"),
            List.of("TX", "Texas"),
            List.of("OR", "Oregon"),
            List.of("FL", "Florida"));
    static final List<Town> TOWNS = List.of(
            new Town("Millbrook", 1),
            new Town("Fairhaven", 2),
            new Town("Cedar Bluff", 3),
            new Town("Port Ellis", 4),
            new Town("Lakemont", 5),
            new Town("Ashford", 1),
            new Town("Granville Falls", 2));
    static final List<String> STREETS =
            List.of("Quay Street", "Mill Lane", "Orchard Road", "Station Square", "Birch Avenue", "Canal Walk");
    static final List<String> SITES = List.of("Warehouse", "Branch Office", "Workshop", "Annex", "Depot");
    static final List<String> FIRST_NAMES =
            List.of("Dana", "Ines", "Pavel", "Ruth", "Tomas", "Aisha", "Noor", "Lena", "Marco", "Yuki", "Zoë", "Émile");
    static final List<String> LAST_NAMES =
            List.of("Reyes", "Fischer", "Okafor", "Lindqvist", "Brandt", "Moreau", "Tanaka", "O'Neill", "Sharma");
    static final List<String> TITLES =
            List.of("Office Manager", "Owner", "IT Coordinator", "Accountant", "Operations Lead", "");
    static final List<String> DEVICES = List.of("SRV", "WS", "PRN", "FW", "SAAS", "SW");
    static final List<String> MODELS = List.of("R350", "OptiBook 14", "LJ-2200", "FG-60", "N1548", "X1");
    static final List<String> MANUFACTURERS = List.of("Fabrikam", "Contoso Hardware", "Adatum", "Litware");
    static final List<String> SYSTEMS =
            List.of("Windows Server 2022 Standard", "Windows 11 Pro", "Ubuntu 24.04 LTS", "Firmware 7.4");
    static final List<String> PROBLEMS = List.of(
            "Printer offline",
            "Cannot log in after password change",
            "Backup job failed",
            "New starter needs a laptop",
            "Slow network in the back office",
            "Mail stuck in the outbox");

    private static final List<String> PLACES = List.of(
            "Northlake",
            "Harbor",
            "Maple",
            "Summit",
            "Riverside",
            "Golden Gate",
            "Old Town",
            "Silver Creek",
            "Eastfield",
            "Granite",
            "Bluebird",
            "Redwood");
    private static final List<String> TRADES = List.of(
            "Dental",
            "Logistics",
            "Bakery",
            "Legal",
            "Veterinary",
            "Motors",
            "Architects",
            "Foods",
            "Printing",
            "Clinic",
            "Hardware");
    private static final List<String> FORMS = List.of("", " LLC", " Inc.", " & Sons", " Group");

    private Words() {}

    /** A company name; numbered once all combinations are used. */
    static String company(int number, SplittableRandom random) {
        String name = PLACES.get(number % PLACES.size()) + " " + TRADES.get(number % TRADES.size());
        int round = number / (PLACES.size() * TRADES.size());
        String form = FORMS.get(random.nextInt(FORMS.size()));
        return round == 0 ? name + form : name + " " + (round + 1) + form;
    }
}
