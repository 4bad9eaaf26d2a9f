package org.psasync.testkit;

import static org.psasync.testkit.Operation.CHANGES;
import static org.psasync.testkit.Operation.CREATE;
import static org.psasync.testkit.Operation.FIND;
import static org.psasync.testkit.Operation.IDS;
import static org.psasync.testkit.Operation.READ;
import static org.psasync.testkit.Operation.UPDATE;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;

/**
 * Something that goes wrong with a call to a fake PSA, such as
 * {@code answerLost().on(CREATE).of(CONFIGURATION).times(2)}.
 *
 * <p>A fault hits one call of any operation that it makes sense for, unless narrowed. Immutable.
 */
public final class Fault {
    private final String name;
    private final FaultEffect effect;
    private final boolean alone;
    private final Set<Operation> operations;
    private final @Nullable AssetKind kind;
    private final int times;

    private Fault(
            String name,
            FaultEffect effect,
            boolean alone,
            Set<Operation> operations,
            @Nullable AssetKind kind,
            int times) {
        this.name = name;
        this.effect = effect;
        this.alone = alone;
        this.operations = operations;
        this.kind = kind;
        this.times = times;
    }

    /** The request gets lost: nothing is done, but of a write the caller cannot know that. */
    public static Fault requestLost() {
        return refusal("requestLost", EnumSet.allOf(Operation.class), operation -> {
            throw new ConnectorException.Unavailable("The connection was reset", operation.isWrite(), null);
        });
    }

    /** The PSA does what it is asked, and its answer gets lost. */
    public static Fault answerLost() {
        return alone("answerLost", EnumSet.allOf(Operation.class), new FaultEffect() {
            @Override
            public void after(Operation operation) {
                throw new ConnectorException.Unavailable("No answer within the deadline", operation.isWrite(), null);
            }
        });
    }

    /** The PSA wants a pause. */
    public static Fault throttled(Duration retryAfter) {
        return refusal("throttled", EnumSet.allOf(Operation.class), operation -> {
            throw new ConnectorException.Throttled("Too many requests", retryAfter);
        });
    }

    /** The PSA says that it cannot answer now; nothing is done. */
    public static Fault unavailable() {
        return refusal("unavailable", EnumSet.allOf(Operation.class), operation -> {
            throw new ConnectorException.Unavailable("The service is unavailable", false, null);
        });
    }

    /** The credentials are refused; {@code credential} is the one at fault, null when the PSA does not tell. */
    public static Fault unauthorized(@Nullable String credential) {
        return refusal("unauthorized", EnumSet.allOf(Operation.class), operation -> {
            throw new ConnectorException.Unauthorized("The credentials are refused", credential);
        });
    }

    /** The user lacks a right. */
    public static Fault forbidden(String right) {
        return refusal("forbidden", EnumSet.range(CHANGES, UPDATE), operation -> {
            throw new ConnectorException.Forbidden("The right \"" + right + "\" is missing", right);
        });
    }

    /** The PSA refuses what is to be written; nothing is done. */
    public static Fault rejected(Problem... problems) {
        List<Problem> all = List.of(problems);
        return refusal("rejected", EnumSet.of(CREATE, UPDATE), operation -> {
            throw new ConnectorException.Rejected(all);
        });
    }

    /** A record is answered as it was before its last change, if it has changed. */
    public static Fault staleRead() {
        return quirk(FaultEffect.Quirk.STALE, EnumSet.of(READ, FIND));
    }

    /** A page holds half of what it could; what it lacks comes with the next. */
    public static Fault shortPage() {
        return quirk(FaultEffect.Quirk.SHORT, EnumSet.of(CHANGES, IDS));
    }

    /** A page comes again as the next page. */
    public static Fault repeatedPage() {
        return quirk(FaultEffect.Quirk.REPEATED, EnumSet.of(CHANGES, IDS));
    }

    /** The records of a page come in another order. */
    public static Fault shuffledPage() {
        return quirk(FaultEffect.Quirk.SHUFFLED, EnumSet.of(CHANGES, IDS));
    }

