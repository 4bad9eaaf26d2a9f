package org.psasync.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.psasync.spi.ConnectorException;

/**
 * The servers that may be sent credentials, against which every address in an answer is held: a next page, a zone, the
 * address of a key.
 *
 * <p>An address passes when scheme, host and port are those of a base address, or when it is HTTPS on the default port
 * to a host of a trusted domain. Immutable and safe for use by several threads.
 */
public final class TrustedHosts {
    private final List<BaseAddress> servers;
    private final Set<String> domains;

    private TrustedHosts(List<BaseAddress> servers, Set<String> domains) {
        this.servers = List.copyOf(servers);
        this.domains = Set.copyOf(domains);
    }

    /** Trusts exactly that server. */
    public static TrustedHosts only(BaseAddress server) {
        return new TrustedHosts(List.of(server), Set.of());
    }

    /** Trusts that server too. */
    public TrustedHosts and(BaseAddress server) {
        List<BaseAddress> more = new ArrayList<>(servers);
        more.add(server);
        return new TrustedHosts(more, domains);
    }

    /**
     * Trusts every host below a domain, such as {@code autotask.net}, and the domain itself.
     *
     * @throws IllegalArgumentException when it is not a domain name of at least two labels
     */
    public TrustedHosts andDomain(String domain) {
        String name = domain.toLowerCase(Locale.ROOT);
        if (!name.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+") || name.matches("[0-9.]+")) {
            throw new IllegalArgumentException("\"" + domain + "\" is not a domain such as autotask.net");
        }
        Set<String> more = new TreeSet<>(domains);
        more.add(name);
        return new TrustedHosts(servers, more);
    }

    /**
     * Returns the address when it may be called.
     *
     * @param link an absolute address from an answer
     * @throws ConnectorException.Unavailable when it is malformed or leads elsewhere; nothing was sent
     */
    public URI check(String link) {
        try {
            return check(new URI(link));
        } catch (URISyntaxException e) {
            throw new ConnectorException.Unavailable("The PSA's answer holds a malformed address", false, null);
        }
    }

    /** Returns the address when it may be called; see {@link #check(String)}. */
    public URI check(URI link) {
        if (!trusts(link)) {
            throw new ConnectorException.Unavailable(
                    "The address leads to " + shown(link) + ", which is not the PSA's; nothing was sent there",
                    false,
                    null);
        }
        return link;
    }

    /** Returns whether the address may be called. */
    public boolean trusts(URI link) {
        String host = link.getHost();
        if (host == null || link.getRawUserInfo() != null || link.isOpaque()) {
            return false;
        }
        if (servers.stream().anyMatch(server -> server.sameServer(link))) {
            return true;
        }
        String name = host.toLowerCase(Locale.ROOT);
        return "https".equalsIgnoreCase(link.getScheme())
                && (link.getPort() < 0 || link.getPort() == 443)
                && domains.stream().anyMatch(domain -> name.equals(domain) || name.endsWith("." + domain));
    }

    private static String shown(URI link) {
        String host = link.getHost();
        return host == null
                ? "no host"
                : link.getScheme() + "://" + host + (link.getPort() < 0 ? "" : ":" + link.getPort());
    }

    @Override
    public String toString() {
        return "TrustedHosts" + servers + domains;
    }
}
