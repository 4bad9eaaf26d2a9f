package org.psasync.autotask;

import java.net.URI;
import java.util.Optional;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;

/** Where a person opens a record. Source: Autotask help, ExecuteCommand API, 2026-10; it has no command for locations. */
final class RecordAddress {
    private static final String PATH = "Autotask/AutotaskExtend/ExecuteCommand.aspx?Code=";

    private RecordAddress() {}

    static Optional<URI> of(URI web, AssetKind kind, RemoteId id) {
        String command = switch (kind) {
            case ORGANIZATION -> "OpenAccount&AccountID=";
            case CONTACT -> "OpenContact&ContactID=";
            case TICKET -> "OpenTicketDetail&TicketID=";
            case CONFIGURATION, LOCATION -> "";
        };
        return command.isEmpty() || Ids.number(id).isEmpty()
                ? Optional.empty()
                : Optional.of(web.resolve("/" + PATH + command + id.value()));
    }
}
