/** The forms in which plans and previews are kept as texts. */
@NullMarked
package org.psasync.engine.text;

import org.jspecify.annotations.NullMarked;
