package org.psasync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.SettingsPreview.FirstRun;
import org.psasync.engine.SettingsPreview.KindEffect;
import org.psasync.engine.SyncSettings.Brakes;
import org.psasync.engine.SyncSettings.Confirms;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.SyncSettings.Limit;
import org.psasync.engine.SyncSettings.OnDoubt;
import org.psasync.engine.SyncSettings.TypeMode;
import org.psasync.engine.manage.BulkAction;
import org.psasync.engine.manage.BulkPreview;
import org.psasync.engine.manage.BulkTarget;
import org.psasync.engine.manage.ReviewChoice;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewPreview;
import org.psasync.engine.manage.Row;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.WriteOptions;
import org.psasync.store.Candidate;
import org.psasync.store.Place;

/** Previews are read as they were written, whatever they hold. */
class PreviewTextTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00.123456789Z");
    private static final String ODD = "one\r\ntwo\tthree \\n \\0 ü";
    private static final Field<String> CUSTOM = Field.custom(CONTACT, "my field", FieldType.TEXT);

    /** Nothing is as it is by default. */
    private static SyncSettings settings() {
        Selection some = Selection.of(new LinkedHashSet<>(List.of(new Choice("2", ODD), new Choice("1", ""))));
        return new SyncSettings(
                NOW,
                new SyncSettings.Organizations(some, Selection.ALL, TypeMode.ANY, Selection.NONE),
                new SyncSettings.Configurations(Selection.ALL, some, true, true),
                true,
                true,
                new SyncSettings.Tickets(some, Duration.ofDays(7)),
                Map.of(Origin.IMPORT, Confirms.ALWAYS, Origin.USER, Confirms.NEVER),
                new SyncSettings.Conflicts(
                        ConflictPolicy.ASK,
                        Map.of(CONTACT, ConflictPolicy.NEWEST_WINS),
                        Map.of(CUSTOM, ConflictPolicy.PSA_WINS, OrganizationFields.NAME, ConflictPolicy.LOCAL_WINS)),
                new SyncSettings.MatchingRules(true, OnDoubt.LINK),
                new SyncSettings.Mapping(Set.of(ConfigurationFields.NOTES, CUSTOM), Set.of(LocationFields.PHONE)),
                new WriteOptions(Map.of("site", ODD, "flag", "true")),
                new SyncSettings.Schedule(Duration.ofMinutes(5), Duration.ofHours(7), Duration.ofDays(8), 9),
                new Brakes(new Limit(1, 2), new Limit(3, 4), new Limit(5, 6), 7));
    }

    private static SettingsPreview preview(SyncSettings settings, FirstRun run) {
        return new SettingsPreview(
                "contoso/" + ODD,
                9,
                NOW,
                settings,
                ODD,
                Map.of(CONTACT, new KindEffect(1, 2, 3, 4, 5), LOCATION, KindEffect.NONE),
                run,
                List.of("advice", ODD),
                List.of(ODD));
    }

    private static SettingsPreview preview() {
        return preview(settings(), new FirstRun(OptionalLong.of(12), Optional.of(Duration.ofMinutes(3)), "soon"));
    }

    @Test
    @DisplayName("SET-1: a preview of settings is read as it was written, whatever is set")
    void readsSettings() {
        for (SettingsPreview preview : List.of(
                preview(),
                preview(SyncSettings.defaults(), new FirstRun(OptionalLong.empty(), Optional.empty(), "")))) {
            assertThat(SettingsPreview.parse(preview.toText())).isEqualTo(preview);
        }
        assertThat(preview().toText())
                .isEqualTo(SettingsPreview.parse(preview().toText()).toText());
    }

    private static Stream<BulkTarget> targets() {
        return Stream.of(
                new BulkTarget.OfRow(Row.of(ConfigurationFields.TYPE, new Choice("7", ODD))),
                new BulkTarget.OfRow(new Row(ORGANIZATION, new Place(OrganizationFields.STATUS, null))),
                new BulkTarget.OfRow(Row.of(CONTACT)),
                new BulkTarget.Orphans(CONTACT, null),
                new BulkTarget.Orphans(CONTACT, OrphanReason.INACTIVE),
                new BulkTarget.Picked(CONFIGURATION, Set.of(new PairId(1, -2), new PairId(3, 4))),
                new BulkTarget.Picked(CONFIGURATION, Set.of()));
    }

    private static BulkPreview bulk(BulkTarget target) {
        return new BulkPreview(
                "id " + ODD,
                "contoso/fake",
                BulkAction.DELETE,
                target,
                NOW,
                Map.of(CONFIGURATION, 3L, CONTACT, 4L),
                Map.of(LOCATION, 5L),
                6,
                Map.of(ODD, 7L),
                List.of("first", ODD, "first"),
                true,
                "digest");
    }

    @ParameterizedTest
    @MethodSource("targets")
    @DisplayName("DATA-5: the preview of an action on many records is read as it was written")
    void readsBulkPreviews(BulkTarget target) {
        assertThat(BulkPreview.parse(bulk(target).toText())).isEqualTo(bulk(target));
    }

    private static ReviewPreview review() {
        Candidate candidate = new Candidate(RemoteRef.of(CONTACT, "9"), ODD, "why");
        LocalRef local = LocalRef.of(CONTACT, ODD);
        List<ReviewItem.Question> questions = List.of(
                new ReviewItem.Doubt(ODD, List.of(candidate, candidate)),
                new ReviewItem.LostCreate("lost", List.of()),
                new ReviewItem.Conflict(
                        "both", List.of(new ReviewItem.Clash(CUSTOM, null, ODD, List.of(CUSTOM, CUSTOM)))),
                new ReviewItem.Ignored("left", "mia", NOW, List.of(local, RemoteRef.of(CONTACT, "1"))));
        List<ReviewItem> items = questions.stream()
                .map(question -> new ReviewItem(
                        new PairId(1, 2),
                        CONTACT,
                        question instanceof ReviewItem.Doubt ? null : local,
                        question instanceof ReviewItem.LostCreate ? null : RemoteRef.of(CONTACT, "8"),
                        ODD,
                        question,
                        question instanceof ReviewItem.Conflict ? null : NOW,
                        "stamp"))
                .toList();
        return new ReviewPreview("contoso/fake", CONTACT, ODD, ReviewChoice.LINK, 4, 5, items, "digest", NOW);
    }

    @Test
    @DisplayName("MATCH-5: the preview of a decision about many reviews is read as it was written")
    void readsReviewPreviews() {
        assertThat(ReviewPreview.parse(review().toText())).isEqualTo(review());
    }

    /** A text and what reads it. */
    private record Kept(String text, Function<String, ?> parser) {}

    private static Stream<Kept> kept() {
        return Stream.of(
                new Kept(preview().toText(), SettingsPreview::parse),
                new Kept(bulk(new BulkTarget.Orphans(CONTACT, null)).toText(), BulkPreview::parse),
                new Kept(review().toText(), ReviewPreview::parse));
    }

    @ParameterizedTest
    @MethodSource("kept")
    @DisplayName(
            "SET-1, DATA-5, MATCH-5: a text that was cut, changed or is of another version is refused with the reason")
    void refusesOtherTexts(Kept kept) {
        String text = kept.text();
        assertThat(text).matches("(?s)psa-sync [a-z ]+ preview 1\n.*\nend\t[0-9a-f]+\n");
        for (String wrong : List.of(
                "",
                "hello",
                text.replaceFirst("preview 1", "preview 2"),
                text.substring(0, text.length() / 2),
                text.lines().findFirst().orElseThrow(),
                text.replaceFirst("2026", "2027"),
                text + "more\n")) {
            assertThatThrownBy(() -> kept.parser().apply(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
