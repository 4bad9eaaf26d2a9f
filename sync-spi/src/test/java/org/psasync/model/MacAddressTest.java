package org.psasync.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00:1A:2B:3C:4D:5E",
                "00:1a:2b:3c:4d:5e",
                "00-1A-2B-3C-4D-5E",
                "00 1a 2b 3c 4d 5e",
                "00.1a.2b.3c.4d.5e",
                "001a.2b3c.4d5e",
                "001A2B3C4D5E",
                "  001A2B3C4D5E "
            })
    @DisplayName("FIELD-4: every usual notation of one address is upper-case pairs with colons")
    void everyNotationOfOneAddressIsTheSame(String text) {
        assertThat(FieldType.MAC.canonical(text)).isEqualTo("00:1A:2B:3C:4D:5E");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00:1A:2B:3C:4D:5E, 00:1A:2B:3C:4D:5F",
                "00:1A:2B:3C:4D",
                "00:1A:2B:3C:4D:5E:6F",
                "00:1A-2B:3C-4D:5E",
                "00:1A:2B:3C:4D:5G",
                "001A2B3C4D5",
                "n/a",
                "\uff10\uff101A2B3C4D5E"
            })
    @DisplayName("FIELD-7: a text that is not one address is none, and stays as it is")
    void whatIsNotOneAddressStays(String text) {
        assertThat(MacAddress.isOne(text)).isFalse();
        assertThat(FieldType.MAC.canonical(text)).isEqualTo(text);
    }
}
