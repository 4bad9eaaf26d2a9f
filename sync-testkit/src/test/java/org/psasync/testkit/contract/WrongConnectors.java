package org.psasync.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.psasync.spi.PsaConnector;
import org.psasync.testkit.FakePsa;
import org.psasync.testkit.TestClock;

/** Connectors that break one rule each, and the tests of the contract that must fail for it. */
final class WrongConnectors {
    /** Makes a wrong connector to a right PSA. */
    interface Maker {
        PsaConnector make(FakePsa psa, TestClock clock);
    }

    /**
     * A wrong connector.
     *
     * @param tests what fails for it, and nothing else, as {@code Class#method}
     * @param fault what it does
     */
    record Wrong(Set<String> tests, String fault, Maker maker) {
        @Override
        public String toString() {
            return String.join(", ", tests) + ": " + fault;
        }
    }

    private final List<Wrong> all = new ArrayList<>();

    private WrongConnectors() {}

    static List<Wrong> all() {
        WrongConnectors wrong = new WrongConnectors();
        WrongTalkers.add(wrong);
        WrongReaders.add(wrong);
        WrongWriters.add(wrong);
        return wrong.all;
    }

    void add(String tests, String fault, Maker maker) {
        all.add(new Wrong(Set.of(tests.split(", ")), fault, maker));
    }
}
