package org.psasync.testkit.pulseway;

import static java.util.Objects.requireNonNull;

/**
 * What a webhook would send. How the vendor's body looks is not published, and neither is the header that bears its
 * signature: this body is invented, and there is no signature.
 *
 * @param webhook the id of the webhook
 * @param address to which it would be sent, as it was registered, with its query
 * @param body JSON that names event and ticket
 */
public record Delivery(int webhook, String address, String body) {
    public Delivery {
        requireNonNull(address, "address");
        requireNonNull(body, "body");
    }
}
