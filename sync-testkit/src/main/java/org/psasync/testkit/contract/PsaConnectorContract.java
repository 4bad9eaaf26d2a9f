package org.psasync.testkit.contract;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.scenario.PsaBench;

/**
 * What every {@link org.psasync.spi.PsaConnector} does: one test or more for each of its rules, under the rule's number.
 *
 * <p>To prove a connector, extend this class and return a bench from {@link #open}: your fake of the PSA, or a sandbox, in
 * the words of {@link PsaBench}. The tests play the PSA's users and its troubles there, and hold what the connector says
 * against what is there. What the bench cannot play is skipped with a message. The failures say what a connector must do.
 *
 * <pre>{@code
 * class AcmeContractTest extends PsaConnectorContract {
 *     @Override
 *     protected PsaBench open(TestClock clock) {
 *         return AcmeBench.open(clock);
 *     }
 * }
 * }</pre>
 */
public abstract class PsaConnectorContract {
    /** For subclasses. */
    protected PsaConnectorContract() {}

    /**
     * Opens an empty PSA and a connector to it, both on that clock; each test closes its own.
     *
     * <p>Where records cannot be taken out of a sandbox, those of former tests do no harm.
     */
    protected abstract PsaBench open(TestClock clock);

    /** Returns how many records it takes until a listing of ids has a second page; 12 by default. */
    protected int manyRecords() {
        return 12;
    }

    /** Lets time pass: moves the clock on. With a PSA whose time is not the clock's, wait too. */
    protected void pass(TestClock clock, Duration time) {
        clock.advance(time);
    }

    /** What it is and what it opens. */
    @Nested
    @DisplayName("What it is: C0.3, C1 to C3, C13 to C15")
    class WhatItIs extends DescribingRules {
        WhatItIs() {
            super(PsaConnectorContract.this);
        }
    }

    /** What it reads. */
    @Nested
    @DisplayName("What it reads: C0.4, C0.5, C6")
    class WhatItReads extends ReadingRules {
        WhatItReads() {
            super(PsaConnectorContract.this);
        }
    }

    /** What changed. */
    @Nested
    @DisplayName("What changed: C4")
    class WhatChanged extends ChangesRules {
        WhatChanged() {
            super(PsaConnectorContract.this);
        }
    }

    /** What it lists and finds. */
    @Nested
    @DisplayName("What it lists and finds: C5, C7")
    class WhatItFinds extends SearchingRules {
        WhatItFinds() {
            super(PsaConnectorContract.this);
        }
    }

    /** What it makes. */
    @Nested
    @DisplayName("What it makes: C8 to C10")
    class WhatItMakes extends CreatingRules {
        WhatItMakes() {
            super(PsaConnectorContract.this);
        }
    }

    /** What it changes. */
    @Nested
    @DisplayName("What it changes: C11")
    class WhatItUpdates extends UpdatingRules {
        WhatItUpdates() {
            super(PsaConnectorContract.this);
        }
    }

    /** How it fails, and under many threads. */
    @Nested
    @DisplayName("How it fails: C0.1, C0.2, C12")
    class HowItFails extends FailingRules {
        HowItFails() {
            super(PsaConnectorContract.this);
        }
    }
}
