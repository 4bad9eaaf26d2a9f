package org.psasync.engine.decide;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteId;
import org.psasync.store.PsaInstance.Known;

/** Tells one instance of a PSA from another by a few of its records (SAFE-2). */
public final class Instances {
    /** Fewer records prove nothing. */
    public static final int FEWEST = 3;

    private Instances() {}

    /** Returns the texts of which each identifies a record: its name, short name, serial number, MAC address. */
    public static Set<String> texts(FieldValues values) {
        Set<String> texts = new HashSet<>();
        add(texts, Fields.title(values));
        switch (values.kind()) {
            case ORGANIZATION -> add(texts, values.get(OrganizationFields.SHORT_NAME));
            case CONFIGURATION -> {
                add(texts, values.get(ConfigurationFields.SERIAL_NUMBER));
                add(texts, values.get(ConfigurationFields.MAC_ADDRESS));
            }
            default -> {}
        }
        return texts;
    }

    private static void add(Set<String> texts, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            texts.add(text);
        }
    }

    /**
     * Returns whether another instance answered: of at least three records none is there as it was. Some that were
     * renamed or deleted prove nothing. Neither does it prove anything that none is shown to other rights.
     *
     * @param sample the records by which the PSA is known
     * @param found the texts of those that are there
     * @param sameRights whether they were looked for with the rights of the last time
     */
    public static boolean isOther(List<Known> sample, Map<RemoteId, Set<String>> found, boolean sameRights) {
        if (sample.size() < FEWEST || found.isEmpty() && !sameRights) {
            return false;
        }
        return sample.stream().allMatch(each -> {
            Set<String> now = found.getOrDefault(each.record().id(), Set.of());
            return Collections.disjoint(each.texts(), now);
        });
    }

    /** Says that another tenant answers, with the way out. */
    public static String otherTenant(String psa, String before, String now) {
        return "Another instance of " + psa + " answers: its tenant is \"" + now + "\" and the links are with \""
                + before + "\" (SAFE-2). Nothing was written. " + wayOut(psa);
    }

    /** Says that none of the known records is there, with the way out. */
    public static String otherRecords(String psa, int count) {
        return "Another instance of " + psa + " seems to answer: of " + count
                + " linked records that were looked at none is there as it was (SAFE-2). Nothing was written. "
                + wayOut(psa);
    }

    private static String wayOut(String psa) {
        return "Connect with credentials of the right instance, or set up an integration of its own for this " + psa
                + ".";
    }
}
