package org.psasync.connectwise;

import java.util.List;
import org.psasync.spi.ConnectorOption;
import org.psasync.spi.ConnectorOption.Form;
import org.psasync.spi.WriteOptions;

/** The settings that only this connector has. */
final class Options {
    /** The communication type of an e-mail address that is added to a contact (PSA-ALL-2). */
    static final String EMAIL_TYPE = ConnectorOption.CONTACT_EMAIL_TYPE;

    /** The communication type of a phone number that is added to a contact (PSA-ALL-2). */
    static final String PHONE_TYPE = ConnectorOption.CONTACT_PHONE_TYPE;

    /** The name of the site of a new company whose main location has none. */
    static final String SITE_NAME = "defaultSiteName";

    private static final String USUAL_SITE_NAME = "Main";

    static final List<ConnectorOption> ALL = List.of(
            new ConnectorOption(EMAIL_TYPE, "Type of e-mail addresses added to contacts", Form.CHOICE, null),
            new ConnectorOption(PHONE_TYPE, "Type of phone numbers added to contacts", Form.CHOICE, null),
            new ConnectorOption(SITE_NAME, "Name of the site of a company without one", Form.TEXT, USUAL_SITE_NAME));

    private Options() {}

    static String siteName(WriteOptions options) {
        String name = options.get(SITE_NAME);
        return name == null || name.isBlank() ? USUAL_SITE_NAME : name.strip();
    }
}
