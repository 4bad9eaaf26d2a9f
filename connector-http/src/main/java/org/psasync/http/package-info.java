/** REST kit for connectors: HTTP, retries, budgets, JSON mapping. */
@NullMarked
package org.psasync.http;

import org.jspecify.annotations.NullMarked;
