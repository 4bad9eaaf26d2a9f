package org.psasync.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a PSA's interface lives, such as {@code https://api-na.myconnectwise.net/v4_6_release/apis/3.0/}.
 *
 * <p>Only HTTPS, or plain HTTP to this machine itself when that was asked for (SAFE-5). No user name, query or fragment.
 * The path always ends with a slash. Immutable.
 */
public final class BaseAddress {
    private final URI uri;

    private BaseAddress(URI uri) {
        this.uri = uri;
    }

    /**
     * Reads an address; one without a scheme is taken as HTTPS.
     *
     * @param text a host name or an address, as a person enters it
     * @param plainHttpToLoopback whether plain HTTP to this machine itself is allowed
     * @throws IllegalArgumentException when it is malformed, has a user name, a query or a fragment, or would send
     *     credentials in the clear
     */
    public static BaseAddress of(String text, boolean plainHttpToLoopback) {
        String stripped = text.strip();
        URI uri = parse(stripped.contains("://") ? stripped : "https://" + stripped);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        if (host == null || host.isEmpty()) {
            throw new IllegalArgumentException("The address names no host; enter it as https://psa.example.com");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("The address of " + host + " must not hold a user name or a password");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("The address of " + host + " must end with its path, without ? or #");
        }
        if (scheme.equals("http")) {
            refusePlain(host, plainHttpToLoopback);
        } else if (!scheme.equals("https")) {
            throw new IllegalArgumentException("The address of " + host + " must begin with https://");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return new BaseAddress(parse(scheme + "://" + host.toLowerCase(Locale.ROOT)
                + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + (path.endsWith("/") ? path : path + "/")));
    }

    private static void refusePlain(String host, boolean plainHttpToLoopback) {
        if (!isLoopback(host)) {
            throw new IllegalArgumentException("Plain http to " + host
                    + " would send the credentials in the clear; use https (http is allowed to this machine only)");
        }
        if (!plainHttpToLoopback) {
            throw new IllegalArgumentException("Plain http to " + host
                    + " is off; use https, or turn plainHttpToLoopback on for a server on this machine");
        }
    }

    /** Only literal addresses and the reserved name: any other name could be made to point here, or elsewhere later. */
    private static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        boolean literal = host.startsWith("[") || host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        try {
            return literal && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The parser's message quotes the text, which may hold a password, and is not passed on. */
    private static URI parse(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "The address is malformed at character " + e.getIndex() + "; enter it as https://psa.example.com");
        }
    }

    /** Returns the address. */
    public URI uri() {
        return uri;
    }

    /** Returns an address on the same server. */
    public BaseAddress withPath(String path) {
        String absolute = path.startsWith("/") ? path : "/" + path;
        return new BaseAddress(URI.create(uri.getScheme() + "://" + uri.getRawAuthority()
                + (absolute.endsWith("/") ? absolute : absolute + "/")));
    }

    /** Returns whether scheme, host and port are the same, the default port written or not. */
    boolean sameServer(URI other) {
        return uri.getScheme().equalsIgnoreCase(other.getScheme())
                && uri.getHost().equalsIgnoreCase(other.getHost())
                && port(uri) == port(other);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof BaseAddress address && uri.equals(address.uri);
    }

    @Override
    public int hashCode() {
        return Objects.hash(uri);
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
