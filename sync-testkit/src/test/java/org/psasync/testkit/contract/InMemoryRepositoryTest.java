package org.psasync.testkit.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.model.Asset;
import org.psasync.model.Edit;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.spi.AssetRepository;

/** The repository in memory does what every repository does. */
class InMemoryRepositoryTest extends AssetRepositoryContract {
    private final InMemoryAssetRepository host =
            InMemoryAssetRepository.builder(() -> Instant.EPOCH).build();

    @Override
    protected AssetRepository open() {
        return host;
    }

    @Override
    protected Asset save(@Nullable LocalRef ref, FieldValues values, Edit edit) {
        return host.save(ref, values, edit);
    }

    @Override
    protected void delete(LocalRef ref) {
        host.delete(ref);
    }
}
