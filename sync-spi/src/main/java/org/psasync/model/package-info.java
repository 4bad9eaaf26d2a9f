/** Assets, fields, values, edits and states: plain values that every other module shares. */
@NullMarked
package org.psasync.model;

import org.jspecify.annotations.NullMarked;
