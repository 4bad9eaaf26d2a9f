/** Connector to ConnectWise PSA (Manage). */
module org.psasync.connectwise {
    requires transitive org.psasync.spi;
    requires org.psasync.http;

    exports org.psasync.connectwise;

    provides org.psasync.spi.PsaConnectorProvider with
            org.psasync.connectwise.ConnectWiseProvider;
}
