/** Several processes on one PostgreSQL, one of which is killed: nothing is lost, doubled or stuck. */
@NullMarked
package org.psasync.examples.cluster;

import org.jspecify.annotations.NullMarked;
