package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.testkit.rules.Stage.MANAGER;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.Connection;
import org.psasync.engine.NotAllowedException;
import org.psasync.engine.SyncEngine;
import org.psasync.spi.ReferenceData.PsaUser;
import org.psasync.store.Event;

/** PSA-ALL-1: people of the PSA are handed to the host. */
class InvitingTest {
    private final Stage stage = new Stage(
            psa -> psa.user("Ada Lovelace", "ada@example.com").user("Bob Martin", "bob@example.com"), host -> {});
    private final List<PsaUser> invited = new ArrayList<>();

    private SyncEngine engine() {
        return SyncEngine.builder()
                .integration("contoso/fake")
                .connector(stage.psa)
                .assets(stage.host)
                .state(stage.store)
                .clock(stage.clock)
                .invitations(invited::addAll)
                .build();
    }

    private List<PsaUser> offered() {
        return ((Connection.Accepted) engine().as(MANAGER).connect())
                .reference()
                .users();
    }

    @Test
    @DisplayName("PSA-ALL-1: those who are ticked are handed to the host, each once, and it is logged")
    void handsOnTheTicked() {
        PsaUser ada = offered().get(0);

        assertThat(engine().as(MANAGER).invite(List.of(ada, ada))).containsExactly(ada);

        assertThat(invited).containsExactly(ada);
        assertThat(stage.events(Event.Type.INVITED)).singleElement().satisfies(event -> {
            assertThat(event.actor()).isEqualTo("mia");
            assertThat(event.reason()).contains("Ada Lovelace").doesNotContain("Bob");
        });
    }

    @Test
    @DisplayName("PSA-ALL-1: the step can be left out")
    void mayBeSkipped() {
        assertThat(offered()).hasSize(2);

        assertThat(engine().as(MANAGER).invite(List.of())).isEmpty();

        assertThat(invited).isEmpty();
        assertThat(stage.events(Event.Type.INVITED)).isEmpty();
    }

    @Test
    @DisplayName("PSA-ALL-1: who is not offered is refused, and then nobody is handed on")
    void refusesStrangers() {
        PsaUser ada = offered().get(0);

        assertThatThrownBy(() -> engine().as(MANAGER).invite(List.of(ada, new PsaUser("99", "Eve", ""))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Eve");
        assertThat(invited).isEmpty();
    }

    @Test
    @DisplayName("PSA-ALL-1: a host that invites nobody is told how to")
    void saysWhatIsMissing() {
        PsaUser ada = offered().get(0);

        assertThatThrownBy(() -> stage.engine.as(MANAGER).invite(List.of(ada))).hasMessageContaining("invitations(");
    }

    @Test
    @DisplayName("DATA-8: inviting takes a manager")
    void takesAManager() {
        assertThatThrownBy(() -> engine().as(Actor.user("ursula")).invite(offered()))
                .isInstanceOf(NotAllowedException.class);
        assertThat(invited).isEmpty();
    }
}
