/** Connector to Pulseway PSA, Kaseya BMS and Vorex, which are one product under three names. */
@NullMarked
package org.psasync.pulseway;

import org.jspecify.annotations.NullMarked;
