/** What the engine remembers: pairs, cursors, settings, events, writes in flight, leases. */
@NullMarked
package org.psasync.store;

import org.jspecify.annotations.NullMarked;
