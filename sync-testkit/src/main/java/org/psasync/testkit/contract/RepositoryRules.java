package org.psasync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.ContactFields;
import org.psasync.model.Edit;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.PairId;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.LocalChange;
import org.psasync.spi.LocalResult;

/** What both groups of rules need: a repository for each test, and records in it. */
@SuppressWarnings("NullAway.Init") // each test begins with a repository
abstract class RepositoryRules {
    static final Edit BY_ANNA = new Edit(Origin.USER, "anna", Instant.parse("2026-11-02T08:00:00Z"));

    final AssetRepositoryContract contract;
    AssetRepository host;
    private long pairs;

    RepositoryRules(AssetRepositoryContract contract) {
        this.contract = contract;
    }

    @BeforeEach
    void openHost() {
        host = contract.open();
    }

    /** Plays something; a host that cannot skips the test. */
    static void play(Runnable what) {
        try {
            what.run();
        } catch (UnsupportedOperationException cannot) {
            Assumptions.abort("Not played: " + cannot.getMessage());
        }
    }

    static FieldValues named(String name) {
        return FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.NAME, name)
                .build();
    }

    static FieldValues location(LocalRef organization, String name) {
        return FieldValues.of(AssetKind.LOCATION)
                .set(LocationFields.ORGANIZATION, organization)
                .set(LocationFields.NAME, name)
                .build();
    }

    static FieldValues contact(LocalRef organization, String first, @Nullable String last) {
        return FieldValues.of(AssetKind.CONTACT)
                .set(ContactFields.ORGANIZATION, organization)
                .set(ContactFields.FIRST_NAME, first)
                .set(ContactFields.LAST_NAME, last)
                .build();
    }

    Asset save(FieldValues values) {
        return contract.save(null, values, BY_ANNA);
    }

    List<Asset> save(String name, int count) {
        List<Asset> assets = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            assets.add(save(named(name + " " + i)));
        }
        return assets;
    }

    PairId pair() {
        return new PairId(0x5a5aL << 48, ++pairs);
    }

    LocalChange create(FieldValues values) {
        return new LocalChange(pair(), null, null, values);
    }

    LocalChange change(Asset from, FieldValues values) {
        return new LocalChange(pair(), from.id(), from.revision(), values);
    }

    Asset written(LocalResult result) {
        if (result instanceof LocalResult.Written written) {
            return written.asset();
        }
        throw new AssertionError(
                "R5.3: the change was to be written, and answered with the record, not with " + result);
    }

    Optional<Asset> find(LocalRef ref) {
        List<Asset> found = host.find(ref.kind(), List.of(ref.id()));
        assertThat(found).as("R1.1: one record was asked for").hasSizeLessThanOrEqualTo(1);
        return found.stream().findFirst();
    }

    static List<LocalId> ids(List<Asset> assets) {
        return assets.stream().map(Asset::id).toList();
    }

    static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
