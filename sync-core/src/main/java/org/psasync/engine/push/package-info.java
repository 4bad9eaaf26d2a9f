/** Pushes of what a person saved, and the one-time push of all. */
@NullMarked
package org.psasync.engine.push;

import org.jspecify.annotations.NullMarked;
