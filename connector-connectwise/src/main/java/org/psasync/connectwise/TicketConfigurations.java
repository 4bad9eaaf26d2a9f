package org.psasync.connectwise;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.psasync.connectwise.PageReader.Listing;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.RemoteRef;
import org.psasync.model.TicketFields;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemoteRecord;

/**
 * Reads the configurations of tickets, each ticket's by a request of its own.
 *
 * <p>So they are read only where tickets are few: with those that changed since the last run, and with those that are
 * read by their ids. Of others they are absent until the ticket changes.
 */
final class TicketConfigurations {
    private static final int MOST_TICKETS = 50;

    private final PageReader pages;

    TicketConfigurations(PageReader pages) {
        this.pages = pages;
    }

    static boolean areFew(int tickets) {
        return tickets <= MOST_TICKETS;
    }

    List<RemoteRecord> with(List<RemoteRecord> tickets) {
        return areFew(tickets.size()) ? tickets.stream().map(this::with).toList() : tickets;
    }

    /** Returns the ticket with its configurations; as it is, with the field absent, when they cannot be read. */
    RemoteRecord with(RemoteRecord ticket) {
        Listing list = Listing.of("tickets.configurations", "service/tickets/{}/configurations", ticket.id())
                .fields("id");
        Set<AssetRef> configurations = new LinkedHashSet<>();
        try {
            for (JsonValue row : pages.all(list)) {
                Long id = row.integer("id");
                if (id != null) {
                    configurations.add(new RemoteRef(AssetKind.CONFIGURATION, Ids.of(id)));
                }
            }
        } catch (ConnectorException.Gone | ConnectorException.Forbidden | JsonMismatch e) {
            return ticket;
        }
        return new RemoteRecord(
                ticket.id(),
                ticket.version(),
                ticket.values().with(TicketFields.CONFIGURATIONS, configurations),
                ticket.deleted(),
                ticket.createdAt(),
                ticket.note());
    }
}
