/** What a manager does with records: the review queue, Manage Data, and the values they are shown as. */
@NullMarked
package org.psasync.engine.manage;

import org.jspecify.annotations.NullMarked;
