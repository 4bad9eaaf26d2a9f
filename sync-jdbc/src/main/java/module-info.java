/** What the engine remembers, kept in a database. */
module org.psasync.jdbc {
    requires transitive java.sql;
    requires transitive org.psasync.core;
    requires static org.jspecify;

    exports org.psasync.jdbc;
}
