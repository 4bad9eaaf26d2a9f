/** Connector to ConnectWise PSA (Manage). */
@NullMarked
package org.psasync.connectwise;

import org.jspecify.annotations.NullMarked;
