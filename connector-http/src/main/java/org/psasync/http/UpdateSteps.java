package org.psasync.http;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;

/**
 * The steps of one update, of which some may fail while the others are done (PUSH-12). Not for use by several threads.
 */
public final class UpdateSteps {
    private final String psa;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Field<?>> failed = new HashSet<>();
    private boolean written;
    private @Nullable ConnectorException refusal;

    /**
     * Makes an update without steps.
     *
     * @param psa what people call the PSA, for messages
     */
    public UpdateSteps(String psa) {
        this.psa = requireNonNull(psa, "psa");
    }

    /** Sends members of a record. */
    @FunctionalInterface
    public interface Sending {
        /** Sends these members and no others. */
        void send(List<JsonChange> members);
    }

    /**
     * Does a step. A refusal is noted with its fields; what ends everything, such as a lost answer, is thrown, and leaves the
     * outcome unknown once something was written.
     *
     * @param fields what the step writes
     */
    public void run(Set<Field<?>> fields, Runnable step) {
        try {
            step.run();
        } catch (ConnectorException.Rejected e) {
            refusal = e;
            for (Problem problem : e.problems()) {
                fields.stream()
                        .filter(field -> !failed(field))
                        .forEach(field -> problems.add(Problem.of(field, problem.code(), problem.text())));
            }
            failed.addAll(fields);
        } catch (ConnectorException.Forbidden e) {
            refusal = e;
            fields.forEach(field -> refuse(Problem.of(field, Problem.Code.REFUSED, String.valueOf(e.getMessage()))));
        } catch (ConnectorException e) {
            if (!written) {
                throw e;
            }
            fields.forEach(field -> refuse(Problem.of(field, Problem.Code.REFUSED, String.valueOf(e.getMessage()))));
            if (e instanceof ConnectorException.Unavailable lost && lost.outcomeUnknown()) {
                throw e;
            }
        }
    }

    /**
     * Sends members as one step. Those that the PSA refuses by their names are left out, and the others sent again; when it
     * names none, each goes alone.
     */
    public void inParts(List<JsonChange> members, Sending sending) {
        Deque<List<JsonChange>> waiting = new ArrayDeque<>();
        if (!members.isEmpty()) {
            waiting.add(members);
        }
        while (!waiting.isEmpty()) {
            List<JsonChange> next = waiting.remove();
            run(fields(next), () -> {
                try {
                    sending.send(next);
                    wrote();
                } catch (ConnectorException.Rejected e) {
                    List<List<JsonChange>> left = withoutRefused(next, e);
                    if (left.isEmpty()) {
                        throw e;
                    }
                    waiting.addAll(left);
                }
            });
        }
    }

    private static Set<Field<?>> fields(List<JsonChange> members) {
        Set<Field<?>> fields = new LinkedHashSet<>();
        members.forEach(member -> fields.add(member.field()));
        return fields;
    }

    private List<List<JsonChange>> withoutRefused(List<JsonChange> sent, ConnectorException.Rejected refusal) {
        Set<Field<?>> refused = new HashSet<>();
        for (Problem problem : refusal.problems()) {
            for (JsonChange change : sent) {
                if (names(problem.text(), change.path())) {
                    refused.add(change.field());
                    refuse(Problem.of(change.field(), problem.code(), problem.text()));
                }
            }
        }
        if (!refused.isEmpty()) {
            List<JsonChange> left = sent.stream()
                    .filter(change -> !refused.contains(change.field()))
                    .toList();
            return left.isEmpty() ? List.of() : List.of(left);
        }
        return sent.size() < 2 ? List.of() : sent.stream().map(List::of).toList();
    }

    /** Returns whether a text names a member, as a word of its own. */
    public static boolean names(String text, String member) {
        return Pattern.compile("\\b" + Pattern.quote(member) + "\\b")
                .matcher(text)
                .find();
    }

    /** Returns the changes without those that would empty a field that a record cannot be without; these are noted. */
    public FieldValues withoutEmptied(FieldMap map, FieldValues changes) {
        return changes.only(field -> {
            boolean emptied = changes.isBlank(field)
                    && map.mapping(field)
                            .filter(mapping -> mapping.rule().requiredOnCreate())
                            .isPresent();
            if (emptied) {
                refuse(Problem.of(
                        field, Problem.Code.REQUIRED, psa + " keeps no record without its " + field + "; fill it in."));
            }
            return !emptied;
        });
    }

    /**
     * Notes the fields that the PSA passed over in silence: it answered as if it had written them, and a record that was read
     * afterwards holds what it held before (C11.2).
     */
    public void refuseKept(RemoteUpdate update, RemoteRecord now) {
        FieldValues seen = update.seen().values();
        for (Field<?> field : update.changes().fields()) {
            Object value = now.values().get(field);
            boolean kept = !Objects.equals(value, update.changes().get(field))
                    && seen.has(field)
                    && Objects.equals(value, seen.get(field));
            if (kept && !failed(field)) {
                refuse(Problem.of(
                        field,
                        Problem.Code.REFUSED,
                        psa + " answered as if it had written the " + field + ", but kept the former value."));
            }
        }
    }

    /** Returns the failure of an answer that cannot be understood. */
    public ConnectorException notUnderstood(JsonMismatch e) {
        return new ConnectorException.Unavailable(
                psa + " gave an answer that cannot be understood: " + e.getMessage(), written, e);
    }

    /** Notes, within a step, that a call has written. */
    public void wrote() {
        written = true;
    }

    /** Returns whether any call has written. */
    public boolean hasWritten() {
        return written;
    }

    /** Notes what was not written. */
    public void refuse(Problem problem) {
        problems.add(problem);
        if (problem.field() != null) {
            failed.add(problem.field());
        }
    }

    /** Returns whether a field was not written. */
    public boolean failed(Field<?> field) {
        return failed.contains(field);
    }

    /**
     * Returns what was not written.
     *
     * @throws ConnectorException.Rejected when nothing was, and not only for want of a way to write it
     * @throws ConnectorException.Forbidden when nothing was, for want of a right
     */
    public List<Problem> outcome() {
        boolean refused = problems.stream().anyMatch(problem -> problem.code() != Problem.Code.NOT_WRITABLE);
        if (!written && refused) {
            if (refusal instanceof ConnectorException.Forbidden) {
                throw refusal;
            }
            throw new ConnectorException.Rejected(problems);
        }
        return List.copyOf(problems);
    }
}
