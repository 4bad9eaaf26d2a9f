/** A connector to Tidydesk, a PSA that does not exist: the code of the guide for connector authors. */
@NullMarked
package org.psasync.examples.tidydesk;

import org.jspecify.annotations.NullMarked;
