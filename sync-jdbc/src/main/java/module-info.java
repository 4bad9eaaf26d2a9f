/** What the engine remembers, kept in a database. */
module org.psasync.jdbc {
    requires transitive java.sql;
    requires transitive org.psasync.core;
    requires static org.jspecify;
    requires com.fasterxml.jackson.core;

    exports org.psasync.jdbc;
}
