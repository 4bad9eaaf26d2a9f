package org.psasync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseAddressTest {
    @ParameterizedTest
    @CsvSource({
        "api-na.myconnectwise.net, https://api-na.myconnectwise.net/",
        "https://PSA.Example.com/api, https://psa.example.com/api/",
        "  psa.example.com:8443/x/ , https://psa.example.com:8443/x/",
        "https://10.0.0.7/, https://10.0.0.7/",
    })
    void readsWhatAPersonEnters(String text, String expected) {
        assertThat(BaseAddress.of(text, false)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080/", "http://localhost:8080", "http://[::1]:8080/x"})
    @DisplayName("SAFE-5: plain http goes to this machine only, and only if asked for")
    void allowsPlainHttpToThisMachineIfAskedFor(String text) {
        assertThat(BaseAddress.of(text, true).uri().getScheme()).isEqualTo("http");
        assertThatThrownBy(() -> BaseAddress.of(text, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is off; use https, or turn plainHttpToLoopback on");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://psa.example.com",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com",
                "http://10.0.0.7",
                "http://0.0.0.0",
                "http://[fe80::1]"
            })
    @DisplayName("SAFE-5: plain http to any other machine is refused, whatever was asked for")
    void refusesPlainHttpElsewhere(String text) {
        assertThatThrownBy(() -> BaseAddress.of(text, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("would send the credentials in the clear; use https");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://",
                "ftp://psa.example.com",
                "https://user:hunter2@psa.example.com",
                "https://psa.example.com/?key=hunter2",
                "https://psa.example.com/#hunter2",
                "https://hunter2 psa.example.com",
                "https://psa_example/hunter2"
            })
    @DisplayName("SAFE-5: a malformed address is refused without quoting what it may hold")
    void refusesMalformedAddresses(String text) {
        assertThatThrownBy(() -> BaseAddress.of(text, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    @Test
    void staysOnItsServerWithAnotherPath() {
        BaseAddress address = BaseAddress.of("https://psa.example.com:8443/a/", false);
        assertThat(address.withPath("v4_6_release/apis/3.0"))
                .hasToString("https://psa.example.com:8443/v4_6_release/apis/3.0/");
        assertThat(address.withPath("/x/")).hasToString("https://psa.example.com:8443/x/");
        assertThat(address.sameServer(URI.create("https://PSA.example.com:8443/else")))
                .isTrue();
    }
}
