package org.psasync.testkit.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.spi.MatchKey;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.WriteResult;
import org.psasync.testkit.FakePsa;

/** Connectors that prepare, create or update wrongly, each in one way. */
final class WrongWriters {
    private WrongWriters() {}

    static void add(WrongConnectors wrong) {
        preparing(wrong);
        creating(wrong);
        updating(wrong);
    }

    // Preparing ------------------------------------------------------------------------------------------------------

    /** Prepares otherwise. */
    private interface PrepareFault {
        Draft answer(FakePsa psa, Draft draft);
    }

    private static WrongConnectors.Maker preparing(PrepareFault fault) {
        return (psa, clock) -> new Faithful(psa, clock) {
            @Override
            public Draft prepare(Draft draft) {
                return fault.answer(psa, draft);
            }
        };
    }

    private static void preparing(WrongConnectors wrong) {
        wrong.add("CreatingRules#preparingWritesNothing", "reserves a record", preparing((psa, draft) -> {
            psa.put(FieldValues.of(AssetKind.ORGANIZATION)
                    .set(OrganizationFields.NAME, "Reserved")
                    .build());
            return psa.prepare(draft);
        }));
        wrong.add("CreatingRules#allThatIsMissingIsReported", "stops at the first problem", preparing((psa, draft) -> {
            try {
                return psa.prepare(draft);
            } catch (ConnectorException.Rejected refused) {
                throw new ConnectorException.Rejected(refused.problems().subList(0, 1));
            }
        }));
        wrong.add("CreatingRules#tooLongIsReported", "lets long texts through", preparing((psa, draft) -> {
            try {
                return psa.prepare(draft);
            } catch (ConnectorException.Rejected refused) {
                if (refused.problems().stream().allMatch(problem -> problem.code() == Problem.Code.TOO_LONG)) {
                    return draft;
                }
                throw refused;
            }
        }));
        AtomicInteger marks = new AtomicInteger();
        wrong.add(
                "CreatingRules#preparingAgainChangesNothing",
                "marks anew each time",
                preparing((psa, draft) -> psa.prepare(draft).withFixed(Map.of("mark", "m" + marks.incrementAndGet()))));
    }

    // Creating -------------------------------------------------------------------------------------------------------

    private static WrongConnectors.Maker creating(Function<Faithful, Function<Draft, WriteResult>> fault) {
        return (psa, clock) -> new Faithful(psa, clock) {
            @Override
            public WriteResult create(Draft draft) {
                return fault.apply(this).apply(draft);
            }
        };
    }

    private static Draft without(Draft draft, FieldValues values) {
        return new Draft(draft.pair(), values, draft.parts(), draft.fixed(), draft.options());
    }

    private static WriteResult silent(WriteResult result) {
        return new WriteResult(result.id(), result.record(), List.of(), result.parts());
    }

    private static void creating(WrongConnectors wrong) {
        wrong.add(
                "CreatingRules#makesOneRecord, CreatingRules#fixedValuesFindExactly",
                "makes two",
                creating(right -> draft -> {
                    right.psa.create(draft);
                    return right.psa.create(draft);
                }));
        wrong.add(
                "CreatingRules#nothingIsDropped",
                "forgets notes",
                creating(right -> draft -> right.psa.create(
                        draft.kind() == AssetKind.CONFIGURATION
                                ? without(draft, draft.values().without(ConfigurationFields.NOTES))
                                : draft)));
        wrong.add(
                "CreatingRules#pulledFieldsAreReported",
                "reports nothing",
                creating(right -> draft -> silent(right.psa.create(draft))));
        wrong.add("CreatingRules#lostAnswersAreFound", "tries again", creating(right -> draft -> {
            try {
                return right.psa.create(draft);
            } catch (ConnectorException.Unavailable e) {
                return right.psa.create(draft);
            }
        }));
        wrong.add(
                "CreatingRules#lostRequestsAreUnknownToo",
                "believes that a reset means no",
                creating(right -> draft -> {
                    try {
                        return right.psa.create(draft);
                    } catch (ConnectorException.Unavailable e) {
                        String message = Objects.toString(e.getMessage());
                        boolean known = message.contains("reset");
                        throw new ConnectorException.Unavailable(message, !known && e.outcomeUnknown(), e);
                    }
                }));
        wrong.add("CreatingRules#fixedValuesFindExactly", "searches by name", (psa, clock) -> new Faithful(psa, clock) {
            @Override
            public List<RemoteRecord> findCreated(Draft draft) {
                return psa.find(new MatchKey(draft.values(), true));
            }
        });
        wrong.add(
                "CreatingRules#refusedCreatesMakeNothing", "blames the record for a right", creating(right -> draft -> {
                    try {
                        return right.psa.create(draft);
                    } catch (ConnectorException.Forbidden e) {
                        throw rejected(e);
                    }
                }));
        wrong.add("CreatingRules#lateCreatesAreNotSent", "waits past its deadline", creating(right -> draft -> {
            try {
                return right.psa.create(draft);
            } catch (ConnectorException.Throttled e) {
                if (e.retryAfter().compareTo(Duration.ofMinutes(1)) < 0) {
                    right.clock.advance(e.retryAfter().plusSeconds(1));
                }
                throw e;
            }
        }));
        wrong.add("CreatingRules#createsWithoutBudgetFail", "says nothing of the budget", creating(right -> draft -> {
            try {
                return right.psa.create(draft);
            } catch (ConnectorException.Throttled e) {
                if (e.retryAfter().compareTo(Duration.ofMinutes(1)) < 0) {
                    throw e;
                }
                throw new ConnectorException.Unavailable("No request is left", true, e);
            }
        }));
    }

