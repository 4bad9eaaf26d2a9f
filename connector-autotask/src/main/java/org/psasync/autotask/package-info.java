/** Connector to Autotask PSA. */
@NullMarked
package org.psasync.autotask;

import org.jspecify.annotations.NullMarked;
