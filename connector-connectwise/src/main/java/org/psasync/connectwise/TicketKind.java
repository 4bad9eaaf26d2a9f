package org.psasync.connectwise;

import static org.psasync.connectwise.Mapped.pull;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.FieldValues;
import org.psasync.model.TicketFields;

/**
 * Service tickets; only pulled.
 *
 * <p>The configurations of a ticket are a list of its own below the ticket. They are absent from pages, where each
 * ticket would cost a request, and read when few tickets are read by their ids. Source: ConnectWise OpenAPI 2025.8,
 * Ticket.
 */
final class TicketKind extends RecordKind {
    static final String CONFIGURATIONS = "configurations";

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
                        pull(TicketFields.CONFIGURATIONS, "id", row -> Set.<AssetRef>of())),
                customFields);
    }

    @Override
    @Nullable
    String complete(JsonValue row, FieldValues.Builder values) {
        super.complete(row, values);
        values.remove(TicketFields.CONFIGURATIONS);
        return null;
    }
}
