package org.psasync.engine.decide;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.psasync.engine.decide.Facts.COMPANY;
import static org.psasync.engine.decide.Facts.GOOD_HERE;
import static org.psasync.engine.decide.Facts.GOOD_THERE;
import static org.psasync.engine.decide.Facts.ORGANIZATION;
import static org.psasync.engine.decide.Samples.CUSTOMER;
import static org.psasync.engine.decide.Samples.SERVER;
import static org.psasync.engine.decide.Samples.UNTYPED;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.ContactPoint.primary;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.model.TicketFields;
import org.psasync.store.Pair;

/** What one side's values are in the other's terms, through links (FIELD-6, GATE-4). */
class TranslationTest {
    private static final RemoteRef ELSEWHERE = RemoteRef.of(AssetKind.ORGANIZATION, "elsewhere");
    private static final Pair ACME = Facts.organization(SyncState.SYNCING, CUSTOMER);
    private static final Pair OFFICE = site("office", COMPANY);
    private static final Pair BRANCH = site("branch", ELSEWHERE);
    private static final Pair DEVICE = Facts.linked(
            CONFIGURATION,
            "device",
            SyncState.SYNCING,
            FieldValues.empty(CONFIGURATION).with(ConfigurationFields.ORGANIZATION, ELSEWHERE));
    private static final Pair GONE =
            OFFICE.toBuilder().trouble(OFFICE.trouble().withLocalGone()).build();
    private static final RemoteRef UNKNOWN = RemoteRef.of(CONTACT, "unknown");
    private static final LinkTable LINKS = Facts.links(ACME, OFFICE, BRANCH, DEVICE);
    private static final Policy POLICY = Samples.policy();
    private static final Policy NAMING_UNTYPED = Samples.policy(settings -> settings, Set.of(), UNTYPED);

    private static Pair site(String id, RemoteRef company) {
        return Facts.linked(
                LOCATION,
                id,
                SyncState.SYNCING,
                FieldValues.empty(LOCATION).with(LocationFields.ORGANIZATION, company));
    }

    static Stream<Arguments> references() {
        return Stream.of(
                arguments(OFFICE.remoteRef(), ACME, new Across.Value(OFFICE.localRef())),
                arguments(OFFICE.localRef(), ACME, new Across.Value(OFFICE.remoteRef())),
                arguments(BRANCH.remoteRef(), ACME, new Across.Foreign(requireNonNull(BRANCH.remoteRef()))),
                arguments(BRANCH.remoteRef(), null, new Across.Value(BRANCH.localRef())),
                arguments(
                        BRANCH.remoteRef(), Pair.ofLocal(ACME.id(), ORGANIZATION), new Across.Value(BRANCH.localRef())),
                arguments(DEVICE.remoteRef(), ACME, new Across.Value(DEVICE.localRef())),
                arguments(UNKNOWN, ACME, new Across.Unlinked(UNKNOWN)));
    }

    @ParameterizedTest(name = "{0} under {1}: {2}")
    @MethodSource("references")
    @DisplayName("FIELD-6: a reference is its linked record, unless that belongs to another organization")
    void followsLinks(AssetRef ref, @Nullable Pair organization, Across expected) {
        assertThat(LINKS.across(ref, organization)).isEqualTo(expected);
    }

    @Test
    @DisplayName("FIELD-6: a contact without an organization, and a PSA record without a link, are what they are")
    void needsWhatItComparesWith() {
        Pair loose = Facts.linked(CONTACT, "loose", SyncState.SYNCING, FieldValues.empty(CONTACT));
        Pair unlinked = Pair.ofRemote(loose.id(), requireNonNull(loose.remoteRef()));

        assertThat(Facts.links(loose).across(requireNonNull(loose.remoteRef()), ACME))
                .isEqualTo(new Across.Value(loose.localRef()));
        assertThat(new LinkTable(Map.of(), Map.of(loose.remoteRef(), unlinked)).across(loose.remoteRef(), null))
                .isEqualTo(new Across.Unlinked(loose.remoteRef()));
        assertThat(LinkTable.isOwned(CONTACT)).isTrue();
        assertThat(LinkTable.isOwned(LOCATION)).isTrue();
        assertThat(LinkTable.isOwned(CONFIGURATION)).isFalse();
        assertThat(LinkTable.isOwned(AssetKind.ORGANIZATION)).isFalse();
    }

