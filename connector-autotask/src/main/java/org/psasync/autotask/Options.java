package org.psasync.autotask;

import java.util.List;
import java.util.Objects;
import org.psasync.spi.ConnectorOption;
import org.psasync.spi.ConnectorOption.Form;
import org.psasync.spi.WriteOptions;

/** The settings that only this connector has. */
final class Options {
    static final String ACCOUNT_MANAGER = "accountManager";
    static final String PRODUCT_MISSING = "productMissing";
    static final String BILLING_CODE = "productBillingCode";
    static final String DEFAULT_PRODUCT = "defaultProduct";

    static final String REFUSE = "REFUSE";
    static final String CREATE = "CREATE";
    static final String DEFAULT = "DEFAULT";

    static final List<ConnectorOption> ALL = List.of(
            new ConnectorOption(ACCOUNT_MANAGER, "Default account manager of new companies", Form.CHOICE, null),
            new ConnectorOption(
                    PRODUCT_MISSING, "When there is no product of a manufacturer and model", Form.CHOICE, REFUSE),
            new ConnectorOption(BILLING_CODE, "Billing code of products that are made", Form.CHOICE, null),
            new ConnectorOption(DEFAULT_PRODUCT, "Product that is taken for a missing one", Form.CHOICE, null),
            new ConnectorOption(
                    ConnectorOption.CONTACT_EMAIL_TYPE,
                    "Type of e-mail addresses added to contacts",
                    Form.CHOICE,
                    null),
            new ConnectorOption(
                    ConnectorOption.CONTACT_PHONE_TYPE, "Type of phone numbers added to contacts", Form.CHOICE, null));

    private Options() {}

    static String productMissing(WriteOptions options) {
        return Objects.requireNonNullElse(options.get(PRODUCT_MISSING), REFUSE);
    }
}
