package org.psasync.pulseway;

import java.util.List;
import org.psasync.spi.Credential;

/** The names under which the product is sold; they differ in name and host only. */
enum Product {
    PULSEWAY("pulseway", "Pulseway PSA", "api.psa.pulseway.com"),
    KASEYA_BMS("kaseya-bms", "Kaseya BMS", "api.bms.kaseya.com"),
    VOREX("vorex", "Vorex", "api.vorexlogin.com");

    private final String id;
    private final String displayName;
    private final String usualServer;

    Product(String id, String displayName, String usualServer) {
        this.id = id;
        this.displayName = displayName;
        this.usualServer = usualServer;
    }

    String id() {
        return id;
    }

    String displayName() {
        return displayName;
    }

    /** Source: BMS API 2.0, Security, 2026-10. */
    List<Credential> credentials() {
        return List.of(
                new Credential(Server.SERVER, "Server (host name, such as " + usualServer + ")", false, true),
                new Credential(Session.TENANT, "Tenant (company name)", false, true),
                new Credential(Session.USER, "User name of an Api Employee", false, true),
                new Credential(Session.PASSWORD, "Password", true, true),
                new Credential(LocationsV1.SWITCH, "Write locations through API v1 (true or false)", false, false),
                new Credential(Webhooks.SECRET, "Secret in the address of ticket webhooks", true, false));
    }
}
