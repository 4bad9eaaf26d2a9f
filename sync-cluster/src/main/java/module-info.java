/** Many integrations on many nodes, which share one database. */
module org.psasync.cluster {
    requires transitive java.sql;
    requires transitive org.psasync.core;
    requires static org.jspecify;
    requires com.github.kagkarlsson.scheduler;
    requires org.psasync.jdbc;
    requires org.slf4j;

    exports org.psasync.cluster;
}
