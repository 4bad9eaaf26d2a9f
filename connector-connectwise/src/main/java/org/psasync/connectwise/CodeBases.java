package org.psasync.connectwise;

import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.http.RestAnswer;
import org.psasync.http.RestCall;
import org.psasync.http.RestClient;
import org.psasync.spi.ConnectorException;

/**
 * Looks the tenant's code base up, once, and again when asked to.
 *
 * <p>Safe for use by several threads. Source: ConnectWise developer guide, Cloud URL formatting, 2026-10.
 */
final class CodeBases {
    private final RestClient rest;
    private final String companyId;
    private final ReentrantLock lookingUp = new ReentrantLock();
    private volatile @Nullable CodeBase known;

    CodeBases(RestClient rest, String companyId) {
        this.rest = rest;
        this.companyId = companyId;
    }

    CodeBase current() {
        CodeBase current = known;
        if (current != null) {
            return current;
        }
        lookingUp.lock();
        try {
            CodeBase meanwhile = known;
            return meanwhile != null ? meanwhile : afresh();
        } finally {
            lookingUp.unlock();
        }
    }

    /**
     * Looks it up now.
     *
     * @throws ConnectorException.Unauthorized when the site or the company id is wrong
     */
    CodeBase afresh() {
        CodeBase found = withRelease(read(lookUp()));
        known = found;
        return found;
    }

    private RestAnswer lookUp() {
        try {
            return rest.call(RestCall.read("site.lookup", "login/companyinfo/{}", companyId)
                    .withoutCredentials());
        } catch (ConnectorException.Gone e) {
            throw unknownCompany();
        } catch (ConnectorException.Unavailable e) {
            throw known == null ? atFirstContact(e) : e;
        }
    }

    private CodeBase read(RestAnswer answer) {
        if (answer.status() == 404 || answer.isSuccess() && answer.json().isBlank()) {
            throw unknownCompany();
        }
        if (Failures.lacksPrefix(answer)) {
            throw Failures.withoutPrefix(host() + " answered that SSL is required");
        }
        try {
            return CodeBase.of(answer.json(), companyId);
        } catch (JsonMismatch e) {
            throw new ConnectorException.Unavailable(
                    "The site " + host() + " does not answer as ConnectWise does: " + e.getMessage(), false, e);
        }
    }

    /** A look-up that names no release leaves it to the server's own description of itself. */
    private CodeBase withRelease(CodeBase found) {
        if (found.version().isPresent()) {
            return found;
        }
        try {
            String release = rest.call(RestCall.read("system.info", found.path("system/info"))
                            .header("Accept", found.accept()))
                    .json()
                    .text("version");
            return release == null ? found : found.ofRelease(release);
        } catch (ConnectorException.Forbidden
                | ConnectorException.Gone
                | ConnectorException.Rejected
                | JsonMismatch e) {
            return found;
        }
    }

    /** Before the site was ever reached, a wrong name is likelier than a passing failure. */
    private ConnectorException atFirstContact(ConnectorException.Unavailable failure) {
        if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
            return new ConnectorException.Unauthorized(
                    "There is no host " + host() + "; check the site", ConnectWiseProvider.SITE);
        }
        if (has(failure, SSLException.class)) {
            return new ConnectorException.Unauthorized(
                    "The certificate of " + host() + " is not trusted; nothing was sent. Check the site, or the"
                            + " certificate of the server",
                    ConnectWiseProvider.SITE);
        }
        return failure;
    }

    private ConnectorException unknownCompany() {
        return new ConnectorException.Unauthorized(
                "ConnectWise at " + host() + " knows no company \"" + companyId
                        + "\"; check the company ID and the site",
                ConnectWiseProvider.COMPANY_ID);
    }

    private String host() {
        return String.valueOf(rest.address().uri().getHost());
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }
}
