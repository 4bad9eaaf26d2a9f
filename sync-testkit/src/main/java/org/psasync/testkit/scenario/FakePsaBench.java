package org.psasync.testkit.scenario;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.WebhookRequest;
import org.psasync.testkit.FakePsa;
import org.psasync.testkit.FakePsaBuilder;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;
import org.psasync.testkit.TestClock;

/** A {@link FakePsa} on which scenarios run. Not for use by several threads. */
public final class FakePsaBench implements PsaBench {
    private final FakePsa psa;

    /** Makes a bench of a PSA that exists. */
    public FakePsaBench(FakePsa psa) {
        this.psa = requireNonNull(psa, "psa");
    }

    /** Opens a PSA as it is from the start. */
    public static PsaBench open(TestClock clock) {
        return new FakePsaBench(FakePsa.builder(clock).build());
    }

    /** Returns a source of PSAs that behave as wished, such as one that cannot search. */
    public static Source with(Consumer<FakePsaBuilder> wishes) {
        return clock -> {
            FakePsaBuilder builder = FakePsa.builder(clock);
            wishes.accept(builder);
            return new FakePsaBench(builder.build());
        };
    }

    /** Returns the PSA, for all that only it can do. */
    public FakePsa psa() {
        return psa;
    }

    @Override
    public String name() {
        return psa.descriptor().displayName();
    }

    @Override
    public PsaConnector connector() {
        return psa;
    }

    @Override
    public Choice choice(Field<?> field, String name) {
        return psa.choice(field, name);
    }

    @Override
    public RemoteRef put(FieldValues values) {
        return psa.put(values);
    }

    @Override
    public void edit(RemoteRef record, FieldValues changes) {
        psa.edit(record, changes);
    }

    @Override
    public void delete(RemoteRef record) {
        psa.delete(record);
    }

    @Override
    public Optional<FieldValues> get(RemoteRef record) {
        return psa.get(record).filter(found -> !found.deleted()).map(RemoteRecord::values);
    }

    @Override
    public List<RemoteRef> all(AssetKind kind) {
        return psa.descriptor().kind(kind).isEmpty()
                ? List.of()
                : psa.all(kind).stream()
                        .filter(record -> !record.deleted())
                        .map(RemoteRecord::ref)
                        .toList();
    }

    @Override
    public void fail(Trouble trouble, Set<Doing> doing) {
        EnumSet<Operation> concerned = EnumSet.noneOf(Operation.class);
        doing.forEach(each -> concerned.addAll(operations(each)));
        if (trouble == Trouble.REJECTED) {
            concerned.removeIf(operation -> !operation.isWrite());
        } else if (trouble == Trouble.FORBIDDEN) {
            concerned.removeAll(EnumSet.of(Operation.CHECK, Operation.REFERENCE));
        }
        if (!concerned.isEmpty()) {
            psa.faults()
                    .next(fault(trouble).on(concerned.toArray(Operation[]::new)).forever());
        }
    }

    private static Set<Operation> operations(Doing doing) {
        return switch (doing) {
            case CREATING -> EnumSet.of(Operation.CREATE);
            case UPDATING -> EnumSet.of(Operation.UPDATE);
            case READING -> EnumSet.range(Operation.CHECK, Operation.FIND);
        };
    }

    private static Fault fault(Trouble trouble) {
        return switch (trouble) {
            case REQUEST_LOST -> Fault.requestLost();
            case ANSWER_LOST -> Fault.answerLost();
            case UNAVAILABLE -> Fault.unavailable();
            case THROTTLED -> Fault.throttled(Duration.ofSeconds(30));
            case REJECTED -> Fault.rejected(Problem.ofRecord(Problem.Code.REFUSED, "The PSA does not take it"));
            case UNAUTHORIZED -> Fault.unauthorized(null);
            case FORBIDDEN -> Fault.forbidden("of the scenario");
        };
    }

    @Override
    public void withdraw(AssetKind kind) {
        psa.faults().withdraw(kind);
    }

    @Override
    public void garble(RemoteRef record) {
        psa.faults().garble(record);
    }

    @Override
    public void disturb(PageTrouble trouble) {
        psa.faults()
                .next(
                        switch (trouble) {
                            case SHORT -> Fault.shortPage();
                            case REPEATED -> Fault.repeatedPage();
                            case SHUFFLED -> Fault.shuffledPage();
                        });
    }

    @Override
    public void exhaust() {
        psa.faults().next(Fault.throttled(Duration.ofHours(2)).forever());
    }

    @Override
    public WebhookRequest hook(RemoteRef record) {
        return psa.hook(record);
    }

    @Override
    public Set<String> secrets() {
        return Set.of(FakePsa.HOOK_SECRET);
    }

    @Override
    public void recover() {
        psa.faults().clear();
    }

    @Override
    public void close() {
        psa.close();
    }
}
