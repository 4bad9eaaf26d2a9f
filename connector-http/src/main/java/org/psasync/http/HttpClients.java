package org.psasync.http;

import java.net.http.HttpClient;
import java.time.Duration;

/** The HTTP client of this process, and what one that is handed in must not do. */
final class HttpClients {
    private static final String REPEATS = "jdk.httpclient.enableAllMethodRetry";
    private static final String UNVERIFIED = "jdk.internal.httpclient.disableHostnameVerification";

    private HttpClients() {}

    private static final class Shared {
        static final HttpClient CLIENT = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** Returns the one client that is made when none is handed in; each client has a thread of its own. */
    static HttpClient ofThisProcess() {
        return checked(Shared.CLIENT);
    }

    static HttpClient checked(HttpClient http) {
        if (http.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("The HTTP client follows redirects (" + http.followRedirects()
                    + "), which would carry credentials to other servers; build it with Redirect.NEVER");
        }
        if (http.authenticator().isPresent()) {
            throw new IllegalArgumentException(
                    "The HTTP client has an authenticator, which would log in again and again"
                            + " until the account is locked; build it without one");
        }
        if (http.cookieHandler().isPresent()) {
            throw new IllegalArgumentException(
                    "The HTTP client has a cookie handler, which would carry the session of one tenant into the calls of"
                            + " another; build it without one");
        }
        if (isOn(REPEATS)) {
            throw new IllegalStateException(
                    "The system property " + REPEATS + " makes the JDK repeat writes whose answer was lost; remove it");
        }
        if (isOn(UNVERIFIED)) {
            throw new IllegalStateException("The system property " + UNVERIFIED
                    + " makes the JDK accept the certificate of any server; remove it");
        }
        return http;
    }

    private static boolean isOn(String property) {
        String value = System.getProperty(property);
        return value != null && (value.isEmpty() || value.equalsIgnoreCase("true"));
    }
}
