package org.psasync.connectwise;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.psasync.connectwise.PageReader.Listing;
import org.psasync.http.JsonValue;

/**
 * The ids of custom fields that are mapped by caption.
 *
 * <p>Each record lists all custom fields of its kind, so that any record of the kind tells. Safe for use by several
 * threads.
 */
final class CustomFieldIds {
    private final PageReader pages;
    private final Map<ConnectWiseCustomField, Long> known = new ConcurrentHashMap<>();

    CustomFieldIds(PageReader pages) {
        this.pages = pages;
    }

    /** @param parent the company below which records of the kind are; null for kinds with a list of their own */
    Optional<Long> of(RecordKind kind, ConnectWiseCustomField custom, @Nullable Object parent) {
        Integer id = custom.id();
        if (id != null) {
            return Optional.of(id.longValue());
        }
        Long found = known.get(custom);
        if (found != null || parent == null && kind instanceof SiteKind) {
            return Optional.ofNullable(found);
        }
        Object[] segments = parent == null ? new Object[0] : new Object[] {parent};
        Listing list = Listing.of(kind.call("page"), kind.path(), segments).fields("id," + CustomFields.MEMBER);
        for (JsonValue row : pages.page(list, 0, 1).rows()) {
            Optional<Long> told = CustomFields.id(row, custom);
            told.ifPresent(number -> known.put(custom, number));
            return told;
        }
        return Optional.empty();
    }
}
