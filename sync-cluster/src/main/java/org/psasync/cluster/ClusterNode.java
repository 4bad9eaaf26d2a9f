package org.psasync.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A process that shares the work.
 *
 * @param name as it was given, with a suffix that tells two processes of the same name apart
 * @param version of the library it runs
 * @param seen when it was last heard of, by the database's clock; each node is heard of every few seconds
 * @param working whether it takes work; not while a newer version of the library works on the same database
 */
public record ClusterNode(String name, String version, Instant seen, boolean working) {
    public ClusterNode {
        requireNonNull(name, "name");
        requireNonNull(version, "version");
        requireNonNull(seen, "seen");
    }
}
