package org.psasync.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.desk.Parties;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.ReferenceData.PsaUser;
import org.psasync.store.Commit;
import org.psasync.store.Event;

/** Hands people of the PSA to the host, to be invited (PSA-ALL-1). */
final class Inviting {
    private final Parties parties;
    private final Actor actor;

    Inviting(Parties parties, Actor actor) {
        this.parties = parties;
        this.actor = actor;
    }

    List<PsaUser> invite(Collection<PsaUser> ticked) {
        Consumer<List<PsaUser>> host = parties.invitations();
        if (host == null) {
            throw new IllegalStateException(
                    "The host takes no invitations; SyncEngine.builder().invitations(…) sets who does");
        }
        List<PsaUser> known = offered(ticked, parties.state().setup().reference());
        if (known.isEmpty()) {
            return known;
        }
        host.accept(known);
        List<String> names = known.stream().map(PsaUser::name).toList();
        Event event = new Event(
                0,
                parties.clock().instant(),
                null,
                actor.name(),
                Event.Type.INVITED,
                null,
                null,
                null,
                null,
                List.of(),
                "handed to the host to be invited: " + String.join(", ", names));
        parties.state().commit(Commit.builder().event(event).build());
        return known;
    }

    /** Only who is in the PSA's list now can be invited; each once, as the list shows the person. */
    private static List<PsaUser> offered(Collection<PsaUser> ticked, @Nullable ReferenceData reference) {
        Map<String, PsaUser> offered = new LinkedHashMap<>();
        if (reference != null) {
            reference.users().forEach(user -> offered.put(user.id(), user));
        }
        Map<String, PsaUser> result = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        for (PsaUser user : ticked) {
            PsaUser listed = offered.get(user.id());
            if (listed == null) {
                unknown.add(user.name());
            } else {
                result.put(listed.id(), listed);
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("Not among the PSA's users who can be invited: "
                    + String.join(", ", unknown) + ". Nobody was invited; connect again to read the list anew.");
        }
        return List.copyOf(result.values());
    }
}
