/** Runs of many integrations in one process, on threads of the host's (RUN-1). */
@NullMarked
package org.psasync.engine.schedule;

import org.jspecify.annotations.NullMarked;
