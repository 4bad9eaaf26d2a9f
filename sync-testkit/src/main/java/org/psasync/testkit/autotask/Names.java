package org.psasync.testkit.autotask;

import java.util.List;

/** Invented names and values. */
final class Names {
    static final List<String> PLACES = List.of(
            "Amberley",
            "Blackrock",
            "Cedar Hill",
            "Duskwood",
            "Elmstead",
            "Foxglove",
            "Granite Bay",
            "Hazelmere",
            "Inverlea",
            "Jasper Point",
            "Kingsmoor",
            "Larkfield",
            "Millbrook",
            "Nettlecombe",
            "Oakhanger",
            "Penrose",
            "Quarry Bank");
    static final List<String> TRADES = List.of(
            "Dental", "Freight", "Bakery", "Law", "Optics", "Joinery", "Vets", "Print", "Catering", "Surveyors");
    static final List<String> STREETS = List.of("Lime Street", "Mill Road", "Dock Lane", "Abbey Row", "Field Close");
    static final List<List<String>> TOWNS = List.of(
            List.of("Springvale", "IL", "62629"),
            List.of("Hartwell", "OH", "45215"),
            List.of("Brookton", "TX", "75401"),
            List.of("Ellis Bay", "OR", "97420"));
    static final List<String> FIRST =
            List.of("Mia", "Noah", "Ines", "Pavel", "Ruth", "Aisha", "Lena", "Marco", "Yuki", "Zoë", "Émile");
    static final List<String> LAST =
            List.of("Chen", "Reyes", "Okafor", "Lindqvist", "Brandt", "Moreau", "Tanaka", "O'Neill", "Sharma");
    static final List<String> TITLES = List.of("Office Manager", "Owner", "Buyer", "Accountant", "");
    static final List<String> MAKERS = List.of("Nordlane", "Halberd", "Vantico", "Okuma Data");
    static final List<String> PROBLEMS =
            List.of("Printer offline", "Cannot log in", "Backup failed", "New starter needs a laptop", "Slow network");

    private Names() {}

    static <E> E at(List<E> list, int index) {
        return list.get(Math.floorMod(index, list.size()));
    }
}
