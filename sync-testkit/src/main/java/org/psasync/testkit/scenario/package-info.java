/** A language for tests of sync policies: who does what on either side, and where the records stand then. */
@NullMarked
package org.psasync.testkit.scenario;

import org.jspecify.annotations.NullMarked;
