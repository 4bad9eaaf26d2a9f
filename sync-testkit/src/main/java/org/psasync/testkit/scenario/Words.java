package org.psasync.testkit.scenario;

import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Field;

/** One field with a value in words, null for blank. */
final class Words {
    private Words() {}

    static Map<Field<?>, @Nullable Object> of(Field<?> field, @Nullable Object value) {
        return Collections.singletonMap(field, value);
    }
}
