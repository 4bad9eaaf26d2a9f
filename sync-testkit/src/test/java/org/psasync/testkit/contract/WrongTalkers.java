package org.psasync.testkit.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.FieldRule;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.ReadScope;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.Webhook;
import org.psasync.spi.WebhookRequest;
import org.psasync.spi.WriteResult;
import org.psasync.testkit.FakePsa;

/** Connectors that say something wrong of themselves or of their failures, or cannot bear threads. */
final class WrongTalkers {
    private WrongTalkers() {}

    static void add(WrongConnectors wrong) {
        describing(wrong);
        failing(wrong);
        threads(wrong);
        webhooks(wrong);
    }

    private static ConnectorDescriptor named(ConnectorDescriptor right, String name) {
        return new ConnectorDescriptor(right.id(), name, right.kinds(), right.options(), right.deadline());
    }

    private static void describing(WrongConnectors wrong) {
        wrong.add("DescribingRules#describesItselfAlone", "learns its name", (psa, clock) -> new Faithful(psa, clock) {
            private String name = psa.descriptor().displayName();

            @Override
            public ConnectorDescriptor descriptor() {
                return named(psa.descriptor(), name);
            }

            @Override
            public ConnectionCheck check() {
                ConnectionCheck check = psa.check();
                name = "Fake PSA " + check.version();
                return check;
            }

            @Override
            public PsaConnector forPushes() {
                return this;
            }
        });
        wrong.add("DescribingRules#fieldsMakeSense", "names a field twice", (psa, clock) -> new Faithful(psa, clock) {
            @Override
            public ConnectorDescriptor descriptor() {
                ConnectorDescriptor right = psa.descriptor();
                Map<AssetKind, KindDescriptor> kinds = new HashMap<>(right.kinds());
                kinds.computeIfPresent(AssetKind.ORGANIZATION, (kind, known) -> twice(known));
                return new ConnectorDescriptor(
                        right.id(), right.displayName(), kinds, right.options(), right.deadline());
            }

            @Override
            public PsaConnector forPushes() {
                return this;
            }
        });
        wrong.add(
                "DescribingRules#theTenantStaysTheSame",
                "names the tenant by its size",
                (psa, clock) -> new Faithful(psa, clock) {
                    @Override
                    public ConnectionCheck check() {
                        ConnectionCheck right = psa.check();
                        String tenant =
                                right.tenant() + psa.all(AssetKind.ORGANIZATION).size();
                        return new ConnectionCheck(
                                tenant, right.version(), right.missing(), right.advice(), right.rights());
                    }

                    @Override
                    public PsaConnector forPushes() {
                        return this;
                    }
                });
        wrong.add("DescribingRules#missingRightsAreReported", "throws them", (psa, clock) -> new Faithful(psa, clock) {
            @Override
            public ConnectionCheck check() {
                ConnectionCheck right = psa.check();
                for (ConnectionCheck.MissingRight missing : right.missing()) {
                    throw new ConnectorException.Forbidden("A right is missing", missing.name());
                }
                return right;
            }
        });
        wrong.add("DescribingRules#choicesAreListed", "lists no customers", (psa, clock) -> new Faithful(psa, clock) {
            private boolean first = true;

            @Override
            public ReferenceData reference() {
                ReferenceData right = psa.reference();
                if (first) {
                    first = false;
                    return right;
                }
                Map<Field<?>, List<ReferenceData.Entry>> choices = new HashMap<>(right.choices());
                choices.put(OrganizationFields.TYPES, List.of());
                return new ReferenceData(choices, right.optionChoices(), right.users());
            }
        });
        wrong.add(
                "DescribingRules#undeclaredOperationsAreRefused",
                "swallows updates of tickets",
                (psa, clock) -> new Faithful(psa, clock) {
                    @Override
                    public WriteResult update(RemoteUpdate update) {
                        return update.kind() == AssetKind.TICKET
                                ? new WriteResult(update.id(), null, List.of(), List.of())
                                : psa.update(update);
                    }
                });
        wrong.add("DescribingRules#closesOnce", "never closes", (psa, clock) -> new Faithful(psa, clock) {
            @Override
            public void close() {}
        });
        wrong.add(
                "DescribingRules#pushesSeeTheSame",
                "sees nothing in a hurry",
                (psa, clock) -> new Faithful(psa, clock) {
                    @Override
                    public PsaConnector forPushes() {
                        return new Faithful(psa, clock) {
                            @Override
                            public Map<RemoteId, RemoteRead> read(AssetKind kind, Collection<RemoteId> ids) {
                                Map<RemoteId, RemoteRead> answer = new HashMap<>();
                                ids.forEach(id -> answer.put(id, new RemoteRead.NotFound()));
                                return answer;
                            }
                        };
                    }
                });
        wrong.add("DescribingRules#requestsAreCounted", "does not count", (psa, clock) -> new Faithful(psa, clock) {
            @Override
            public long requests() {
                return 0;
            }
        });
    }

