package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.ChoiceState;
import org.psasync.engine.Connection;
import org.psasync.engine.KnownPsa;
import org.psasync.engine.NotAllowedException;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.ConnectionCheck.MissingRight;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.ConnectorOption;
import org.psasync.spi.ConnectorOption.Form;
import org.psasync.spi.ReferenceData.Entry;
import org.psasync.spi.ReferenceData.PsaUser;
import org.psasync.store.Setup;
import org.psasync.testkit.Fault;

/** What a settings page shows, without the PSA (CONN-1, SPEC 3). */
class SettingsPageTest {
    private final Stage stage = new Stage(
            psa -> psa.user("Paul", "paul@example.com")
                    .advice("Use a user of its own.")
                    .option(
                            new ConnectorOption("emailType", "E-mail type", Form.CHOICE, null),
                            Entry.of("1", "Work"),
                            Entry.of("2", "Private"))
                    .option(new ConnectorOption("site", "Name of the site", Form.TEXT, "Main"))
                    .kind(LOCATION, kind -> kind.pullOnly(LocationFields.PHONE)),
            host -> {});
    private final AtomicInteger openings = new AtomicInteger();

    private KnownPsa known() {
        return stage.engine.as(Stage.MANAGER).knownPsa().orElseThrow();
    }

    /** An engine on the same memory while the PSA is down. */
    private SyncEngine restarted() {
        return SyncEngine.builder()
                .integration("contoso/fake")
                .connector(() -> {
                    openings.incrementAndGet();
                    throw new ConnectorException.Unavailable("The PSA does not answer.", false, null);
                })
                .assets(stage.host)
                .state(stage.store)
                .clock(stage.clock)
                .pause(stage.clock)
                .build();
    }

    @Test
    @DisplayName("CONN-1, PSA-ALL-1: what connecting tells a settings page is there later too, without the PSA")
    void isRemembered() {
        stage.company("Acme");
        stage.psa.faults().withdraw(CONTACT);
        Connection.Accepted accepted =
                (Connection.Accepted) stage.engine.as(Stage.MANAGER).connect();
        stage.configure(settings -> settings.locations(true));
        Setup before = stage.state().setup();

        KnownPsa known = restarted().as(Stage.MANAGER).knownPsa().orElseThrow();

        assertThat(openings).as("no log-in").hasValue(0);
        assertThat(stage.state().setup()).as("nothing is stored").isEqualTo(before);
        assertThat(known.connector()).isEqualTo(stage.psa.descriptor());
        assertThat(known.connection().version()).isEqualTo(accepted.version());
        assertThat(known.reference()).isEqualTo(accepted.reference());
        assertThat(known.referenceAt()).isEqualTo(stage.clock.instant());
        assertThat(known.users()).extracting(PsaUser::name).containsExactly("Paul");
        assertThat(known.missing()).isEqualTo(accepted.missing()).hasSize(1);
        assertThat(known.missing().get(0)).extracting(MissingRight::kinds).isEqualTo(Set.of(CONTACT));
        assertThat(known.advice()).containsExactly("Use a user of its own.");
        assertThat(known.settings()).isEqualTo(stage.engine.settings());
        assertThat(known.settingsVersion()).isEqualTo(1);
        assertThat(known.status()).isEqualTo(stage.engine.status());
    }

