/** REST kit for connectors: HTTP, retries, budgets, JSON mapping. */
module org.psasync.http {
    requires transitive java.net.http;
    requires transitive org.psasync.spi;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;

    exports org.psasync.http;
}
