package org.psasync.pulseway;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonValue;

/**
 * What tells that an asset changed, as far as its list row shows (PSA-PW-4). A row and the details of the same asset have
 * the same mark, so that only what changed between them is read again.
 */
final class ChangeMark {
    private static final String[] DETAILS = {
        "Name",
        "CategoryId",
        "AccountLocation",
        "SerialNumber",
        "MachineGroupId",
        "IpAddress",
        "ContactId",
        "AccountId",
        "IsActive"
    };
    private static final String[] ROW = {
        "AssetName",
        "CategoryId",
        "LocationName",
        "SerialNumber",
        "MachineGroupId",
        "IPAddress",
        "ContactId",
        "AccountId",
        "IsActive"
    };

    private ChangeMark() {}

    static String ofDetails(JsonValue asset) {
        return of(asset, DETAILS);
    }

    static String ofRow(JsonValue row) {
        return of(row, ROW);
    }

    private static String of(JsonValue record, String[] members) {
        long mark = 17;
        for (String member : members) {
            mark = mark * 1_000_003 + Objects.hashCode(shown(record.text(member)));
        }
        return Long.toHexString(mark);
    }

    /** None is shown as nothing by one form and as 0 by the other. */
    private static @Nullable String shown(@Nullable String text) {
        String stripped = text == null ? "" : text.strip();
        return stripped.isEmpty() || stripped.equals("0") ? null : stripped;
    }
}