    @Test
    @DisplayName("CONN-1: before anything is known of the PSA there is no settings page, and users see none")
    void isEmptyBefore() {
        assertThat(stage.engine.as(Stage.MANAGER).knownPsa()).isEmpty();
        assertThatThrownBy(() -> stage.engine.as(Actor.user("ursula")).knownPsa())
                .as("DATA-8")
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    @DisplayName("SET-4, SET-7: values in use come first, with their counts and states, in every list of the PSA")
    void listsRecommendedValuesFirst() {
        stage.company("Acme", "Prospect");
        stage.company("Bolt", "Prospect");
        stage.company("Core");
        stage.selecting();

        assertThat(known().lists())
                .startsWith(OrganizationFields.TYPES, OrganizationFields.STATUS)
                .contains(ConfigurationFields.TYPE, ConfigurationFields.STATUS);
        List<ChoiceState> types = known().choices(OrganizationFields.TYPES);
        assertThat(types.subList(0, 2))
                .extracting(type -> type.choice().name() + " " + type.usedBy().orElse(-1) + " " + type.state())
                .containsExactly("Prospect 2 DISABLED", "Customer 1 ENABLED");
        assertThat(types.subList(2, types.size()))
                .isNotEmpty()
                .noneMatch(ChoiceState::recommended)
                .allMatch(type -> type.usedBy().orElse(-1) == 0);
        assertThat(stage.engine.choices(OrganizationFields.TYPES)).isEqualTo(types);
    }

    @Test
    @DisplayName("SET-7: what the PSA does not offer any more is not recommended, whoever uses it")
    void recommendsNothingInactive() {
        Choice prospect = stage.choice(OrganizationFields.TYPES, "Prospect");
        stage.company("Acme", "Prospect");
        stage.psa.retire(OrganizationFields.TYPES, prospect);
        stage.selecting();

        assertThat(known().choices(OrganizationFields.TYPES))
                .filteredOn(type -> type.choice().equals(prospect))
                .singleElement()
                .matches(type -> !type.active() && !type.recommended());
    }

    @Test
    @DisplayName("CONN-1: the connector's own settings come with their labels, values and choices")
    void showsTheConnectorsOptions() {
        stage.selecting();
        assertThat(known().options())
                .extracting(option -> option.option().label(), KnownPsa.Option::value)
                .containsExactly(tuple("E-mail type", null), tuple("Name of the site", "Main"));

        stage.configure(settings -> settings.option("emailType", "Private").option("site", "HQ"));

        assertThat(known().options()).extracting(KnownPsa.Option::value).containsExactly("2", "HQ");
        KnownPsa.Option email = known().options().get(0);
        assertThat(email.choices()).extracting(each -> each.choice().name()).containsExactly("Work", "Private");
        assertThat(email.chosen()).contains(new Choice("2", "Private"));
        assertThat(known().options().get(1).chosen()).isEmpty();
    }

    private Optional<KnownPsa.MappedField> mapped(Field<?> field) {
        return known().fields(field.kind()).stream()
                .filter(each -> each.rule().field().equals(field))
                .findFirst();
    }

    @Test
    @DisplayName("FIELD-1: all fields that the connector maps are there, with what the settings make of each")
    void showsMappedFields() {
        stage.configure(settings -> settings.exclude(ConfigurationFields.NOTES, true)
                .pullOnly(ConfigurationFields.SERIAL_NUMBER, true)
                .conflicts(CONFIGURATION, ConflictPolicy.LOCAL_WINS)
                .conflicts(ConfigurationFields.NAME, ConflictPolicy.ASK));

        assertThat(known().fields(CONFIGURATION))
                .extracting(KnownPsa.MappedField::rule)
                .isEqualTo(
                        stage.psa.descriptor().kind(CONFIGURATION).orElseThrow().fields());
        assertThat(mapped(ConfigurationFields.NOTES)).get().matches(each -> each.excluded() && !each.pullOnly());
        assertThat(mapped(ConfigurationFields.SERIAL_NUMBER)).get().matches(each -> each.pullOnly());
        assertThat(mapped(LocationFields.PHONE)).get().matches(each -> each.pullOnly() && !each.excluded());
        assertThat(mapped(ConfigurationFields.NAME)).get().matches(each -> each.conflicts() == ConflictPolicy.ASK);
        assertThat(mapped(ConfigurationFields.NOTES))
                .get()
                .matches(each -> each.conflicts() == ConflictPolicy.LOCAL_WINS);
        assertThat(mapped(OrganizationFields.NAME)).get().matches(each -> each.conflicts() == ConflictPolicy.PSA_WINS);
    }

    @Test
    @DisplayName("SET-1: who wins a conflict of a kind or a field can be left to what holds without it again")
    void conflictPoliciesCanBeUnset() {
        stage.configure(settings -> settings.conflicts(ConflictPolicy.NEWEST_WINS)
                .conflicts(CONFIGURATION, ConflictPolicy.LOCAL_WINS)
                .conflicts(ConfigurationFields.NAME, ConflictPolicy.ASK));

        stage.configure(settings -> settings.conflicts(ConfigurationFields.NAME, null));
        assertThat(stage.engine.settings().conflicts().of(ConfigurationFields.NAME))
                .isEqualTo(ConflictPolicy.LOCAL_WINS);
        stage.configure(settings -> settings.conflicts(CONFIGURATION, null));
        assertThat(stage.engine.settings().conflicts().of(ConfigurationFields.NAME))
                .isEqualTo(ConflictPolicy.NEWEST_WINS);
        stage.configure(settings -> settings.conflicts(ORGANIZATION, null));
        assertThat(stage.engine.settings().conflicts().kinds()).isEmpty();
        assertThat(stage.engine.settings().conflicts().fields()).isEmpty();
    }

    @Test
    @DisplayName("FIELD-1: a field that the connector maps no more can be taken out of the settings, and not put in")
    void unmappedFieldsCanBeTakenOut() {
        stage.configure(settings ->
                settings.exclude(ConfigurationFields.NOTES, true).pullOnly(ConfigurationFields.SERIAL_NUMBER, true));
        Stage narrow = new Stage(
                psa -> psa.kind(
                        CONFIGURATION,
                        kind -> kind.unmapped(ConfigurationFields.NOTES, ConfigurationFields.SERIAL_NUMBER)),
                host -> {},
                stage.store);
        narrow.engine.as(Stage.MANAGER).connect();
        KnownPsa known = narrow.engine.as(Stage.MANAGER).knownPsa().orElseThrow();
        assertThat(known.unmapped()).containsExactly(ConfigurationFields.NOTES, ConfigurationFields.SERIAL_NUMBER);

        narrow.configure(settings ->
                settings.exclude(ConfigurationFields.NOTES, false).pullOnly(ConfigurationFields.SERIAL_NUMBER, false));

        assertThat(narrow.engine.as(Stage.MANAGER).knownPsa().orElseThrow().unmapped())
                .isEmpty();
        assertThatThrownBy(() -> narrow.configure(settings -> settings.exclude(ConfigurationFields.NOTES, true)))
                .hasMessageContaining("does not map");
    }

    @Test
    @DisplayName("SAFE-3: refused credentials are told with the settings page")
    void tellsThatCredentialsWereRefused() {
        stage.selecting().engine.run();
        stage.psa.faults().next(Fault.unauthorized(null));
        stage.engine.run();

        assertThat(known().status().status()).isEqualTo(Status.ERROR);
        assertThat(known().status().message()).contains("Replace the credentials");
    }
}
