package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.psasync.model.Field;
import org.psasync.model.Problem;
import org.psasync.spi.LocalChange;

/** Collects how a repository behaves. Not for use by several threads. */
public final class InMemoryAssetRepositoryBuilder {
    final InstantSource clock;
    boolean changeFeed = true;
    boolean pairIds = true;
    final Set<Field<?>> missing = new HashSet<>();
    final Set<Field<?>> custom = new LinkedHashSet<>();
    Function<LocalChange, List<Problem>> check = change -> List.of();

    InMemoryAssetRepositoryBuilder(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock");
    }

    /** Makes a host that cannot tell what changed (PUSH-6). */
    public InMemoryAssetRepositoryBuilder withoutChangeFeed() {
        this.changeFeed = false;
        return this;
    }

    /** Makes a host that does not keep pair ids, so that a repeated create makes a second record (SAFE-7). */
    public InMemoryAssetRepositoryBuilder withoutPairIds() {
        this.pairIds = false;
        return this;
    }

    /** Makes a host that has no place for these fields: they are ignored when written (R0.3). */
    public InMemoryAssetRepositoryBuilder withoutFields(Field<?>... fields) {
        missing.addAll(List.of(fields));
        return this;
    }

    /** Makes a host that has places for these custom fields too: one that was never written is blank (FIELD-3). */
    public InMemoryAssetRepositoryBuilder withFields(Field<?>... fields) {
        custom.addAll(List.of(fields));
        return this;
    }

    /**
     * Sets what the host refuses of the engine's writes; nothing by default. It answers an empty list to accept;
     * what it throws leaves {@link InMemoryAssetRepository#write} as a failure of the host (R0.2).
     */
    public InMemoryAssetRepositoryBuilder refusing(Function<LocalChange, List<Problem>> check) {
        this.check = requireNonNull(check, "check");
        return this;
    }

    /** Returns an empty repository. */
    public InMemoryAssetRepository build() {
        return new InMemoryAssetRepository(this);
    }
}