    private static KindDescriptor twice(KindDescriptor right) {
        List<FieldRule> fields = new ArrayList<>(right.fields());
        fields.add(fields.get(0));
        return new KindDescriptor(
                right.kind(),
                right.reading(),
                right.deltaComplete(),
                right.listsIds(),
                right.keepsDeleted(),
                right.tellsCreation(),
                right.create(),
                right.update(),
                right.find(),
                right.visibilityDelay(),
                fields);
    }

    private static void failing(WrongConnectors wrong) {
        wrong.add(
                "FailingRules#failuresSayWhatToDo",
                "calls a pause a failure",
                (psa, clock) -> new Faithful(psa, clock) {
                    @Override
                    public Map<RemoteId, RemoteRead> read(AssetKind kind, Collection<RemoteId> ids) {
                        try {
                            return psa.read(kind, ids);
                        } catch (ConnectorException.Throttled e) {
                            throw new ConnectorException.Unavailable("Too many requests", false, e);
                        }
                    }
                });
        wrong.add("FailingRules#oneRightIsOneKind", "gives up at one right", (psa, clock) -> new Faithful(psa, clock) {
            private ConnectorException.@Nullable Forbidden refused;

            @Override
            public RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
                if (refused != null) {
                    throw refused;
                }
                try {
                    return psa.changes(kind, scope, cursor, limit);
                } catch (ConnectorException.Forbidden e) {
                    refused = e;
                    throw e;
                }
            }
        });
        wrong.add("FailingRules#recovers", "gives up after three failures", (psa, clock) -> new Faithful(psa, clock) {
            private int failures;

            @Override
            public Map<RemoteId, RemoteRead> read(AssetKind kind, Collection<RemoteId> ids) {
                if (failures == 3) {
                    throw new ConnectorException.Unavailable("It failed three times", false, null);
                }
                try {
                    return psa.read(kind, ids);
                } catch (ConnectorException e) {
                    failures++;
                    throw e;
                }
            }
        });
        wrong.add(
                "FailingRules#noTextHoldsASecret", "quotes the credentials", (psa, clock) -> new Faithful(psa, clock) {
                    @Override
                    public ConnectionCheck check() {
                        try {
                            return psa.check();
                        } catch (ConnectorException.Unauthorized e) {
                            IllegalArgumentException cause =
                                    new IllegalArgumentException("Refused: " + FakePsa.HOOK_SECRET);
                            e.addSuppressed(cause);
                            throw e;
                        }
                    }
                });
    }

    private static void pause() {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void threads(WrongConnectors wrong) {
        wrong.add(
                "FailingRules#threadsReadTheSame",
                "reads one page at a time",
                (psa, clock) -> new Faithful(psa, clock) {
                    private final AtomicBoolean busy = new AtomicBoolean();

                    @Override
                    public RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
                        if (!busy.compareAndSet(false, true)) {
                            return RemotePage.of(List.of(), cursor, true);
                        }
                        try {
                            pause();
                            return psa.changes(kind, scope, cursor, limit);
                        } finally {
                            busy.set(false);
                        }
                    }
                });
        wrong.add(
                "FailingRules#threadsWriteTheirOwn",
                "keeps the write in itself",
                (psa, clock) -> new Faithful(psa, clock) {
                    private volatile @Nullable RemoteUpdate current;

                    @Override
                    public WriteResult update(RemoteUpdate update) {
                        current = update;
                        pause();
                        return psa.update(Objects.requireNonNull(current));
                    }
                });
        wrong.add("FailingRules#startsNoThread", "starts one", (psa, clock) -> new Faithful(psa, clock) {
            @Override
            public RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
                Thread own = new Thread(() -> {
                    for (int i = 0; i < 50; i++) {
                        pause();
                    }
                });
                own.setDaemon(true);
                own.start();
                return psa.changes(kind, scope, cursor, limit);
            }
        });
    }

    private static void webhooks(WrongConnectors wrong) {
        wrong.add(
                "FailingRules#onlyGenuineRequestsAreBelieved",
                "believes who brings no secret",
                (psa, clock) -> new Faithful(psa, clock) {
                    @Override
                    public Webhook webhook(WebhookRequest request) {
                        boolean bare = request.query().isEmpty()
                                && request.header("X-Fake-Secret").isEmpty();
                        return bare
                                ? new Webhook.Hints(List.of(RemoteRef.of(AssetKind.ORGANIZATION, "101")))
                                : psa.webhook(request);
                    }
                });
        wrong.add("FailingRules#refusalsRepeatNothing", "repeats the body", (psa, clock) -> new Faithful(psa, clock) {
            @Override
            public Webhook webhook(WebhookRequest request) {
                Webhook right = psa.webhook(request);
                return right instanceof Webhook.Refused
                        ? new Webhook.Refused("Not believed: " + new String(request.body(), StandardCharsets.UTF_8))
                        : right;
            }
        });
    }
}
