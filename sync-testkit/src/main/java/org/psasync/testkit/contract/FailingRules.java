package org.psasync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.Webhook;
import org.psasync.spi.WebhookRequest;
import org.psasync.testkit.scenario.Doing;
import org.psasync.testkit.scenario.Trouble;

/** What a connector does in trouble, under many threads, and with requests that claim to come from the PSA. */
abstract class FailingRules extends ConnectorRules {
    private static final int THREADS = 4;

    FailingRules(PsaConnectorContract contract) {
        super(contract);
    }

    /** The failure by which a trouble shows. */
    static Class<? extends ConnectorException> failure(Trouble trouble) {
        return switch (trouble) {
            case REQUEST_LOST, ANSWER_LOST, UNAVAILABLE -> ConnectorException.Unavailable.class;
            case THROTTLED -> ConnectorException.Throttled.class;
            case REJECTED -> ConnectorException.Rejected.class;
            case UNAUTHORIZED -> ConnectorException.Unauthorized.class;
            case FORBIDDEN -> ConnectorException.Forbidden.class;
        };
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Trouble.class,
            names = {"REQUEST_LOST", "ANSWER_LOST", "UNAVAILABLE", "THROTTLED", "UNAUTHORIZED", "FORBIDDEN"})
    @DisplayName("C0.2: the type of a failure says what to do next")
    void failuresSayWhatToDo(Trouble trouble) {
        RemoteRef acme = samples.put(AssetKind.ORGANIZATION, "Acme");
        List<RemoteId> ids = List.of(acme.id());
        play(() -> bench.fail(trouble, EnumSet.of(Doing.READING)));
        for (Callable<?> call : List.<Callable<?>>of(
                () -> readAll(AssetKind.ORGANIZATION, 10), () -> connector.read(AssetKind.ORGANIZATION, ids))) {
            assertThatThrownBy(call::call)
                    .as("C0.2: %s must show as %s", trouble, failure(trouble).getSimpleName())
                    .isInstanceOfSatisfying(failure(trouble), FailingRules::isUseful);
        }
    }

    private static void isUseful(ConnectorException failure) {
        assertThat(failure.getMessage())
                .as("C0.2: a failure says what happened")
                .isNotBlank();
        if (failure instanceof ConnectorException.Unavailable unavailable) {
            assertThat(unavailable.outcomeUnknown())
                    .as("C0.2: a read has no outcome that could be unknown")
                    .isFalse();
        } else if (failure instanceof ConnectorException.Throttled throttled) {
            assertThat(throttled.retryAfter())
                    .as("C0.2: say how long the PSA wants to be left alone")
                    .isPositive();
        } else if (failure instanceof ConnectorException.Forbidden forbidden) {
            assertThat(forbidden.right())
                    .as("C0.2: name the right that is missing")
                    .isNotBlank();
        }
    }

