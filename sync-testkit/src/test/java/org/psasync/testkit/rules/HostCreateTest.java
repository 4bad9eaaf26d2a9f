package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.TICKET;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.InMemoryAssetRepositoryBuilder;
import org.psasync.engine.RunReport;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.ContactFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.model.TicketFields;
import org.psasync.spi.AssetRepository;

/** A host that fails in the middle of a batch makes no record twice (SAFE-7). */
class HostCreateTest {
    /** How many more records of the kind the host takes before it fails once; negative for any number. */
    private final AtomicInteger takes = new AtomicInteger(-1);

    private Stage stage = new Stage();

    private void begin(AssetKind failing, boolean keepsPairIds) {
        stage = new Stage(psa -> {}, host -> {
            failingOnce(failing, host);
            if (!keepsPairIds) {
                host.withoutPairIds();
            }
        });
    }

    private void failingOnce(AssetKind failing, InMemoryAssetRepositoryBuilder host) {
        host.refusing(change -> {
            if (change.kind() == failing && takes.get() >= 0 && takes.getAndDecrement() == 0) {
                throw new IllegalStateException("The database went away");
            }
            return List.of();
        });
    }

    /** The host, which answers nothing any more once it has failed. */
    private AssetRepository downOnceItFails() {
        AtomicBoolean down = new AtomicBoolean();
        return (AssetRepository) Proxy.newProxyInstance(
                AssetRepository.class.getClassLoader(),
                new Class<?>[] {AssetRepository.class},
                (proxy, method, arguments) -> {
                    if (down.get() && method.getParameterCount() > 0) {
                        throw new IllegalStateException("The database is away");
                    }
                    try {
                        return method.invoke(stage.host, arguments);
                    } catch (InvocationTargetException failure) {
                        down.set(true);
                        throw failure.getCause();
                    }
                });
    }

    private void runs(int count) {
        for (int i = 0; i < count; i++) {
            stage.later(Duration.ofMinutes(10)).engine.run();
        }
    }

    @Test
    @DisplayName("SAFE-7: two records of the same name that the host made before it failed are both linked")
    void linksLikesByTheirPairIds() {
        begin(CONTACT, true);
        RemoteRef acme = stage.company("Acme");
        stage.contact(acme, "Ann", "Smith");
        stage.contact(acme, "Ann", "Smith");
        stage.contact(acme, "Bob", "Jones");
        takes.set(2);
        RunReport failed =
                stage.selecting().newEngine(stage.psa, downOnceItFails()).run();

        runs(1);

        assertThat(failed.status()).isEqualTo(RunReport.Status.ERROR);
        assertThat(stage.all(CONTACT)).hasSize(3);
        for (Asset contact : stage.all(CONTACT)) {
            assertThat(stage.engine.explain(contact.ref()).disposition()).isEqualTo(Disposition.IN_SYNC);
        }
    }

    @Test
    @DisplayName(
            "SAFE-7: a record that the host made is one with its PSA record even if it is edited before the next run")
    void keepsAnEditOfARecordJustMade() {
        begin(CONTACT, true);
        RemoteRef acme = stage.company("Acme");
        stage.twoWay().engine.run();
        RemoteRef ann = stage.contact(acme, "Ann", "Smith");
        stage.contact(acme, "Bob", "Jones");
        takes.set(1);
        stage.later(Duration.ofMinutes(1)).engine.run();
        LocalRef made = stage.all(CONTACT).get(0).ref();
        stage.later(Duration.ofMinutes(1));

        stage.userSaves(made, ContactFields.LAST_NAME, "Miller");
        runs(2);

        assertThat(stage.psa.all(CONTACT)).as("no second record").hasSize(2);
        assertThat(stage.localOf(ann)).isEqualTo(made);
        assertThat(stage.inHost(made, ContactFields.LAST_NAME)).isEqualTo("Miller");
        assertThat(stage.inPsa(ann, ContactFields.LAST_NAME)).isEqualTo("Miller");
    }

    @Test
    @DisplayName("SAFE-6: what the PSA changed before the crash was noticed is pulled all the same")
    void pullsWhatChangedMeanwhile() {
        begin(CONTACT, true);
        RemoteRef acme = stage.company("Acme");
        RemoteRef ann = stage.contact(acme, "Ann", "Smith");
        stage.contact(acme, "Bob", "Jones");
        takes.set(1);
        stage.selecting().engine.run();
        stage.later(Duration.ofMinutes(1));
        stage.psaEdits(ann, ContactFields.TITLE, "CEO");

        runs(1);

        assertThat(stage.all(CONTACT)).hasSize(2);
        assertThat(stage.inHost(stage.localOf(ann), ContactFields.TITLE)).isEqualTo("CEO");
    }

    @Test
    @DisplayName("SAFE-7: a host without pair ids is searched for a ticket by its number")
    void findsATicketByItsNumber() {
        begin(TICKET, false);
        RemoteRef acme = stage.company("Acme");
        stage.selecting();
        ticket(acme, "T-1");
        ticket(acme, "T-2");
        stage.configure(settings -> settings.tickets(t -> t.boards("Support")));
        takes.set(1);
        stage.engine.run();
        assertThat(stage.all(TICKET)).hasSize(1);

        runs(3);

        assertThat(stage.all(TICKET)).hasSize(2);
        assertThat(stage.all(TICKET))
                .allMatch(ticket -> stage.engine.explain(ticket.ref()).disposition() == Disposition.IN_SYNC);
    }

    private void ticket(RemoteRef company, String number) {
        stage.psa.put(FieldValues.of(TICKET)
                .set(TicketFields.ORGANIZATION, company)
                .set(TicketFields.BOARD, stage.choice(TicketFields.BOARD, "Support"))
                .set(TicketFields.NUMBER, number)
                .set(TicketFields.TITLE, "Printer")
                .set(TicketFields.UPDATED, stage.clock.instant())
                .build());
    }

    @Test
    @DisplayName("SAFE-7: a host without pair ids is searched for a record without name by all that was sent")
    void findsANamelessRecord() {
        begin(CONTACT, false);
        RemoteRef acme = stage.company("Acme");
        stage.psa.put(FieldValues.of(CONTACT)
                .set(ContactFields.ORGANIZATION, acme)
                .set(ContactFields.TITLE, "Reception")
                .build());
        stage.contact(acme, "Bob", "Jones");
        takes.set(1);
        stage.selecting().engine.run();
        assertThat(stage.all(CONTACT)).hasSize(1);

        runs(3);

        assertThat(stage.all(CONTACT)).hasSize(2);
    }
}
