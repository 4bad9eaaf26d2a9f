package org.psasync.model;

import static java.util.Map.entry;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names of countries and of the states and provinces of the United States, Canada and Australia, with their codes.
 *
 * <p>Regions are recognised without regard to the country: "Washington" and "Western Australia" are both {@code WA}.
 * They still differ as addresses, because the country is part of an address.
 */
final class Places {
    private static final Map<String, String> COUNTRIES = countries();
    private static final Map<String, String> REGIONS = regions();

    private Places() {}

    static String country(String text) {
        return COUNTRIES.getOrDefault(text.toLowerCase(Locale.ROOT), text);
    }

    static String region(String text) {
        return REGIONS.getOrDefault(text.toLowerCase(Locale.ROOT), text);
    }

    private static Map<String, String> countries() {
        Map<String, String> byName = new HashMap<>();
        for (String code : Locale.getISOCountries()) {
            Locale locale = new Locale.Builder().setRegion(code).build();
            byName.put(locale.getDisplayCountry(Locale.ENGLISH).toLowerCase(Locale.ROOT), code);
            byName.put(locale.getISO3Country().toLowerCase(Locale.ROOT), code);
            byName.put(code.toLowerCase(Locale.ROOT), code);
        }
        byName.putAll(Map.ofEntries(
                entry("united states of america", "US"),
                entry("u.s.a.", "US"),
                entry("u.s.", "US"),
                entry("great britain", "GB"),
                entry("uk", "GB"),
                entry("england", "GB"),
                entry("scotland", "GB"),
                entry("wales", "GB"),
                entry("northern ireland", "GB"),
                entry("the netherlands", "NL"),
                entry("holland", "NL"),
                entry("czech republic", "CZ"),
                entry("republic of ireland", "IE")));
        return Map.copyOf(byName);
    }

    private static Map<String, String> regions() {
        String unitedStates = "AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,"
                + "DE Delaware,DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,"
                + "IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,"
                + "MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,"
                + "NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,"
                + "OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,"
                + "UT Utah,VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming,"
                + "PR Puerto Rico,GU Guam";
        String canada = "AB Alberta,BC British Columbia,MB Manitoba,NB New Brunswick,NL Newfoundland and Labrador,"
                + "NS Nova Scotia,NT Northwest Territories,NU Nunavut,ON Ontario,PE Prince Edward Island,QC Quebec,"
                + "SK Saskatchewan,YT Yukon";
        String australia = "ACT Australian Capital Territory,NSW New South Wales,NT Northern Territory,QLD Queensland,"
                + "SA South Australia,TAS Tasmania,VIC Victoria,WA Western Australia";
        Map<String, String> byName = Stream.of(unitedStates, canada, australia)
                .flatMap(list -> Stream.of(list.split(",", -1)))
                .collect(Collectors.toMap(
                        item -> item.substring(item.indexOf(' ') + 1).toLowerCase(Locale.ROOT),
                        item -> item.substring(0, item.indexOf(' '))));
        byName.put("québec", "QC");
        for (String code : java.util.Set.copyOf(byName.values())) {
            byName.put(code.toLowerCase(Locale.ROOT), code);
        }
        return Map.copyOf(byName);
    }
}
