package org.psasync.connectwise;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/**
 * A registration by which ConnectWise tells the host of changes.
 *
 * @param id ConnectWise's number of it
 * @param type what it is about, in ConnectWise's words, such as {@code company}
 * @param url where it is sent; ConnectWise appends the id of the record and what was done
 * @param active whether it is in use; ConnectWise ends those that fail for three days
 */
public record ConnectWiseCallback(long id, String type, URI url, boolean active) {
    public ConnectWiseCallback {
        requireNonNull(type, "type");
        requireNonNull(url, "url");
    }
}
