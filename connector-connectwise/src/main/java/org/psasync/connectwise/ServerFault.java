package org.psasync.connectwise;

import org.psasync.spi.ConnectorException;

/**
 * The cause of a failure with status 500 that is no time-out: it may pass, and it may come for this request every time.
 */
final class ServerFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    ServerFault() {
        super("The server failed", null, false, false);
    }

    static boolean caused(ConnectorException failure) {
        return failure.getCause() instanceof ServerFault;
    }
}
