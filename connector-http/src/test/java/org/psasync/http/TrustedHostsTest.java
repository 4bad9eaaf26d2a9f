package org.psasync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psasync.spi.ConnectorException;

class TrustedHostsTest {
    private final TrustedHosts trusted = TrustedHosts.only(BaseAddress.of("https://api.psa.example/v1", false))
            .and(BaseAddress.of("http://127.0.0.1:8080", true))
            .andDomain("autotask.example");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.psa.example/v1/things?page=2",
                "https://API.psa.example:443/other",
                "http://127.0.0.1:8080/x",
                "https://webservices15.autotask.example/ATServicesRest/",
                "https://autotask.example/"
            })
    void followsLinksToItsServers(String link) {
        assertThat(trusted.check(link)).hasToString(link);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/v1/things",
                "https://api.psa.example.evil.example/",
                "https://xapi.psa.example/",
                "https://psa.example/",
                "https://sub.api.psa.example/",
                "https://api.psa.example@evil.example/",
                "https://evil.example\\@api.psa.example/",
                "https://user:hunter2@api.psa.example/",
                "https://api.psa.example:8443/",
                "http://api.psa.example/",
                "http://api.psa.example:443/",
                "http://127.0.0.1:8081/",
                "http://127.0.0.1/",
                "http://webservices15.autotask.example/",
                "https://webservices15.autotask.example:444/",
                "https://notautotask.example/",
                "https://autotask.example.evil.example/",
                "ftp://api.psa.example/",
                "//evil.example/",
                "/v1/things",
                "javascript:alert(1)",
                "mailto:a@api.psa.example",
                "https://api.psa.example#@evil.example:99999999999/ x",
                ""
            })
    @DisplayName("SAFE-5: an address that only looks like the PSA's gets nothing, least of all credentials")
    void refusesLookAlikes(String link) {
        assertThatThrownBy(() -> trusted.check(link))
                .isInstanceOf(ConnectorException.Unavailable.class)
                .hasMessageNotContaining("hunter2")
                .satisfies(failure -> assertThat(((ConnectorException.Unavailable) failure).outcomeUnknown())
                        .isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"example", "", "*.example.com", "https://example.com", "10.0.0.7", "example.com:443"})
    void refusesDomainsThatAreNone(String domain) {
        assertThatThrownBy(() -> trusted.andDomain(domain)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void trustsNothingButItsServerUnlessToldTo() {
        TrustedHosts only = TrustedHosts.only(BaseAddress.of("api.psa.example", false));
        assertThatThrownBy(() -> only.check("https://webservices15.autotask.example/"))
                .hasMessage("The address leads to https://webservices15.autotask.example, which is not the PSA's;"
                        + " nothing was sent there");
    }
}
