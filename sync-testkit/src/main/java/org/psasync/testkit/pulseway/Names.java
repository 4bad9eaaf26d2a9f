package org.psasync.testkit.pulseway;

import java.util.List;

/** Invented names and values. */
final class Names {
    static final List<String> PLACES = List.of(
            "Alder",
            "Birchwood",
            "Coral",
            "Dunmore",
            "Eastgate",
            "Fernhill",
            "Greyfriars",
            "Hollow Oak",
            "Ivybridge",
            "Juniper",
            "Kestrel",
            "Linden",
            "Marlow",
            "Northwick",
            "Otterburn",
            "Pinecrest");
    static final List<String> TRADES = List.of(
            "Dental", "Logistics", "Bakery", "Legal", "Optics", "Joinery", "Veterinary", "Printing", "Catering");
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
    static final List<String> SYSTEMS = List.of("Windows Server 2022", "Windows 11 Pro", "Ubuntu 24.04 LTS");
    static final List<String> MODELS = List.of("R550", "OptiBook 14", "LJ-2200", "FG-60");
    static final List<String> PROBLEMS =
            List.of("Printer offline", "Cannot log in", "Backup failed", "New starter needs a laptop", "Slow network");

    private Names() {}

    static <E> E at(List<E> list, int index) {
        return list.get(Math.floorMod(index, list.size()));
    }
}
