package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Explanation;
import org.psasync.model.ContactFields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;

/** What explain says of records that wait because the PSA shows too little, or is another one. */
class MissingRightsTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");
    private final RemoteRef ada = stage.contact(acme, "Ada", "Lovelace");

    private void run() {
        stage.later(Duration.ofMinutes(10)).engine.run();
    }

    private LocalRef editedContact() {
        stage.twoWay();
        run();
        LocalRef local = stage.localOf(ada);
        stage.edits(local, ContactFields.TITLE, "Countess", Origin.USER);
        return local;
    }

    @Test
    @DisplayName("WHY-1, SAFE-3: a right that stays missing is named in every run, not only after the first refusal")
    void namesARightThatStaysMissing() {
        LocalRef local = editedContact();
        stage.psa.faults().withdraw(CONTACT);

        for (int i = 0; i < 4; i++) {
            run();
            Explanation why = stage.engine.explain(local);
            assertThat(why.remedy()).as("run %s: %s", i, why.print()).contains("the right to read contacts");
        }

        stage.psa.faults().giveBack(CONTACT);
        run();
        assertThat(stage.engine.explain(local).print()).doesNotContain("the right to read");
    }

    @Test
    @DisplayName("WHY-1, SAFE-3: a right that was missing when the integration was connected is named")
    void namesARightMissingFromTheStart() {
        stage.psa.faults().withdraw(CONTACT);
        stage.engine.as(Stage.MANAGER).connect();
        stage.selecting().engine.run();

        Explanation why = stage.engine.explain(new RemoteRef(CONTACT, ada.id()));

        assertThat(why.print()).contains("contact");
        LocalRef local = stage.creates(stage.contactValues(stage.localOf(acme), "Grace", "Hopper"), Origin.USER)
                .ref();
        stage.configure(settings -> settings.twoWay(true));
        stage.later(Duration.ofMinutes(1));
        stage.edits(local, ContactFields.TITLE, "Admiral", Origin.USER);
        stage.engine.saved(local);
        Explanation waiting = stage.engine.explain(local);
        assertThat(waiting.remedy()).as(waiting.print()).contains("the right to read contacts");
    }

    @Test
    @DisplayName("WHY-1, SAFE-3: what waits because organizations cannot be read says so")
    void namesTheOrganizationsRight() {
        editedContact();
        stage.psa.faults().withdraw(ORGANIZATION);
        RemoteRef grace = stage.contact(acme, "Grace", "Hopper");
        run();
        run();

        Explanation why = stage.engine.explain(grace);

        assertThat(why.remedy()).as(why.print()).contains("the right to read organizations");
    }

    @Test
    @DisplayName("WHY-1, SAFE-2: what waits because another instance answers says so, and that one is not asked")
    void namesAnotherInstance() {
        LocalRef local = editedContact();
        stage.psa.faults().anotherInstance("sandbox");
        stage.later(Duration.ofHours(25)).engine.run();
        stage.psa.journal().clear();

        Explanation why = stage.engine.explain(local);
        Explanation unknown = stage.engine.explain(stage.company("Later"));

        assertThat(why.print()).contains("SAFE-2", "Another instance");
        assertThat(why.remedy()).contains("instance");
        assertThat(unknown.print()).contains("Another instance");
        assertThat(stage.psa.journal().calls()).isEmpty();
    }
}
