/** What the engine remembers, kept in SQLite or PostgreSQL. */
@NullMarked
package org.psasync.jdbc;

import org.jspecify.annotations.NullMarked;