    @Test
    @DisplayName("C0.2: a right that is missing for one kind keeps no other kind from being read")
    void oneRightIsOneKind() {
        AssetKind hidden = kinds().get(kinds().size() - 1);
        samples.put(AssetKind.ORGANIZATION, "Acme");
        settle();
        play(() -> bench.withdraw(hidden));
        assertThatThrownBy(() -> readAll(hidden, 10))
                .as("C0.2: %s must not be read", hidden)
                .isInstanceOf(ConnectorException.Forbidden.class);
        assertThat(readAll(AssetKind.ORGANIZATION, 10).ids())
                .as("C0.2: other calls still work")
                .isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Trouble.class,
            names = {"ANSWER_LOST", "UNAVAILABLE", "THROTTLED", "FORBIDDEN"})
    @DisplayName("C0.2: when a trouble is over, the connector works again")
    void recovers(Trouble trouble) {
        RemoteRef acme = samples.put(AssetKind.ORGANIZATION, "Acme");
        play(() -> bench.fail(trouble, EnumSet.of(Doing.READING)));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> connector.read(acme.kind(), List.of(acme.id())))
                    .isInstanceOf(ConnectorException.class);
        }
        bench.recover();
        pass(Duration.ofHours(1));
        assertThat(readFound(acme).ref())
                .as("C0.2: %s is over since an hour; nothing of it may stick", trouble)
                .isEqualTo(acme);
    }

    // Secrets --------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("C0.2: no text that the connector gives holds a secret")
    void noTextHoldsASecret() {
        Set<String> secrets = bench.secrets();
        Assumptions.assumeFalse(secrets.isEmpty(), "The bench names no secrets");
        RemoteRef acme = samples.put(AssetKind.ORGANIZATION, "Acme");
        List<String> texts = new ArrayList<>(
                List.of(connector.toString(), connector.descriptor().toString()));
        texts.add(connector.check().toString());
        texts.add(connector.reference().toString());
        texts.add(readAll(AssetKind.ORGANIZATION, 10).toString());
        texts.add(connector.address(acme.kind(), acme.id()).toString());
        boolean creates = descriptor(AssetKind.ORGANIZATION).create();
        Draft draft = samples.draft(AssetKind.ORGANIZATION, "Draft");
        for (Trouble trouble : Trouble.values()) {
            try {
                bench.fail(trouble, EnumSet.allOf(Doing.class));
            } catch (UnsupportedOperationException cannot) {
                continue;
            }
            texts.add(text(connector::check));
            texts.add(text(connector::reference));
            texts.add(text(() -> connector.read(acme.kind(), List.of(acme.id()))));
            texts.add(text(() -> creates ? connector.create(connector.prepare(draft)) : ""));
            bench.recover();
            pass(Duration.ofHours(1));
        }
        for (String secret : secrets) {
            assertThat(texts)
                    .as("C0.2, SAFE-5: mask secrets before a text leaves the connector, those in what the PSA answered"
                            + " and in causes too")
                    .noneMatch(text -> text.contains(secret));
        }
    }

    private static String text(Callable<?> call) {
        try {
            return String.valueOf(call.call());
        } catch (Exception failure) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            return trace.toString();
        }
    }

    // Threads --------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("C0.1: several threads read at once, and each gets what one alone gets")
    void threadsReadTheSame() throws Exception {
        AssetKind kind = AssetKind.ORGANIZATION;
        samples.put(kind, "Record", 9);
        settle();
        Map<RemoteId, ?> alone = readAll(kind, 2).records();
        List<Callable<Map<RemoteId, ?>>> readings = new ArrayList<>();
        for (int i = 0; i < 2 * THREADS; i++) {
            int limit = 1 + i % 3;
            readings.add(() -> readAll(kind, limit).records());
        }
        for (Map<RemoteId, ?> reading : atOnce(readings)) {
            assertThat(reading)
                    .as("C0.1: keep no state of a reading in the connector")
                    .isEqualTo(alone);
        }
    }

    @Test
    @DisplayName("C0.1: several threads write at once, and each write is the one that was asked for")
    void threadsWriteTheirOwn() throws Exception {
        AssetKind kind = AssetKind.ORGANIZATION;
        Assumptions.assumeTrue(descriptor(kind).update(), "The descriptor offers no update of organizations");
        List<RemoteRef> refs = samples.put(kind, "Record", 2 * THREADS);
        List<Callable<RemoteId>> writes = new ArrayList<>();
        for (RemoteRef ref : refs) {
            RemoteUpdate update = new RemoteUpdate(
                    readFound(ref),
                    SampleRecords.only(SampleRecords.name(kind), "Written " + ref.id()),
                    samples.options());
            writes.add(() -> connector.update(update).id());
        }
        assertThat(atOnce(writes))
                .as("C0.1: each answer is about its own write")
                .containsExactlyElementsOf(refs.stream().map(RemoteRef::id).toList());
        for (RemoteRef ref : refs) {
            assertThat(bench.get(ref).orElseThrow().get(SampleRecords.name(kind)))
                    .as("C0.1: the write of %s", ref)
                    .isEqualTo("Written " + ref.id());
        }
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        } catch (ExecutionException failure) {
            throw new AssertionError("C0.1: a call failed that succeeds alone", failure.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("C0.1: the connector starts no thread of its own")
    void startsNoThread() throws Exception {
        samples.put(AssetKind.ORGANIZATION, "Acme");
        ThreadGroup group = new ThreadGroup("callers");
        List<String> started = new ArrayList<>();
        Thread caller = new Thread(group, () -> {
            text(connector::check);
            text(() -> readAll(AssetKind.ORGANIZATION, 1));
            started.addAll(threadsOf(group));
        });
        caller.start();
        caller.join();
        assertThat(started)
                .as("C0.1: threads come from the caller, or from the HttpClient that was handed in")
                .isEmpty();
    }

    /** Threads belong to the group of the one that started them. */
    private static List<String> threadsOf(ThreadGroup group) {
        Thread[] threads = new Thread[group.activeCount() + 10];
        int count = group.enumerate(threads);
        return Arrays.stream(threads, 0, count)
                .filter(thread -> thread != Thread.currentThread())
                .map(Thread::getName)
                .filter(name -> !name.startsWith("HttpClient-"))
                .toList();
    }

    // Webhooks -------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName(
            "C12.1: a request of the PSA names the record, and none that bears no valid signature or secret is believed")
    void onlyGenuineRequestsAreBelieved() {
        RemoteRef acme = samples.put(AssetKind.ORGANIZATION, "Acme");
        WebhookRequest[] sent = new WebhookRequest[1];
        play(() -> sent[0] = bench.hook(acme));
        WebhookRequest genuine = Objects.requireNonNull(sent[0]);
        assertThat(connector.webhook(genuine))
                .as("C12.1: this request is genuine, and about %s", acme)
                .isInstanceOfSatisfying(
                        Webhook.Hints.class,
                        hints -> assertThat(hints.records()).contains(acme));
        WebhookRequest bare = new WebhookRequest("", Map.of(), genuine.body());
        assertThat(connector.webhook(bare))
                .as("C12.1: without headers and query there is neither signature nor secret")
                .isInstanceOf(Webhook.Refused.class);
        assertThat(connector.webhook(new WebhookRequest("", Map.of(), new byte[0])))
                .as("C12.1: an empty request proves nothing")
                .isInstanceOf(Webhook.Refused.class);
    }

    @Test
    @DisplayName("C12.1: the reason of a refusal repeats nothing of the request")
    void refusalsRepeatNothing() {
        WebhookRequest strange = new WebhookRequest(
                "secret=query-content",
                Map.of("X-Content", List.of("header-content")),
                "body-content".getBytes(StandardCharsets.UTF_8));
        Webhook answer;
        try {
            answer = connector.webhook(strange);
        } catch (UnsupportedOperationException none) {
            Assumptions.abort("The PSA sends no webhooks");
            return;
        }
        assertThat(answer)
                .as("C12.1: a stranger's request is refused, without its content in the log")
                .isInstanceOfSatisfying(
                        Webhook.Refused.class,
                        refused -> assertThat(refused.reason())
                                .doesNotContain("query-content", "header-content", "body-content"));
    }
}
