package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.store.PsaInstance.Known;

class InstancesTest {
    private static final List<Known> THREE =
            List.of(known("1", "Acme"), known("2", "Beta"), known("3", "Gamma", "GAM"));
    private static final List<Known> TWO = THREE.subList(0, 2);

    private static Known known(String id, String... texts) {
        return new Known(new RemoteRef(AssetKind.ORGANIZATION, new RemoteId(id)), Set.of(texts));
    }

    private static Map<RemoteId, Set<String>> found(String... idsAndTexts) {
        Map<RemoteId, Set<String>> result = new HashMap<>();
        for (int i = 0; i < idsAndTexts.length; i += 2) {
            result.put(new RemoteId(idsAndTexts[i]), Set.of(idsAndTexts[i + 1]));
        }
        return result;
    }

    static Stream<Arguments> truthTable() {
        return Stream.of(
                //        known  found                                      same rights  other instance
                arguments(THREE, found("1", "Acme", "2", "Beta", "3", "Gamma"), true, false),
                arguments(THREE, found("1", "Acme"), true, false),
                arguments(THREE, found("1", "Renamed", "2", "Renamed", "3", "GAM"), true, false),
                arguments(THREE, found("1", "X", "2", "Y", "3", "Z"), true, true),
                arguments(THREE, found("1", "X", "2", "Y", "3", "Z"), false, true),
                arguments(THREE, found("2", "Acme"), true, true), // under another id it is another record
                arguments(THREE, found(), true, true),
                arguments(THREE, found(), false, false),
                arguments(TWO, found("1", "X", "2", "Y"), true, false),
                arguments(List.of(), found(), true, false));
    }

    @ParameterizedTest(name = "known {0}, found {1}, same rights {2}: {3}")
    @DisplayName("SAFE-2: another instance is one in which of at least three records none is there as it was")
    @MethodSource("truthTable")
    void tellsInstancesApart(List<Known> sample, Map<RemoteId, Set<String>> found, boolean sameRights, boolean other) {
        assertThat(Instances.isOther(sample, found, sameRights)).isEqualTo(other);
    }

    @Test
    @DisplayName("SAFE-2: a record is known by its name, and by what else identifies one of its kind")
    void knowsRecordsByTheirTexts() {
        FieldValues company = FieldValues.empty(AssetKind.ORGANIZATION)
                .with(OrganizationFields.NAME, "Acme")
                .with(OrganizationFields.SHORT_NAME, "ACM");
        FieldValues server = FieldValues.empty(AssetKind.CONFIGURATION)
                .with(ConfigurationFields.NAME, "SRV-1")
                .with(ConfigurationFields.SERIAL_NUMBER, "S-1")
                .with(ConfigurationFields.MAC_ADDRESS, "00:00:00:00:00:01");
        FieldValues site = FieldValues.empty(AssetKind.LOCATION)
                .with(LocationFields.NAME, "Office")
                .with(LocationFields.CITY, "Bonn");

        assertThat(Instances.texts(company)).containsExactlyInAnyOrder("Acme", "ACM");
        assertThat(Instances.texts(server)).containsExactlyInAnyOrder("SRV-1", "S-1", "00:00:00:00:00:01");
        assertThat(Instances.texts(site)).containsExactly("Office");
        assertThat(Instances.texts(company.with(OrganizationFields.SHORT_NAME, null)))
                .containsExactly("Acme");
        assertThat(Instances.texts(FieldValues.empty(AssetKind.ORGANIZATION))).isEmpty();
    }

    @Test
    @DisplayName("SAFE-2: who is told of another instance is told the way out, and that nothing was written")
    void tellsTheWayOut() {
        assertThat(Instances.otherTenant("Fake PSA", "before", "now"))
                .contains("its tenant is \"now\" and the links are with \"before\"")
                .contains("Nothing was written.")
                .endsWith("set up an integration of its own for this Fake PSA.");
        assertThat(Instances.otherRecords("Fake PSA", 3))
                .contains("of 3 linked records")
                .contains("Nothing was written.")
                .endsWith("set up an integration of its own for this Fake PSA.");
    }
}
