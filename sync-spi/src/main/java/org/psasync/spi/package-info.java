/** What others implement: a connector to a PSA, and a host's repository of records. */
@NullMarked
package org.psasync.spi;

import org.jspecify.annotations.NullMarked;
