package org.psasync.testkit.connectwise;

import java.util.Locale;

/** The one company that can log in, and where. */
final class Account {
    private final String companyId = "examplemsp";
    private final String clientId;
    private final String publicKey;
    private final String privateKey;
    private final String signingKey;
    private volatile String codebase;
    private volatile String url = "";

    Account(long seed, String codebase) {
        this.clientId = Tenant.guid("clientId", Long.hashCode(seed));
        this.publicKey = "pub" + Tenant.guid("publicKey", Long.hashCode(seed)).substring(0, 13);
        this.privateKey = "prv" + Tenant.guid("privateKey", Long.hashCode(seed)).substring(0, 13);
        this.signingKey = Tenant.guid("signingKey", Long.hashCode(seed)).toUpperCase(Locale.ROOT);
        this.codebase = codebase;
    }

    String companyId() {
        return companyId;
    }

    String clientId() {
        return clientId;
    }

    String publicKey() {
        return publicKey;
    }

    String privateKey() {
        return privateKey;
    }

    String signingKey() {
        return signingKey;
    }

    /** The login name of the member behind the keys. */
    String apiMember() {
        return "syncapi";
    }

    String codebase() {
        return codebase;
    }

    void codebase(String announced) {
        codebase = announced;
    }

    /** Scheme, host and port. */
    String url() {
        return url;
    }

    void url(String address) {
        url = address;
    }

    /** Host and port. */
    String site() {
        return url.substring(url.indexOf("://") + 3);
    }
}
