package org.psasync.pulseway;

import java.util.List;
import org.psasync.spi.ConnectorOption;
import org.psasync.spi.ConnectorOption.Form;
import org.psasync.spi.WriteOptions;

/** The settings that only this connector has. */
final class Options {
    static final String EMAIL_TYPE = ConnectorOption.CONTACT_EMAIL_TYPE;
    static final String PHONE_TYPE = ConnectorOption.CONTACT_PHONE_TYPE;
    static final String ACCOUNT_MANAGER = "accountManager";
    static final String BUSINESS_TYPE = "businessType";
    static final String PLACEHOLDER_PHONE = "placeholderPhone";

    /** The number that stands for a missing one. */
    static final String NO_PHONE = "000-000-0000";

    static final List<ConnectorOption> ALL = List.of(
            new ConnectorOption(EMAIL_TYPE, "Type of e-mail addresses added to contacts", Form.CHOICE, null),
            new ConnectorOption(PHONE_TYPE, "Type of phone numbers added to contacts", Form.CHOICE, null),
            new ConnectorOption(ACCOUNT_MANAGER, "Account manager of new accounts", Form.CHOICE, null),
            new ConnectorOption(BUSINESS_TYPE, "Business type of new accounts", Form.CHOICE, null),
            new ConnectorOption(
                    PLACEHOLDER_PHONE, "Fill a missing phone of new contacts with " + NO_PHONE, Form.FLAG, "false"));

    private Options() {}

    /** Returns the id of a list entry; 0 when none is set. */
    static long number(WriteOptions options, String key) {
        String value = options.get(key);
        return value != null && value.strip().matches("[1-9]\\d{0,8}") ? Long.parseLong(value.strip()) : 0;
    }

    static boolean fillsMissingPhone(WriteOptions options) {
        return Boolean.parseBoolean(options.get(PLACEHOLDER_PHONE));
    }
}
