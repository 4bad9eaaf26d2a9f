package org.psasync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RequestShares;

class CallBudgetTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTime time = new ManualTime();

    private CallBudget.Builder budget() {
        return CallBudget.builder(time).keptForPushes(0);
    }

    private static int takeAll(CallBudget budget, String scope, boolean push) throws InterruptedException {
        for (int taken = 0; ; taken++) {
            try {
                budget.take("c", scope, push, Duration.ZERO).close();
            } catch (ConnectorException.Throttled e) {
                return taken;
            }
        }
    }

    private static Duration refusal(CallBudget budget, String scope) {
        return catchThrowableOfType(
                        ConnectorException.Throttled.class, () -> budget.take("c", scope, false, Duration.ZERO))
                .retryAfter();
    }

    @Test
    @DisplayName("SAFE-4: the limit holds in every window, and the refusal says when the next request is due")
    void keepsTheLimitInEveryWindow() throws InterruptedException {
        CallBudget budget = budget().tenant(100, HOUR).build();
        budget.take("c", "s", false, Duration.ZERO).close();
        time.pass(Duration.ofMinutes(30));
        assertThat(takeAll(budget, "s", false)).isEqualTo(99);

        Duration wait = refusal(budget, "s");
        assertThat(wait).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(31));
        time.pass(wait);
        assertThat(takeAll(budget, "s", false)).isEqualTo(1);
        time.pass(Duration.ofMinutes(31));
        assertThat(takeAll(budget, "s", false)).isEqualTo(99);
    }

    @Test
    @DisplayName("SAFE-4: it tells when so many requests of a scope fit, and lets begin what never would")
    void tellsWhenRequestsFit() throws InterruptedException {
        CallBudget budget = budget().eachScope(100, HOUR).build();
        for (int i = 0; i < 60; i++) {
            budget.take("c", "s", false, Duration.ZERO).close();
        }

        assertThat(budget.until("s", 40)).isZero();
        assertThat(budget.until("s", 101)).isZero();
        assertThat(budget.until("other", 100)).isZero();
        Duration wait = budget.until("s", 41);
        assertThat(wait).isBetween(HOUR, HOUR.plusMinutes(1));
        time.pass(wait);
        assertThat(budget.until("s", 100)).isZero();
    }

    @Test
    @DisplayName("SAFE-4: a share is kept for pushes; runs stop short of it")
    void keepsAShareForPushes() throws InterruptedException {
        CallBudget budget = budget().tenant(100, HOUR).keptForPushes(0.1).build();
        assertThat(takeAll(budget, "s", false)).isEqualTo(90);
        assertThat(budget.remaining("s")).isZero();
        assertThat(takeAll(budget, "s", true)).isEqualTo(10);
    }

    @Test
    @DisplayName("SAFE-4: where the PSA limits each endpoint, one that is used up does not hold the others")
    void limitsEachScope() throws InterruptedException {
        CallBudget budget = budget().eachScope(10, HOUR).tenant(15, HOUR).build();
        assertThat(takeAll(budget, "a", false)).isEqualTo(10);
        assertThat(budget.remaining("b")).isEqualTo(5);
        assertThat(takeAll(budget, "b", false)).isEqualTo(5);
    }

    @Test
    @DisplayName("SAFE-4: the part of the limit that may be used can be changed while in use")
    void usesItsPartOnly() throws InterruptedException {
        CallBudget budget = budget().tenant(100, HOUR).use(0.5).build();
        assertThat(takeAll(budget, "s", false)).isEqualTo(50);
        budget.use(0.6);
        assertThat(takeAll(budget, "s", false)).isEqualTo(10);
    }

    @Test
    @DisplayName(
            "SAFE-4: what other tools used, by the PSA's own meter, counts against the limit but not against our part")
    void takesThePsasMeterIntoAccount() throws InterruptedException {
        CallBudget budget = budget().tenant(100, HOUR).use(0.5).build();
        for (int i = 0; i < 10; i++) {
            budget.take("c", "s", false, Duration.ZERO).close();
        }
        budget.metered(40);
        assertThat(budget.remaining("s")).isEqualTo(40);
        budget.metered(90);
        assertThat(takeAll(budget, "s", false)).isEqualTo(10);
        budget.metered(30);
        assertThat(takeAll(budget, "s", false)).isEqualTo(30);

        budget.metered(1000);
        assertThat(refusal(budget, "s")).isBetween(HOUR, HOUR.plusMinutes(1));
        time.pass(HOUR.plusMinutes(2));
        assertThat(takeAll(budget, "s", false)).isEqualTo(50);
    }

    /** Shares that processes take from one another, counted as if all that is taken was sent at once. */
    private static RequestShares common(AtomicInteger taken) {
        return new RequestShares() {
            @Override
            public Share take(String limit, int wanted, int allowed, Duration window) {
                int part = Math.max(0, Math.min(wanted, allowed - taken.get()));
                taken.addAndGet(part);
                return new Share(part, Duration.ofMinutes(1), "");
            }

            @Override
            public void giveBack(String limit, Share share, int unused) {
                taken.addAndGet(-unused);
            }
        };
    }

    @Test
    @DisplayName("SAFE-4: the limit that the PSA's own meter tells takes the place of the usual one")
    void takesTheLimitOfThePsasMeter() throws InterruptedException {
        CallBudget budget = budget().tenant(100, HOUR).use(0.5).build();
        budget.metered(0, 40);
        assertThat(takeAll(budget, "s", false)).isEqualTo(20);
        budget.metered(20, 100);
        assertThat(takeAll(budget, "s", false)).isEqualTo(30);
        CallBudget withoutLimit = budget().build();
        withoutLimit.metered(10, 5);
        assertThat(withoutLimit.remaining("s")).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    @DisplayName("SAFE-4: nodes that share a limit never exceed it together, and leave the part of the pushes to them")
    void nodesShareALimit() throws InterruptedException {
        AtomicInteger taken = new AtomicInteger();
        CallBudget one = budget().tenant(600, HOUR)
                .keptForPushes(0.1)
                .shares(common(taken), "t")
                .build();
        CallBudget two = budget().tenant(600, HOUR)
                .keptForPushes(0.1)
                .shares(common(taken), "t")
                .build();
        one.take("c", "s", false, Duration.ZERO).close();
        assertThat(taken).as("a share for many requests").hasValue(10);
        assertThat(takeAll(two, "s", false)).isEqualTo(530);
        assertThat(takeAll(one, "s", false)).as("what is left of its share").isEqualTo(9);
        assertThat(takeAll(one, "s", true) + takeAll(two, "s", true)).isEqualTo(60);
    }

    @Test
    @DisplayName(
            "SAFE-4: what is not used of a share in its time is given back, and a share that cannot be taken sends nothing")
    void sharesAreGivenBack() throws InterruptedException {
        AtomicInteger taken = new AtomicInteger();
        CallBudget budget =
                budget().tenant(600, HOUR).shares(common(taken), "t").build();
        budget.take("c", "s", false, Duration.ZERO).close();
        time.pass(Duration.ofMinutes(2));
        budget.take("c", "s", false, Duration.ZERO).close();
        assertThat(taken).hasValue(11);
        RequestShares broken = new RequestShares() {
            @Override
            public Share take(String limit, int wanted, int allowed, Duration window) {
                throw new IllegalStateException("away");
            }

            @Override
            public void giveBack(String limit, Share share, int unused) {}
        };
        CallBudget away = budget().tenant(600, HOUR).shares(broken, "t").build();
        assertThat(refusal(away, "s")).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    @DisplayName("SAFE-4: no more requests at once than allowed, in each scope and in all")
    void limitsRequestsAtOnce() throws InterruptedException {
        CallBudget budget = budget().atOnce(3).atOnceInEachScope(2).build();
        CallPlace first = budget.take("c", "a", false, Duration.ZERO);
        budget.take("c", "a", false, Duration.ZERO);
        assertThatThrownBy(() -> budget.take("c", "a", false, Duration.ZERO))
                .isInstanceOf(ConnectorException.Throttled.class)
                .hasMessageContaining("as many requests as the PSA allows at once");
        budget.take("c", "b", false, Duration.ZERO);
        assertThatThrownBy(() -> budget.take("c", "b", false, Duration.ZERO))
                .isInstanceOf(ConnectorException.Throttled.class);
        first.close();
        budget.take("c", "a", false, Duration.ZERO);
        assertThatThrownBy(() -> budget.take("c", "c", false, Duration.ZERO))
                .isInstanceOf(ConnectorException.Throttled.class);
    }

    @Test
    @DisplayName("SAFE-4: in one scope no more at once than allowed there, however many are free in all")
    void limitsRequestsAtOnceInEachScope() throws InterruptedException {
        CallBudget budget = budget().atOnceInEachScope(1).build();
        budget.take("c", "a", false, Duration.ZERO);
        budget.take("c", "b", false, Duration.ZERO);
        assertThatThrownBy(() -> budget.take("c", "a", false, Duration.ZERO))
                .isInstanceOf(ConnectorException.Throttled.class);
    }

    @Test
    @DisplayName("SAFE-4: one patience is for the place in the scope and for that in the tenant")
    void waitsForBothPlacesInOnePatience() throws InterruptedException {
        List<Long> waits = new ArrayList<>();
        Semaphore free = new Semaphore(1) {
            private static final long serialVersionUID = 1;

            @Override
            public boolean tryAcquire(long timeout, TimeUnit unit) {
                waits.add(unit.toMillis(timeout));
                time.pass(Duration.ofMillis(700));
                return true;
            }
        };
        CallPlace.take("c", free, free, Duration.ofSeconds(1), time).close();
        assertThat(waits).containsExactly(1000L, 300L);
    }

    @Test
    @DisplayName("PUSH-13: a call that waited for its place is refused when the PSA has failed meanwhile")
    void asksTheBreakerAgainAfterWaiting() throws Exception {
        CallBudget budget = budget().atOnce(1).breaker(1, Duration.ofMinutes(1)).build();
        CallPlace place = budget.take("c", "a", false, Duration.ZERO);
        FutureTask<CallPlace> waiting = new FutureTask<>(() -> budget.take("late", "a", false, Duration.ofMinutes(1)));
        Thread caller = new Thread(waiting);
        caller.start();
        while (caller.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        budget.breaker().failed();
        place.close();
        assertThatThrownBy(waiting::get)
                .cause()
                .isInstanceOf(ConnectorException.Unavailable.class)
                .hasMessageStartingWith("late was not sent: the PSA failed 1 times in a row");
        time.pass(Duration.ofMinutes(1));
        budget.take("probe", "a", false, Duration.ZERO).close();
    }

    @Test
    @DisplayName("SAFE-4: what is kept for pushes is never the only request of a window")
    void runsAreNotShutOutForEver() throws InterruptedException {
        CallBudget budget = CallBudget.builder(time).tenant(1, HOUR).build();
        assertThat(takeAll(budget, "s", false)).isEqualTo(1);
        assertThatThrownBy(() -> budget().tenant(3, HOUR).use(0.3).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The part 0.3 of 3 requests is less than one");
        CallBudget inUse = budget().eachScope(3, HOUR).build();
        assertThatThrownBy(() -> inUse.use(0.3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("SAFE-4: all connectors of a process to one tenant share its budget")
    void connectorsOfATenantShareItsBudget() throws InterruptedException {
        CallBudgets budgets = new CallBudgets();
        CallBudget first = budgets.of("psa:contoso", time, limits -> limits.tenant(2, HOUR));
        first.take("c", "s", true, Duration.ZERO).close();
        CallBudget second = budgets.of("psa:contoso", time, limits -> limits.tenant(2, HOUR));
        second.take("c", "s", true, Duration.ZERO).close();
        assertThatThrownBy(() -> first.take("c", "s", true, Duration.ZERO))
                .isInstanceOf(ConnectorException.Throttled.class);
        assertThat(budgets.of("psa:fabrikam", time, limits -> limits).remaining("s"))
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(CallBudgets.ofThisProcess()).isSameAs(CallBudgets.ofThisProcess());
    }

    @Test
    @DisplayName("SAFE-4: links to ever new addresses are counted under the name of their call")
    void linksShareAScope() {
        RestCall second = RestCall.readLink("things.page", URI.create("https://psa.example.com/things?after=1"));
        RestCall third = RestCall.readLink("things.page", URI.create("https://psa.example.com/things/2/next"));
        assertThat(third.scope()).isEqualTo(second.scope());
        assertThat(third.scope("GET things").scope()).isEqualTo("GET things");
    }

    @Test
    void aPlaceIsGivenBackWhenTheWindowIsFull() throws InterruptedException {
        CallBudget budget = budget().atOnce(1).tenant(1, HOUR).build();
        budget.take("c", "a", false, Duration.ZERO).close();
        assertThat(refusal(budget, "a")).isGreaterThanOrEqualTo(HOUR);
        time.pass(Duration.ofHours(2));
        budget.take("c", "a", false, Duration.ZERO).close();
        assertThat(budget.remaining("a")).isZero();
    }

    @Test
    void aBudgetWithoutLimitsRefusesNothing() throws InterruptedException {
        CallBudget budget = budget().build();
        for (int i = 0; i < 1000; i++) {
            budget.take("c", "s", false, Duration.ZERO).close();
        }
        assertThat(budget.remaining("s")).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        assertThatThrownBy(() -> budget().tenant(0, HOUR)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> budget().atOnce(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> budget().use(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> budget().keptForPushes(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> budget().breaker(1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new Retries(3, second, Duration.ZERO, second))
                .hasMessageContaining("is shorter than the first");
        assertThatThrownBy(() -> new Retries(3, Duration.ofNanos(1), second, second))
                .hasMessageContaining("at least 1 ms");
        assertThatThrownBy(() -> budget().use(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
