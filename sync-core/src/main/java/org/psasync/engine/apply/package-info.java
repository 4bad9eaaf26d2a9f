/** Has pairs decided and carries the decisions out, each write stored before it begins and settled when it is lost. */
@NullMarked
package org.psasync.engine.apply;

import org.jspecify.annotations.NullMarked;