    @Test
    @DisplayName("STATE-6: a local record that was deleted is nothing to refer to; its PSA record still is")
    void refersToNothingDeleted() {
        LinkTable links = Facts.links(GONE);

        assertThat(links.across(requireNonNull(GONE.remoteRef()), null))
                .isEqualTo(new Across.Unlinked(requireNonNull(GONE.remoteRef())));
        assertThat(links.across(requireNonNull(GONE.localRef()), null)).isEqualTo(new Across.Value(GONE.remoteRef()));
    }

    static Stream<Arguments> types() {
        Field<?> type = ConfigurationFields.TYPE;
        return Stream.of(
                //        to the host, field, value, across
                arguments(true, type, null, UNTYPED),
                arguments(true, type, SERVER, SERVER),
                arguments(true, ConfigurationFields.STATUS, null, null),
                arguments(false, type, UNTYPED, null),
                arguments(false, type, SERVER, SERVER),
                arguments(false, type, null, null),
                arguments(false, ConfigurationFields.STATUS, UNTYPED, UNTYPED),
                arguments(true, ConfigurationFields.NOTES, "text", "text"));
    }

    @ParameterizedTest(name = "to the host {0}, {1} {2}: {3}")
    @MethodSource("types")
    @DisplayName("GATE-4: the type that stands for none is made for the host, and never sent")
    void namesNoType(boolean toHost, Field<?> field, @Nullable Object value, @Nullable Object expected) {
        Translation translation = toHost
                ? Translation.toHost(NAMING_UNTYPED, LINKS, null, GOOD_THERE)
                : Translation.toPsa(NAMING_UNTYPED, LINKS, null, GOOD_HERE);

        assertThat(translation.of(field, value)).isEqualTo(new Across.Value(expected));
    }

    @Test
    @DisplayName("GATE-4: where the PSA has no such type, none is none")
    void hasNoTypeForNone() {
        assertThat(Translation.toHost(POLICY, LINKS, null, GOOD_THERE).of(ConfigurationFields.TYPE, null))
                .isEqualTo(Across.BLANK);
    }

    @Test
    @DisplayName("FIELD-6: references are judged by the record's organization, its organization itself is not")
    void judgesByTheOrganization() {
        Translation toHost = Translation.toHost(POLICY, LINKS, null, GOOD_THERE);
        Translation withoutOrganization =
                Translation.toHost(POLICY, LINKS, null, GOOD_THERE.with(ConfigurationFields.ORGANIZATION, null));

        assertThat(toHost.of(ConfigurationFields.ORGANIZATION, COMPANY)).isEqualTo(new Across.Value(ORGANIZATION));
        assertThat(toHost.of(ConfigurationFields.LOCATION, BRANCH.remoteRef())).isInstanceOf(Across.Foreign.class);
        assertThat(withoutOrganization.of(ConfigurationFields.LOCATION, BRANCH.remoteRef()))
                .isEqualTo(new Across.Value(BRANCH.localRef()));
    }

    @Test
    @DisplayName("FIELD-6: the primary location of an organization must be one of its own")
    void judgesAnOrganizationByItself() {
        Translation toHost = Translation.toHost(POLICY, LINKS, ACME, Facts.company(CUSTOMER));

        assertThat(toHost.of(OrganizationFields.PRIMARY_LOCATION, OFFICE.remoteRef()))
                .isEqualTo(new Across.Value(OFFICE.localRef()));
        assertThat(toHost.of(OrganizationFields.PRIMARY_LOCATION, BRANCH.remoteRef()))
                .isInstanceOf(Across.Foreign.class);
    }

    // Lists and whole records ----------------------------------------------------------------------------------------

    @Test
    @DisplayName("FIELD-6: of a list of references those that are linked are taken; other lists are as they are")
    void takesLinkedMembers() {
        Set<AssetRef> all = Set.of(requireNonNull(DEVICE.remoteRef()), UNKNOWN);

        assertThat(Translation.list(all, LINKS))
                .isEqualTo(new Translation.Listed(
                        Set.of(requireNonNull(DEVICE.localRef())), Set.of(DEVICE.remoteRef()), Set.of(UNKNOWN)));
        assertThat(Translation.list(Set.of(UNKNOWN), LINKS))
                .isEqualTo(new Translation.Listed(null, null, Set.of(UNKNOWN)));
        Set<?> mails = Set.of(primary("a@x.example"));
        assertThat(Translation.list(mails, LINKS)).isEqualTo(new Translation.Listed(mails, mails, Set.of()));
        assertThat(Translation.list(null, LINKS)).isEqualTo(new Translation.Listed(null, null, Set.of()));
        assertThat(Translation.list(Set.of(), LINKS)).isEqualTo(new Translation.Listed(Set.of(), Set.of(), Set.of()));
    }

