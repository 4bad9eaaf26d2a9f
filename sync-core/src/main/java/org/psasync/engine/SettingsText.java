package org.psasync.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.psasync.model.AssetKind;

/** Says in words what a change of settings changes. */
final class SettingsText {
    private SettingsText() {}

    /** Returns every setting that differs, before and after. */
    static String difference(SyncSettings before, SyncSettings after) {
        Map<String, Object> old = values(before);
        List<String> changes = new ArrayList<>();
        values(after).forEach((name, value) -> {
            if (!Objects.equals(old.get(name), value)) {
                changes.add(name + ": " + old.get(name) + " → " + value);
            }
        });
        return String.join("; ", changes);
    }

    private static Map<String, Object> values(SyncSettings settings) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("two-way", settings.twoWay() ? "on since " + settings.twoWaySince() : "off");
        result.put("organization types", settings.organizations().types());
        result.put("organization statuses", settings.organizations().statuses());
        result.put("type mode", settings.organizations().typeMode());
        result.put("classifications", settings.organizations().classifications());
        result.put("configuration types", settings.configurations().types());
        result.put("configuration statuses", settings.configurations().statuses());
        result.put("untyped configurations", settings.configurations().untyped());
        result.put("inactive configurations", settings.configurations().inactive());
        result.put("contacts", settings.contacts());
        result.put("locations", settings.locations());
        result.put("ticket boards", settings.tickets().boards());
        result.put("tickets changed within", settings.tickets().changedWithin());
        result.put("who confirms", settings.confirming());
        result.put("conflicts", settings.conflicts());
        result.put("matching", settings.matching());
        result.put("mapping", settings.mapping());
        result.put("options", settings.options().values());
        result.put("schedule", settings.schedule());
        result.put("brakes", settings.brakes());
        return result;
    }

    /** Returns whether the change can let records in or out, or overwrite any. */
    static boolean concernsRecords(SyncSettings before, SyncSettings after) {
        return !before.organizations().equals(after.organizations())
                || !before.configurations().equals(after.configurations())
                || before.contacts() != after.contacts()
                || before.locations() != after.locations()
                || !before.tickets().equals(after.tickets())
                || !before.mapping().equals(after.mapping())
                || !before.matching().equals(after.matching())
                || !before.conflicts().equals(after.conflicts())
                || before.twoWay() && !after.twoWay();
    }

    /** Returns whether records that were turned away may pass now, so that a full check is due (PULL-3). */
    static boolean opensWider(SyncSettings before, SyncSettings after) {
        boolean selections = before.organizations()
                        .types()
                        .covers(after.organizations().types())
                && before.organizations()
                        .statuses()
                        .covers(after.organizations().statuses())
                && before.organizations()
                        .classifications()
                        .covers(after.organizations().classifications())
                && before.organizations().typeMode() == after.organizations().typeMode()
                && before.configurations().types().covers(after.configurations().types())
                && before.configurations()
                        .statuses()
                        .covers(after.configurations().statuses())
                && before.configurations().untyped() == after.configurations().untyped()
                && before.configurations().inactive() == after.configurations().inactive()
                && before.tickets().boards().covers(after.tickets().boards())
                && before.tickets().changedWithin().compareTo(after.tickets().changedWithin()) >= 0;
        boolean kinds = true;
        for (AssetKind kind : AssetKind.values()) {
            kinds &= before.enabled(kind) || !after.enabled(kind);
        }
        return !selections || !kinds;
    }
}
