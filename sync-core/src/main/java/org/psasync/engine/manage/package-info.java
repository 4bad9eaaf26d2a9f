/**
 * What a person manages of an integration: rows, lists and the review queue, previews of actions and their results, all of
 * them values.
 */
@NullMarked
package org.psasync.engine.manage;

import org.jspecify.annotations.NullMarked;
