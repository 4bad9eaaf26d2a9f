/** The model of business records and the ports that a connector or a host implements. */
module org.psasync.spi {
    requires static transitive org.jspecify;
    requires transitive java.net.http;

    exports org.psasync.model;
    exports org.psasync.spi;

    uses org.psasync.spi.PsaConnectorProvider;
}