    private static ConnectorException rejected(ConnectorException e) {
        return new ConnectorException.Rejected(
                List.of(Problem.ofRecord(Problem.Code.REFUSED, Objects.toString(e.getMessage()))));
    }

    // Updating -------------------------------------------------------------------------------------------------------

    private static WrongConnectors.Maker updating(Function<FakePsa, Function<RemoteUpdate, WriteResult>> fault) {
        return (psa, clock) -> new Faithful(psa, clock) {
            @Override
            public WriteResult update(RemoteUpdate update) {
                return fault.apply(psa).apply(update);
            }
        };
    }

    private static WrongConnectors.Maker changing(UnaryOperator<RemoteUpdate> fault) {
        return updating(psa -> update -> psa.update(fault.apply(update)));
    }

    private static RemoteUpdate with(RemoteUpdate update, FieldValues changes) {
        return new RemoteUpdate(update.seen(), changes, update.options());
    }

    private static void updating(WrongConnectors wrong) {
        wrong.add(
                "UpdatingRules#onlyItsFieldsChange",
                "clears what it was not told",
                changing(update -> update.kind() == AssetKind.CONFIGURATION
                                && !update.changes().has(ConfigurationFields.INSTALLED_ON)
                        ? with(update, update.changes().with(ConfigurationFields.INSTALLED_ON, null))
                        : update));
        wrong.add(
                "UpdatingRules#othersEditsStay",
                "writes the whole record as it was seen",
                changing(update -> with(
                        update,
                        update.seen()
                                .values()
                                .only(field -> !field.name().equals("active"))
                                .overlaidWith(update.changes()))));
        wrong.add(
                "UpdatingRules#blankClears",
                "leaves blanks out",
                changing(update -> with(
                        update, update.changes().only(field -> !update.changes().isBlank(field)))));
        wrong.add(
                "UpdatingRules#nothingIsDropped",
                "forgets notes",
                changing(update -> update.kind() == AssetKind.CONFIGURATION
                                && update.changes().get(ConfigurationFields.NOTES) != null
                        ? with(update, update.changes().without(ConfigurationFields.NOTES))
                        : update));
        wrong.add(
                "UpdatingRules#pulledFieldsAreReported",
                "reports nothing",
                updating(psa -> update -> silent(psa.update(update))));
        wrong.add("UpdatingRules#goneIsSaid", "takes a gone record for written", updating(psa -> update -> {
            try {
                return psa.update(update);
            } catch (ConnectorException.Gone e) {
                return new WriteResult(update.id(), null, List.of(), List.of());
            }
        }));
        wrong.add("UpdatingRules#lostAnswersAreUnknown", "believes that no answer means no", updating(psa -> update -> {
            try {
                return psa.update(update);
            } catch (ConnectorException.Unavailable e) {
                throw new ConnectorException.Unavailable(Objects.toString(e.getMessage()), false, e);
            }
        }));
        wrong.add(
                "UpdatingRules#refusedUpdatesChangeNothing",
                "blames the record for a right",
                updating(psa -> update -> {
                    try {
                        return psa.update(update);
                    } catch (ConnectorException.Forbidden e) {
                        throw rejected(e);
                    }
                }));
        wrong.add(
                "UpdatingRules#answersShowWhatIsThere",
                "answers with what it saw before",
                updating(psa -> update -> new WriteResult(
                        update.id(), update.seen(), psa.update(update).failed(), List.of())));
    }
}
