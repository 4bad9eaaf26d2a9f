package org.psasync.testkit.contract;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.psasync.model.Asset;
import org.psasync.model.Choice;
import org.psasync.model.Edit;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.spi.AssetRepository;

/**
 * What every {@link AssetRepository} does: one test or more for each of its rules, under the rule's number.
 *
 * <p>To prove a repository, extend this class, return a new, empty one from {@link #open}, and tell how the host's own
 * users save and delete records in it. What the host cannot play, because a method of this class was not overridden, is
 * skipped with a message. The failures say what a repository must do.
 */
public abstract class AssetRepositoryContract {
    /** For subclasses. */
    protected AssetRepositoryContract() {}

    /** Opens a repository without records; the other methods are about the one that was opened last. */
    protected abstract AssetRepository open();

    /**
     * Stores an edit as the host itself does.
     *
     * @param ref the record; null makes one
     * @param values fields that replace those of the record; blank clears
     * @return the record as stored
     */
    protected abstract Asset save(@Nullable LocalRef ref, FieldValues values, Edit edit);

    /** Deletes a record as the host itself does. */
    protected abstract void delete(LocalRef ref);

    /**
     * Lets the host refuse every write of a record of that name.
     *
     * @throws UnsupportedOperationException when the host refuses nothing, as by default
     */
    protected void refuse(String name) {
        throw new UnsupportedOperationException("This host refuses no writes");
    }

    /**
     * Lets the host keep a record, so that it cannot be deleted by the engine.
     *
     * @throws UnsupportedOperationException when the host keeps none, as by default
     */
    protected void keep(LocalRef ref) {
        throw new UnsupportedOperationException("This host keeps no records");
    }

    /**
     * Lets the repository itself fail, as when its database is lost.
     *
     * @throws UnsupportedOperationException when that cannot be played, as by default
     */
    protected void lose() {
        throw new UnsupportedOperationException("This host loses no database");
    }

    /** Returns what the host has in the pick list of a field; empty when it does not tell, as by default. */
    protected Optional<List<Choice>> pickList(Field<?> field) {
        return Optional.empty();
    }

    /** What it reads. */
    @Nested
    @DisplayName("What it reads: R0 to R4")
    class WhatItReads extends RepositoryReadingRules {
        WhatItReads() {
            super(AssetRepositoryContract.this);
        }
    }

    /** What it writes. */
    @Nested
    @DisplayName("What it writes: R5 to R7")
    class WhatItWrites extends RepositoryWritingRules {
        WhatItWrites() {
            super(AssetRepositoryContract.this);
        }
    }
}
