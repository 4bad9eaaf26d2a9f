package org.psasync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncSettings;
import org.psasync.engine.Verb;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.model.Problem;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.Revision;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.ConnectorOption;
import org.psasync.spi.Draft;
import org.psasync.spi.FieldRule;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.RemoteVersion;
import org.psasync.spi.WriteOptions;
import org.psasync.store.Base;
import org.psasync.store.Candidate;
import org.psasync.store.Grant;
import org.psasync.store.InFlight;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.Progress;
import org.psasync.store.Setup;
import org.psasync.store.Trouble;

/** What is written is read back, whatever it holds. */
class CodecTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00.123456789Z");
    private static final PairId ID = new PairId(-1, 7);
    private static final FieldValues VALUES = values();

    /** A field of each type, and a blank one. */
    private static FieldValues values() {
        FieldValues.Builder values = FieldValues.of(ORGANIZATION);
        Map<FieldType<?>, Object> examples = Map.ofEntries(
                Map.entry(FieldType.TEXT, "Tab\tand \"quotes\" 😀"),
                Map.entry(FieldType.MAC, "00:11:22:33:44:55"),
                Map.entry(FieldType.COUNTRY, "AT"),
                Map.entry(FieldType.REGION, "TX"),
                Map.entry(FieldType.DATE, LocalDate.of(2026, 2, 28)),
                Map.entry(FieldType.INSTANT, NOW),
                Map.entry(FieldType.NUMBER, new BigDecimal("1E+3")),
                Map.entry(FieldType.FLAG, false),
                Map.entry(FieldType.CHOICE, new Choice("1", "One")),
                Map.entry(FieldType.CHOICES, Set.of(new Choice("1", "One"), new Choice("2", "Two"))),
                Map.entry(FieldType.REFERENCE, RemoteRef.of(AssetKind.CONTACT, "a b")),
                Map.entry(FieldType.REFERENCES, Set.of(LocalRef.of(AssetKind.CONTACT, "7"))),
                Map.entry(FieldType.EMAILS, Set.of(ContactPoint.primary("a@example.com"))),
                Map.entry(FieldType.PHONES, Set.of(ContactPoint.further("+43 1"))));
        for (FieldType<?> type : FieldType.all()) {
            set(values, Field.custom(ORGANIZATION, "my:" + type.name(), type), examples.get(type));
        }
        return values.set(OrganizationFields.NAME, "Acme")
                .set(OrganizationFields.SHORT_NAME, null)
                .build();
    }

    @SuppressWarnings("unchecked")
    private static <T> void set(FieldValues.Builder values, Field<T> field, @Nullable Object value) {
        values.set(field, (T) value);
    }

    private static Pair full() {
        Draft part = new Draft(ID, FieldValues.empty(AssetKind.LOCATION), List.of(), Map.of(), WriteOptions.NONE);
        Draft draft = new Draft(ID, VALUES, List.of(part), Map.of("k", "v"), WriteOptions.NONE);
        InFlight.Part ofPart =
                new InFlight.Part(LocalRef.of(AssetKind.LOCATION, "3"), FieldValues.empty(AssetKind.LOCATION));
        Field<?> name = OrganizationFields.NAME;
        Trouble trouble = new Trouble(
                new Trouble.Failure(
                        Trouble.Side.PSA, List.of(Problem.of(name, Problem.Code.TOO_LONG, "too long")), 2, VALUES),
                new Trouble.Review(
                        "which?", List.of(new Candidate(RemoteRef.of(ORGANIZATION, "2"), "Acme", "name")), NOW),
                Map.of(new Trouble.Write(name, Trouble.Side.HOST), new Trouble.Rewrite(Set.of("a"), null, 3)),
                List.of(name),
                true,
                new Trouble.Ruling(
                        Trouble.Ruling.Way.IGNORE, Set.of(RemoteRef.of(ORGANIZATION, "2")), "key", "mia", NOW),
                Map.of(name, new Trouble.Winner(Trouble.Side.PSA, new BigDecimal("2"), NOW, "mia")),
                new Trouble.Failure(
                        Trouble.Side.PSA, List.of(Problem.of(name, Problem.Code.INVALID, "no")), 1, VALUES, 7));
        return Pair.ofLocal(ID, LocalRef.of(ORGANIZATION, "l")).toBuilder()
                .remote(new RemoteId("r"))
                .orphaned(Set.of(OrphanReason.values()))
                .observed(new Observation(
                        VALUES, new RemoteVersion("v", NOW), true, NOW, new Observation.Absence(NOW, true)))
                .base(new Base(VALUES, FieldValues.empty(ORGANIZATION)))
                .grant(new Grant(VALUES, "ann", NOW, new Grant.Terms.OneTime("push", VALUES)))
                .inFlight(new InFlight.CreatingRemote(
                        draft, VALUES, List.of(ofPart), Set.of(new RemoteId("9")), NOW, 1, "rights"))
                .trouble(trouble)
                .awaited(Set.of(LocalRef.of(ORGANIZATION, "1"), RemoteRef.of(ORGANIZATION, "1")))
                .matchText("acme")
                .lastWrite(NOW)
                .seenIn(4)
                .disposition(Disposition.CHANGE_WAITING)
                .turnedAway(Set.of("TYPE"))
                .dirty(true)
                .mustRead(true)
                .dueAt(NOW)
                .build();
    }

    @Test
    @DisplayName("A pair with everything there is comes back the same")
    void keepsPairs() {
        Pair pair = full();
        assertThat(Codec.read(Pair.class, Codec.write(pair))).isEqualTo(pair);
        for (Grant.Terms terms : List.of(
                Grant.USUAL,
                new Grant.Terms.Held("a"),
                new Grant.Terms.Approved("b"),
                new Grant.Terms.Forbidden(NOW))) {
            Grant grant = new Grant(VALUES, "ann", NOW, terms);
            assertThat(Codec.read(Grant.class, Codec.write(grant))).isEqualTo(grant);
        }
        List<InFlight> writes = List.of(
                new InFlight.UpdatingRemote(VALUES, VALUES, new RemoteVersion("v", NOW), VALUES, NOW, null),
                new InFlight.UpdatingLocal(
                        VALUES,
                        FieldValues.empty(ORGANIZATION),
                        new Revision("7"),
                        VALUES,
                        new Base(VALUES, VALUES),
                        List.of(OrganizationFields.NAME),
                        NOW),
                new InFlight.CreatingLocal(VALUES, NOW),
                new InFlight.DeletingLocal(NOW));
        for (InFlight write : writes) {
            Pair writing = pair.toBuilder().inFlight(write).build();
            assertThat(Codec.read(Pair.class, Codec.write(writing))).isEqualTo(writing);
        }
        Pair bare = Pair.ofRemote(ID, RemoteRef.of(ORGANIZATION, "r"));
        assertThat(Codec.write(bare)).hasSizeLessThan(140);
        assertThat(Codec.read(Pair.class, Codec.write(bare))).isEqualTo(bare);
    }

    @Test
    @DisplayName("Setup and progress come back the same")
    void keepsDocuments() {
        ReferenceData lists = new ReferenceData(
                Map.of(
                        OrganizationFields.TYPES,
                        List.of(
                                ReferenceData.Entry.of("1", "One"),
                                new ReferenceData.Entry(new Choice("2", "Two"), false, OptionalLong.of(3)))),
                Map.of("option", List.of()),
                List.of(new ReferenceData.PsaUser("1", "Ann", "")));
        KindDescriptor kind = new KindDescriptor(
                ORGANIZATION,
                KindDescriptor.Reading.DELTA,
                true,
                true,
                false,
                true,
                true,
                false,
                true,
                Duration.ofSeconds(90),
                List.of(
                        new FieldRule(OrganizationFields.NAME, FieldRule.Direction.BOTH, 50, true),
                        new FieldRule(
                                Field.custom(ORGANIZATION, "tier", FieldType.TEXT),
                                FieldRule.Direction.PULL,
                                0,
                                false)),
                List.of(OrganizationFields.NAME));
        ConnectorDescriptor connector = new ConnectorDescriptor(
                "psa",
                "The PSA",
                Map.of(ORGANIZATION, kind),
                List.of(new ConnectorOption("option", "An option", ConnectorOption.Form.CHOICE, null)),
                Duration.ofMinutes(1),
                new Choice("", "Default"));
        Setup setup = Setup.initial().withReference(lists, NOW).with(connector);
        assertThat(Codec.read(Setup.class, Codec.write(setup))).isEqualTo(setup);
        assertThat(Codec.write(Setup.initial())).as("of a version before").doesNotContain("connector");
        RunReport report = new RunReport(
                "run",
                RunReport.Status.OK,
                "",
                NOW,
                NOW,
                true,
                Map.of(
                        ORGANIZATION,
                        new RunReport.KindReport(
                                3,
                                Map.of(Disposition.CHANGE_WAITING, 3L),
                                Map.of(Verb.CREATE_LOCALLY, 1L),
                                Map.of("TYPE", 2L))),
                5,
                List.of("problem"),
                List.of(),
                NOW);
        Progress progress = Progress.none()
                .ranUntil(report, NOW)
                .withSettingsDone(SyncSettings.defaults())
                .withApproved("plan", NOW, NOW)
                .withUnmapped(Set.of(ConfigurationFields.NOTES), 3);
        assertThat(Codec.read(Progress.class, Codec.write(progress))).isEqualTo(progress);
        assertThat(Codec.read(Progress.class, Codec.write(Progress.none()))).isEqualTo(Progress.none());
    }

    @Test
    @DisplayName("What is damaged or newer is refused with its name")
    void refusesWhatItDoesNotKnow() {
        String text = Codec.write(full());
        assertThatThrownBy(() -> Codec.read(Pair.class, text.substring(0, text.length() - 5)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("Pair");
        assertThatThrownBy(() -> Codec.read(Pair.class, "")).isInstanceOf(DatabaseException.class);
        assertThatThrownBy(() -> Codec.read(Pair.class, text.replace("\"ORPHANED\"", "\"LOST\"")))
                .hasMessageContaining("SyncState has no value \"LOST\"");
        assertThatThrownBy(() -> Codec.read(Pair.class, text.replace("\"is\":\"OneTime\"", "\"is\":\"TwoTimes\"")))
                .hasMessageContaining("TwoTimes");
    }

    @Test
    @DisplayName("What an older library did not know is empty; what must be something is the record that holds nothing")
    void readsWithoutWhatCameLater() {
        Pair pair = Codec.read(
                Pair.class, "1{\"id\":\"00000000-0000-0000-0000-000000000007\",\"kind\":\"CONTACT\",\"remote\":\"r\"}");
        assertThat(pair).isEqualTo(Pair.ofRemote(new PairId(0, 7), RemoteRef.of(AssetKind.CONTACT, "r")));
        Trouble.Failure refused =
                new Trouble.Failure(Trouble.Side.PSA, List.of(Problem.ofRecord(Problem.Code.INVALID, "no")), 1, VALUES);
        Trouble trouble = Trouble.NONE.withFailure(refused);
        String text = Codec.write(trouble);
        String older = text.substring(0, text.indexOf(",\"refusal\"")) + "}";
        assertThat(Codec.read(Trouble.class, older))
                .as("what was refused counts")
                .isEqualTo(trouble);
        Grant grant = Codec.read(
                Grant.class, "1{\"values\":[\"CONTACT\"],\"actor\":\"ann\",\"at\":\"2026-03-01T08:00:00.123456789Z\"}");
        assertThat(grant).isEqualTo(new Grant(FieldValues.empty(AssetKind.CONTACT), "ann", NOW));
        assertThatThrownBy(() -> Codec.read(Grant.class, "1{\"values\":[\"CONTACT\"]}"))
                .as("nobody knows who it was")
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("actor");
    }

    @Test
    @DisplayName("A text that is cut or changed anywhere is read or refused, and nothing else happens")
    void refusesDamage() {
        String text = Codec.write(full());
        for (int end = 0; end < text.length(); end++) {
            String cut = text.substring(0, end);
            assertThatThrownBy(() -> Codec.read(Pair.class, cut)).isInstanceOf(DatabaseException.class);
        }
        Random random = new Random(3);
        String strange = "\"\\{}[]:,0-.utn =\u0000\ud800";
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder changed = new StringBuilder(text);
            changed.setCharAt(1 + random.nextInt(text.length() - 1), strange.charAt(random.nextInt(strange.length())));
            try {
                Codec.read(Pair.class, changed.toString());
            } catch (DatabaseException damaged) {
                refused++;
            }
        }
        assertThat(refused).isBetween(5_000, 19_999);
    }

    @Test
    @DisplayName("Any text and any time of any year come back the same")
    void keepsTextsAndTimes() {
        Random random = new Random(5);
        String some = "ab \"\\/\n\t\u0000\u001fé€\uD83D\uDE00\uffff";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(12); left > 0; left--) {
                text.append(some.charAt(random.nextInt(some.length()))); // halves of pairs too
            }
            Candidate candidate = new Candidate(RemoteRef.of(ORGANIZATION, "x" + text), text.toString(), text + "!");
            assertThat(Codec.read(Candidate.class, Codec.write(candidate))).isEqualTo(candidate);
            Instant time = Instant.ofEpochSecond(
                    random.nextLong() >> (1 + random.nextInt(40)) >> 10,
                    random.nextInt(3) == 0 ? 0 : random.nextInt(1_000_000_000));
            Observation.Absence absence = new Observation.Absence(time, random.nextBoolean());
            assertThat(Codec.read(Observation.Absence.class, Codec.write(absence)))
                    .isEqualTo(absence);
        }
    }

    @Test
    @DisplayName("Values that are the same on both sides are kept once, whatever differs")
    void keepsDifferences() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            Base base = new Base(some(random), some(random));
            String text = Codec.write(base);
            assertThat(Codec.read(Base.class, text)).isEqualTo(base);
        }
        FieldValues values = values();
        assertThat(Codec.write(new Base(values, values)))
                .hasSizeLessThan(Codec.write(new Base(values, FieldValues.empty(ORGANIZATION)))
                                .length()
                        + 20);
    }

    /** Absent, blank and set fields, mostly the same. */
    private static FieldValues some(Random random) {
        FieldValues.Builder some = FieldValues.of(random.nextInt(9) == 0 ? AssetKind.CONTACT : ORGANIZATION);
        if (!some.build().kind().equals(ORGANIZATION)) {
            return some.build();
        }
        for (Field<?> field : VALUES.fields()) {
            switch (random.nextInt(12)) {
                case 0 -> some.remove(field);
                case 1 -> set(some, field, null);
                default -> some.copy(field, VALUES);
            }
        }
        return random.nextInt(5) == 0
                ? some.set(OrganizationFields.NAME, "Other").build()
                : some.build();
    }
}
