package org.psasync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Edit;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.Origin;

class CustomFieldsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final Field<String> RACK = Field.custom(AssetKind.CONFIGURATION, "rack", FieldType.TEXT);

    @Test
    @DisplayName("FIELD-3: a custom field that the host was built with is blank, not absent, before it is written")
    void hasAPlaceForCustomFields() {
        InMemoryAssetRepository host = InMemoryAssetRepository.builder(InstantSource.fixed(NOW))
                .withFields(RACK)
                .build();

        Asset server = host.save(
                null,
                FieldValues.of(AssetKind.CONFIGURATION)
                        .set(ConfigurationFields.NAME, "SRV-1")
                        .build(),
                new Edit(Origin.USER, "ursula", NOW));

        assertThat(server.values().isBlank(RACK)).isTrue();
    }
}
