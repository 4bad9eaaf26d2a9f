package org.psasync.connectwise;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.psasync.http.BaseAddress;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;

/**
 * The address at which a person opens a record.
 *
 * <p>In the cloud people use the host name without {@code api-}. Sites have no page of their own. Source: the links that
 * ConnectWise itself puts into notifications, and its integrations, 2026-10.
 */
final class RecordAddress {
    private static final String PAGE = CodeBase.GENERAL + "services/system_io/router/openrecord.rails";

    private static final List<String> CLOUD = List.of(".myconnectwise.net", ".connectwisedev.com");

    private final BaseAddress site;
    private final String companyId;

    RecordAddress(BaseAddress site, String companyId) {
        this.site = site;
        this.companyId = companyId;
    }

    /** The server that people use. */
    static BaseAddress forPeople(BaseAddress site) {
        String host = String.valueOf(site.uri().getHost());
        boolean cloud = host.startsWith("api-") && CLOUD.stream().anyMatch(host::endsWith);
        return cloud ? BaseAddress.of("https://" + host.substring("api-".length()), false) : site.withPath("/");
    }

    Optional<URI> of(AssetKind kind, RemoteId id) {
        String type = switch (kind) {
            case ORGANIZATION -> "CompanyFV";
            case CONTACT -> "ContactFV";
            case CONFIGURATION -> "ConfigFV";
            case TICKET -> "ServiceFV";
            case LOCATION -> "";
        };
        return type.isEmpty()
                ? Optional.empty()
                : Ids.number(id)
                        .map(number -> URI.create(forPeople(site).uri() + PAGE + "?locale=en_US&recordType=" + type
                                + "&recid=" + number + "&companyName="
                                + URLEncoder.encode(companyId, StandardCharsets.UTF_8)));
    }
}
