/** The review queue: what it holds, and what comes of a decision. */
@NullMarked
package org.psasync.engine.review;

import org.jspecify.annotations.NullMarked;
