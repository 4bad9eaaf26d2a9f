package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A setting that only this connector has, such as the type of pushed e-mail addresses (PSA-ALL-2).
 *
 * @param key how the setting is stored and handed to writes
 * @param label what a settings page calls it
 * @param form what can be entered
 * @param initial the value when nothing is set; null when it stays unset
 */
public record ConnectorOption(
        String key, String label, Form form, @Nullable String initial) {
    /** The key of the type that an added e-mail address of a contact gets (PSA-ALL-2). */
    public static final String CONTACT_EMAIL_TYPE = "contactEmailType";
    /** The key of the type that an added phone number of a contact gets (PSA-ALL-2). */
    public static final String CONTACT_PHONE_TYPE = "contactPhoneType";

    /** What can be entered. */
    public enum Form {
        /** Any text. */
        TEXT,
        /** {@code true} or {@code false}. */
        FLAG,
        /** The id of an entry of {@link ReferenceData#optionChoices} under the same key. */
        CHOICE
    }

    public ConnectorOption {
        requireNonNull(key, "key");
        requireNonNull(label, "label");
        requireNonNull(form, "form");
    }
}
