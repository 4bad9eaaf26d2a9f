/** Many integrations on many nodes, which share one PostgreSQL database. */
@NullMarked
package org.psasync.cluster;

import org.jspecify.annotations.NullMarked;
