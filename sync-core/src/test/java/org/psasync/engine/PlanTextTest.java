package org.psasync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.RunReport.KindReport;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event.Change;

class PlanTextTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00.123456789Z");

    private static Object example(FieldType<?> type) {
        return switch (type.name()) {
            case "date" -> LocalDate.of(2026, 3, 1);
            case "instant" -> NOW;
            case "number" -> new BigDecimal("1234567890.0123456789");
            case "flag" -> true;
            case "choice" -> new Choice("7", "A\ttab");
            case "choices" -> new LinkedHashSet<>(List.of(new Choice("2", "b"), new Choice("1", "")));
            case "reference" -> LocalRef.of(AssetKind.CONTACT, "c\\1");
            case "references" -> Set.of(RemoteRef.of(AssetKind.CONFIGURATION, "9"));
            case "emails" -> Set.of(new ContactPoint("ada@example.com", null, true, "work", "17"));
            case "phones" -> Set.of(new ContactPoint("030 1", "12", false, null, null));
            default -> "one\r\ntwo\tthree \\n \\0 ü";
        };
    }

    @Test
    @DisplayName("RUN-4: a value of every type, whatever it holds, is read as it was written")
    void readsWhatItWrote() {
        List<Change> changes = new ArrayList<>();
        for (FieldType<?> type : FieldType.all()) {
            Field<?> field = Field.custom(AssetKind.CONTACT, "my-" + type.name(), type);
            changes.add(new Change(field, null, example(type)));
            changes.add(new Change(field, example(type), null));
        }
        SyncPlan plan = new SyncPlan(
                "plan\t1",
                "contoso/fake",
                NOW,
                List.of(
                        new SyncPlan.Item(
                                AssetKind.CONTACT,
                                Verb.UPDATE_LOCALLY,
                                "\\0",
                                LocalRef.of(AssetKind.CONTACT, "c"),
                                RemoteRef.of(AssetKind.CONTACT, "r"),
                                changes,
                                "",
                                "abc"),
                        new SyncPlan.Item(
                                AssetKind.TICKET, Verb.CREATE_LOCALLY, "", null, null, List.of(), "why\nnot", "")),
                Map.of(
                        AssetKind.CONTACT,
                        new KindReport(
                                3,
                                Map.of(Disposition.IN_SYNC, 1L, Disposition.ORPHANED, 2L),
                                Map.of(Verb.LINK, 5L),
                                Map.of("its type is not selected", 2L))),
                42,
                "The plan\nis not complete",
                List.of(new TrippedBrake(AssetKind.CONTACT, Brake.LEAVING, 30, 2, 40, 25, true)),
                List.of(new SyncPlan.Item(
                        AssetKind.CONTACT,
                        Verb.ORPHAN,
                        "Ada",
                        LocalRef.of(AssetKind.CONTACT, "l"),
                        RemoteRef.of(AssetKind.CONTACT, "9"),
                        List.of(),
                        "gone",
                        "b")));

        SyncPlan read = SyncPlan.parse(plan.toText());

        assertThat(read).isEqualTo(plan);
        assertThat(read.toText()).isEqualTo(plan.toText());
    }
}
