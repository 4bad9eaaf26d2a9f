package org.psasync.examples.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.psasync.engine.Actor;
import org.psasync.engine.Connection;
import org.psasync.engine.SyncEngine;
import org.psasync.spi.ReferenceData.PsaUser;

/** The page on which a manager enters credentials. */
final class ConnectPage {
    private final SyncEngine engine;
    private final Actor person;

    ConnectPage(SyncEngine engine, Actor person) {
        this.engine = engine;
        this.person = person;
    }

    // guide: connect
    List<String> connect() {
        Connection answer = engine.as(person).connect();
        if (answer instanceof Connection.Refused refused) {
            String field = refused.credential() == null ? "credentials" : refused.credential();
            return List.of(field + ": " + refused.reason());
        }
        Connection.Accepted accepted = (Connection.Accepted) answer;
        List<String> lines = new ArrayList<>();
        lines.add("Connected, version " + accepted.version());
        accepted.missing().forEach(right -> lines.add("Missing: " + right.name() + ", so not " + right.kinds()));
        lines.addAll(accepted.advice());
        accepted.recommended()
                .forEach(each -> lines.add("Recommended: " + each.choice().name() + ", used by " + each.usedBy()));
        accepted.reference().users().forEach(user -> lines.add("Invite? " + user.name()));
        return lines;
    }
    // guide: end

    // guide: invite
    int invite(Collection<PsaUser> ticked) {
        return engine.as(person).invite(ticked).size();
    }
    // guide: end
}