    /** A page of ids misses one, and the listing is not called complete. */
    public static Fault incompleteListing() {
        return quirk(FaultEffect.Quirk.INCOMPLETE, EnumSet.of(IDS));
    }

    /** The call takes that long by the clock; comes together with other faults. */
    public static Fault slow(Duration duration) {
        return beside("slow", EnumSet.allOf(Operation.class), new FaultEffect() {
            @Override
            public Duration delay() {
                return duration;
            }
        });
    }

    /** The PSA stores a text otherwise than sent: cut, in capitals; comes together with other faults. */
    public static Fault reformats(Field<String> field, UnaryOperator<String> stored) {
        return beside("reformats " + field, EnumSet.of(CREATE, UPDATE), new FaultEffect() {
            @Override
            public FieldValues stored(FieldValues sent) {
                String value = sent.kind() == field.kind() ? sent.get(field) : null;
                return value == null ? sent : sent.with(field, stored.apply(value));
            }
        });
    }

    /** The PSA does not store a field and does not say so; comes together with other faults. */
    public static Fault ignores(Field<?> field) {
        return beside("ignores " + field, EnumSet.of(CREATE, UPDATE), new FaultEffect() {
            @Override
            public FieldValues stored(FieldValues sent) {
                return sent.without(field);
            }
        });
    }

    /** A field cannot be written, the others are; comes together with other faults. */
    public static Fault fails(Field<?> field, Problem.Code code) {
        return beside("fails " + field, EnumSet.of(CREATE, UPDATE), new FaultEffect() {
            @Override
            public List<Problem> failures(FieldValues sent) {
                return sent.has(field)
                        ? List.of(Problem.of(field, code, "The PSA did not take \"" + field + "\""))
                        : List.of();
            }
        });
    }

    /** Returns the same fault for these operations only. */
    public Fault on(Operation... wanted) {
        Set<Operation> narrowed = EnumSet.noneOf(Operation.class);
        narrowed.addAll(List.of(wanted));
        if (!operations.containsAll(narrowed)) {
            throw new IllegalArgumentException("\"" + name + "\" can only happen on " + operations);
        }
        return new Fault(name, effect, alone, narrowed, kind, times);
    }

    /** Returns the same fault for this kind only. */
    public Fault of(AssetKind wanted) {
        return new Fault(name, effect, alone, operations, wanted, times);
    }

    /** Returns the same fault for the next {@code count} calls that it can hit. */
    public Fault times(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("A fault happens once or more, not " + count + " times");
        }
        return new Fault(name, effect, alone, operations, kind, count);
    }

    /** Returns the same fault for every call that it can hit, until the faults are cleared. */
    public Fault forever() {
        return times(Integer.MAX_VALUE);
    }

    FaultEffect effect() {
        return effect;
    }

    /** Returns whether no other fault of that sort can hit the same call. */
    boolean alone() {
        return alone;
    }

    int count() {
        return times;
    }

    boolean hits(Operation operation, @Nullable AssetKind called) {
        return operations.contains(operation) && (kind == null || kind == called);
    }

    @Override
    public String toString() {
        return name;
    }

    private static Fault alone(String name, Set<Operation> operations, FaultEffect effect) {
        return new Fault(name, effect, true, operations, null, 1);
    }

    private static Fault beside(String name, Set<Operation> operations, FaultEffect effect) {
        return new Fault(name, effect, false, operations, null, 1);
    }

    private static Fault refusal(String name, Set<Operation> operations, Consumer<Operation> failure) {
        return alone(name, operations, new FaultEffect() {
            @Override
            public void before(Operation operation) {
                failure.accept(operation);
            }
        });
    }

    private static Fault quirk(FaultEffect.Quirk quirk, Set<Operation> operations) {
        return alone(quirk + " answer", operations, new FaultEffect() {
            @Override
            public boolean has(Quirk asked) {
                return asked == quirk;
            }
        });
    }
}
