/** What a person does with one record or with many, and what it or other settings would do. */
@NullMarked
package org.psasync.engine.bulk;

import org.jspecify.annotations.NullMarked;
