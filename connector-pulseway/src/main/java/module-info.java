/** Connector to Pulseway PSA, Kaseya BMS and Vorex. */
module org.psasync.pulseway {
    requires transitive org.psasync.spi;
    requires org.psasync.http;

    exports org.psasync.pulseway;

    provides org.psasync.spi.PsaConnectorProvider with
            org.psasync.pulseway.PulsewayProvider,
            org.psasync.pulseway.KaseyaBmsProvider,
            org.psasync.pulseway.VorexProvider;
}
