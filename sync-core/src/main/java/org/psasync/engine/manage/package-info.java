/** What a person manages of an integration, as values: rows, lists, previews of actions and their results. */
@NullMarked
package org.psasync.engine.manage;

import org.jspecify.annotations.NullMarked;
