package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import org.psasync.model.AssetKind;

/**
 * What a connector learned about its tenant and its own user (CONN-1, CONN-2).
 *
 * @param tenant identifies the tenant, the same for ever, whatever host name it is reached by (SAFE-2)
 * @param version the PSA's version, as it names it
 * @param missing rights that the user lacks
 * @param advice sentences that never block: a user of its own, the highest level, an outdated version
 * @param rights the rights as far as they show, as a text that changes when they do (STATE-10)
 */
public record ConnectionCheck(
        String tenant, String version, List<MissingRight> missing, List<String> advice, String rights) {

    /**
     * A right that the connector's user lacks.
     *
     * @param name the right in the PSA's words
     * @param kinds the kinds that cannot be read without it; empty when it concerns something else
     */
    public record MissingRight(String name, Set<AssetKind> kinds) {
        public MissingRight {
            requireNonNull(name, "name");
            kinds = Set.copyOf(kinds);
        }
    }

    public ConnectionCheck {
        requireNonNull(tenant, "tenant");
        requireNonNull(version, "version");
        missing = List.copyOf(missing);
        advice = List.copyOf(advice);
        requireNonNull(rights, "rights");
    }

    /** Returns whether records of the kind can be read, as far as rights go. */
    public boolean canRead(AssetKind kind) {
        return missing.stream().noneMatch(right -> right.kinds().contains(kind));
    }
}
