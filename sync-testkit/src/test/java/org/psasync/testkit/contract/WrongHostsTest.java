package org.psasync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.model.Asset;
import org.psasync.model.Choice;
import org.psasync.model.Edit;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.spi.AssetRepository;

/** Every test of the contract of repositories can fail, and a host that breaks one rule fails just the tests of it. */
class WrongHostsTest {
    private static Supplier<FaithfulHost> maker = FaithfulHost::new;

    /** The contract, with the host that is on trial; run by this class alone. */
    static class OnTrial extends AssetRepositoryContract {
        private FaithfulHost host = new FaithfulHost();

        @Override
        protected AssetRepository open() {
            host = maker.get();
            return host;
        }

        @Override
        protected Asset save(@Nullable LocalRef ref, FieldValues values, Edit edit) {
            return host.save(ref, values, edit);
        }

        @Override
        protected void delete(LocalRef ref) {
            host.real.delete(ref);
        }

        @Override
        protected void refuse(String name) {
            host.refused.add(name);
        }

        @Override
        protected void keep(LocalRef ref) {
            host.kept.add(ref.id());
        }

        @Override
        protected void lose() {
            host.lost = true;
        }

        @Override
        protected Optional<List<Choice>> pickList(Field<?> field) {
            return Optional.of(host.real.pickList(field));
        }
    }

    static List<WrongHosts.Wrong> wrongHosts() {
        return WrongHosts.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongHosts")
    @DisplayName("A host that breaks one rule fails the tests of that rule, and no other")
    void isNoticed(WrongHosts.Wrong wrong) {
        maker = wrong.maker();
        assertThat(Trial.failures(OnTrial.class)).containsExactlyInAnyOrderElementsOf(wrong.tests());
    }

    @Test
    @DisplayName("The right host fails none")
    void theRightOnePasses() {
        maker = FaithfulHost::new;
        assertThat(Trial.failures(OnTrial.class)).isEmpty();
    }

    @Test
    @DisplayName("For every test of the contract there is a host that fails it")
    void noTestIsWithout() {
        Set<String> failed = new TreeSet<>();
        wrongHosts().forEach(wrong -> failed.addAll(wrong.tests()));
        assertThat(failed).isEqualTo(Trial.tests(RepositoryReadingRules.class, RepositoryWritingRules.class));
    }
}
