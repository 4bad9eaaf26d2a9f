/** The model of business records and the ports that a connector or a host implements. */
module org.psasync.spi {
    requires static transitive org.jspecify;

    exports org.psasync.model;
    exports org.psasync.spi;
}