    @Test
    @DisplayName("FIELD-6: a record is translated without what is not linked; that is named, and waits")
    void translatesARecord() {
        FieldValues there = GOOD_THERE
                .with(ConfigurationFields.NOTES, "text")
                .with(ConfigurationFields.SERIAL_NUMBER, null)
                .with(ConfigurationFields.LOCATION, BRANCH.remoteRef())
                .with(ConfigurationFields.CONTACT, UNKNOWN);

        Translation.Translated here = Translation.toHost(POLICY, LINKS, null, there)
                .all(there, field -> !field.equals(ConfigurationFields.STATUS));

        assertThat(here.values())
                .isEqualTo(GOOD_HERE
                        .with(ConfigurationFields.NOTES, "text")
                        .with(ConfigurationFields.SERIAL_NUMBER, null)
                        .only(field -> !field.equals(ConfigurationFields.STATUS)));
        assertThat(here.pending()).isEqualTo(Set.<Field<?>>of(ConfigurationFields.CONTACT));
        assertThat(here.awaited()).containsExactlyInAnyOrder(UNKNOWN, BRANCH.remoteRef());
        assertThat(here.held()).isEqualTo(FieldValues.empty(CONFIGURATION));
    }

    @Test
    @DisplayName("FIELD-6: what belongs to a kind that does not sync is not waited for")
    void waitsForNoKindThatDoesNotSync() {
        Policy policy = Samples.policy(Samples.changed(change -> change.contacts = false), Set.of(), null);
        FieldValues there = GOOD_THERE.with(ConfigurationFields.CONTACT, UNKNOWN);

        Translation.Translated here =
                Translation.toHost(policy, LINKS, null, there).all(there, field -> true);

        assertThat(here.awaited()).isEmpty();
        assertThat(here.values().has(ConfigurationFields.CONTACT)).isFalse();
    }

    @Test
    @DisplayName("FIELD-6: of a list in a record the linked part is taken, and held against what is still to come")
    void translatesAListInARecord() {
        RemoteRef unknown = RemoteRef.of(CONFIGURATION, "unknown");
        RemoteRef device = requireNonNull(DEVICE.remoteRef());
        FieldValues none = FieldValues.empty(AssetKind.TICKET);
        FieldValues some = none.with(TicketFields.CONFIGURATIONS, Set.of(device, unknown));
        FieldValues known = none.with(TicketFields.CONFIGURATIONS, Set.of(device));

        Translation.Translated partly =
                Translation.toHost(POLICY, LINKS, null, some).all(some, field -> true);
        Translation.Translated wholly =
                Translation.toHost(POLICY, LINKS, null, known).all(known, field -> true);

        LocalRef deviceHere = requireNonNull(DEVICE.localRef());
        FieldValues here = none.with(TicketFields.CONFIGURATIONS, Set.<AssetRef>of(deviceHere));
        assertThat(partly.values()).isEqualTo(here);
        assertThat(partly.held()).isEqualTo(known);
        assertThat(partly.awaited()).containsExactly(unknown);
        assertThat(wholly.values()).isEqualTo(here);
        assertThat(wholly.held()).isEqualTo(none);
        assertThat(wholly.awaited()).isEmpty();
    }

    @Test
    @DisplayName("FIELD-6: a translation goes both ways")
    void goesBothWays() {
        FieldValues there = GOOD_THERE.with(ConfigurationFields.LOCATION, OFFICE.remoteRef());

        FieldValues here = Translation.toHost(POLICY, LINKS, null, there)
                .all(there, field -> true)
                .values();

        assertThat(here.get(ConfigurationFields.LOCATION)).isEqualTo(LocalRef.of(LOCATION, "office"));
        assertThat(Translation.toPsa(POLICY, LINKS, null, here)
                        .all(here, field -> true)
                        .values())
                .isEqualTo(there);
        assertThat(Translation.toPsa(POLICY, LINKS, null, here)
                        .list(Set.of(primary("a@x.example")))
                        .across())
                .isEqualTo(Set.of(primary("a@x.example")));
    }
}
