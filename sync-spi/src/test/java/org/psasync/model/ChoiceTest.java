package org.psasync.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    @Test
    @DisplayName("SET-3: a renamed choice is the same choice, and changes no record")
    void aRenamedChoiceIsTheSame() {
        Choice before = new Choice("7", "Client");
        Choice after = new Choice("7", "Customer");

        assertThat(after).isEqualTo(before).hasSameHashCodeAs(before).hasToString("Customer");
        assertThat(values(after)).isEqualTo(values(before));
    }

    @Test
    void choicesOfOneNameWithTwoIdsDiffer() {
        assertThat(new Choice("7", "Client")).isNotEqualTo(new Choice("8", "Client"));
    }

    @Test
    void aChoiceWithoutIdentifierIsToldByItsText() {
        assertThat(Choice.named("Dell")).isEqualTo(new Choice("Dell", "Dell Inc."));
    }

    private static FieldValues values(Choice status) {
        return FieldValues.empty(AssetKind.ORGANIZATION).with(OrganizationFields.STATUS, status);
    }
}
