/** The sync engine. */
module org.psasync.core {
    requires transitive org.psasync.spi;
    requires static org.jspecify;
    requires org.slf4j;

    exports org.psasync.engine;
    exports org.psasync.engine.manage;
    exports org.psasync.engine.schedule;
    exports org.psasync.store;
}
