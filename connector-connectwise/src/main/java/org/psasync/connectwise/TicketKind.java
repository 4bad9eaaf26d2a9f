package org.psasync.connectwise;

import static org.psasync.connectwise.Mapped.pull;

import java.util.List;
import org.psasync.model.AssetKind;
import org.psasync.model.TicketFields;
import org.psasync.spi.FieldRule.Direction;

/**
 * Service tickets; only pulled.
 *
 * <p>The configurations of a ticket are a list of its own below the ticket; {@link TicketConfigurations} reads them.
 * Source: ConnectWise OpenAPI 2025.8, Ticket.
 */
final class TicketKind extends RecordKind {
    TicketKind(List<ConnectWiseCustomField> customFields) {
        super(
                AssetKind.TICKET,
                "tickets",
                "service/tickets",
                List.of(
                        pull(
                                TicketFields.ORGANIZATION,
                                "company",
                                row -> Reads.reference(row, "company", AssetKind.ORGANIZATION)),
                        pull(TicketFields.BOARD, "board", row -> Reads.choice(row, "board")),
                        pull(TicketFields.NUMBER, "id", row -> row.text("id")),
                        pull(TicketFields.TITLE, "summary", row -> row.text("summary")),
                        pull(
                                TicketFields.CONTACT,
                                "contact",
                                row -> Reads.reference(row, "contact", AssetKind.CONTACT)),
                        pull(TicketFields.STATUS, "status", row -> Reads.choice(row, "status")),
                        pull(TicketFields.PRIORITY, "priority", row -> Reads.choice(row, "priority")),
                        pull(TicketFields.CREATED, "_info/dateEntered", row -> row.instant("_info/dateEntered")),
                        pull(TicketFields.UPDATED, "_info/lastUpdated", row -> row.instant("_info/lastUpdated")),
                        new Mapped<>(TicketFields.CONFIGURATIONS, "id", Direction.PULL, 0, false, null, null)),
                customFields);
    }
}
