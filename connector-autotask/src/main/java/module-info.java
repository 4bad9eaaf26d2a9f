/** Connector to Autotask PSA. */
module org.psasync.autotask {
    requires transitive org.psasync.spi;
    requires org.psasync.http;

    exports org.psasync.autotask;

    provides org.psasync.spi.PsaConnectorProvider with
            org.psasync.autotask.AutotaskProvider;
}
