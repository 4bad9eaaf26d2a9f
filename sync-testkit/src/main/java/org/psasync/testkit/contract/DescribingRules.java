package org.psasync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.FieldRule;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.MatchKey;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.ReadScope;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.RemoteVersion;
import org.psasync.spi.WriteOptions;

/** What a connector says of itself and of its tenant. */
abstract class DescribingRules extends ConnectorRules {
    DescribingRules(PsaConnectorContract contract) {
        super(contract);
    }

    @Test
    @DisplayName("C1.1: the descriptor is the same at every call and needs no request")
    void describesItselfAlone() {
        long before = connector.requests();
        ConnectorDescriptor first = connector.descriptor();
        assertThat(connector.requests())
                .as("C1.1: descriptor() must answer from what the connector knows, without a request")
                .isEqualTo(before);
        connector.check();
        assertThat(connector.descriptor())
                .as("C1.1: what a connector can do must not change with what it learns; build the descriptor once")
                .isEqualTo(first);
    }

    @Test
    @DisplayName("C1.2: a field is named once, and one that is needed on create can be written")
    void fieldsMakeSense() {
        for (KindDescriptor kind : connector.descriptor().kinds().values()) {
            Set<Field<?>> seen = new HashSet<>();
            for (FieldRule rule : kind.fields()) {
                assertThat(seen.add(rule.field()))
                        .as("C1.2: %s of %s must be named once", rule.field(), kind.kind())
                        .isTrue();
                assertThat(rule.writable() || !rule.requiredOnCreate() || !kind.create())
                        .as("C1.2: %s of %s is needed on create, so it must be writable", rule.field(), kind.kind())
                        .isTrue();
            }
        }
    }

    @Test
    @DisplayName("C2.1: the tenant's identity is the same at every call, whatever happens in the PSA")
    void theTenantStaysTheSame() {
        String first = connector.check().tenant();
        samples.put(AssetKind.ORGANIZATION, "Acme");
        assertThat(first)
                .as("C2.1: name the tenant, so that another one is noticed")
                .isNotBlank();
        assertThat(connector.check().tenant())
                .as("C2.1: take something that the PSA never changes, such as the id of its own company")
                .isEqualTo(first);
    }

    @Test
    @DisplayName("C2.2: a missing right is reported with the kinds it hides, not thrown")
    void missingRightsAreReported() {
        AssetKind hidden = kinds().get(kinds().size() - 1);
        play(() -> bench.withdraw(hidden));
        ConnectionCheck check = connector.check();
        assertThat(check.canRead(hidden))
                .as("C2.2: %s cannot be read; the check must list the missing right with this kind", hidden)
                .isFalse();
        assertThat(check.canRead(AssetKind.ORGANIZATION))
                .as("C2.2: a right hides no more than its kinds")
                .isTrue();
    }

    @Test
    @DisplayName("C3.1: every choice of a record is in the list of its field, if the field has one")
    void choicesAreListed() {
        for (AssetKind kind : kinds()) {
            samples.put(kind, "Listed");
        }
        settle();
        ReferenceData lists = connector.reference();
        for (AssetKind kind : kinds()) {
            for (RemoteRecord record : readAll(kind, 1000).records().values()) {
                record.values().forEachChoice((field, choice) -> {
                    if (lists.choices().containsKey(field)) {
                        assertThat(lists.entry(field, choice.id()))
                                .as(
                                        "C3.1: %s of %s is \"%s\" (id %s); the list of the field must hold it, inactive or"
                                                + " not",
                                        field, record.ref(), choice, choice.id())
                                .isPresent();
                    }
                });
            }
        }
    }

    @Test
    @DisplayName(
            "C0.3: what the descriptor does not offer is refused with UnsupportedOperationException and does nothing")
    void undeclaredOperationsAreRefused() {
        RemoteRef acme = samples.put(AssetKind.ORGANIZATION, "Acme");
        WriteOptions options = samples.options();
        Map<RemoteRef, FieldValues> before = everything();
        for (AssetKind kind : AssetKind.values()) {
            KindDescriptor known = connector.descriptor().kind(kind).orElse(null);
            FieldValues values = FieldValues.empty(kind);
            RemoteRecord seen = RemoteRecord.of(acme.id(), RemoteVersion.UNKNOWN, values);
            if (known == null || !known.listsIds()) {
                refused("ids", kind, () -> connector.ids(kind, ReadScope.ALL, RemoteCursor.start()));
            }
            if (known == null || !known.find()) {
                refused("find", kind, () -> connector.find(new MatchKey(values, true)));
            }
            if (known == null || !known.create()) {
                refused("create", kind, () -> connector.create(samples.draft(values)));
            }
            if (known == null || !known.update()) {
                refused("update", kind, () -> connector.update(new RemoteUpdate(seen, values, options)));
            }
        }
        assertThat(everything()).as("C0.3: a refused operation must do nothing").isEqualTo(before);
    }

    private static void refused(String operation, AssetKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .as(
                        "C0.3: the descriptor does not offer %s of %s; leave the default method in place or call it",
                        operation, kind)
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @DisplayName("C13.1: closing twice is harmless, and calls after it fail")
    void closesOnce() {
        RemoteRef acme = samples.put(AssetKind.ORGANIZATION, "Acme");
        readFound(acme);
        connector.close();
        assertThatCode(connector::close)
                .as("C13.1: a second close must do nothing")
                .doesNotThrowAnyException();
        List<RemoteId> ids = List.of(acme.id());
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                connector::check,
                () -> connector.read(AssetKind.ORGANIZATION, ids),
                () -> connector.changes(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 10))) {
            assertThatThrownBy(call)
                    .as("C13.1: a closed connector must refuse, for instance with an IllegalStateException")
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    @DisplayName("C14.1: the connector for pushes is and sees the same")
    void pushesSeeTheSame() {
        RemoteRef acme = samples.put(AssetKind.ORGANIZATION, "Acme");
        PsaConnector pushes = connector.forPushes();
        assertThat(pushes.descriptor())
                .as("C14.1: forPushes() must describe itself as the connector does")
                .isEqualTo(connector.descriptor());
        assertThat(pushes.check().tenant())
                .as("C14.1: forPushes() must lead to the same tenant")
                .isEqualTo(connector.check().tenant());
        assertThat(pushes.read(acme.kind(), List.of(acme.id())))
                .as("C14.1: forPushes() must see the same records")
                .isEqualTo(connector.read(acme.kind(), List.of(acme.id())));
    }

    @Test
    @DisplayName("C15.1: every request is counted, and the count never goes down")
    void requestsAreCounted() {
        long before = connector.requests();
        connector.check();
        long checked = connector.requests();
        readAll(AssetKind.ORGANIZATION, 10);
        long read = connector.requests();
        assertThat(checked)
                .as("C15.1: check() made a request that requests() must count")
                .isGreaterThan(before);
        assertThat(read)
                .as("C15.1: changes() made a request that requests() must count")
                .isGreaterThan(checked);
    }
}
