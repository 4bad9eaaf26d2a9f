package org.psasync.spi;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is needed to connect.
 *
 * @param name the key in the credentials, such as {@code publicKey}
 * @param label what a settings page calls it
 * @param secret whether it must never be shown again
 * @param required whether connecting is impossible without it
 */
public record Credential(String name, String label, boolean secret, boolean required) {
    public Credential {
        requireNonNull(name, "name");
        requireNonNull(label, "label");
    }
}
