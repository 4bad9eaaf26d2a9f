package org.psasync.engine;

import java.time.Duration;
import java.util.List;
import org.psasync.model.TicketFields;

/** Chooses which tickets are pulled. Not for use by several threads. */
public final class TicketsChange {
    private final PsaNames names;
    private final List<String> faults;
    private SyncSettings.Tickets tickets;

    TicketsChange(SyncSettings.Tickets before, PsaNames names, List<String> faults) {
        this.tickets = before;
        this.names = names;
        this.faults = faults;
    }

    /** Selects these boards or queues, by name or id, and no others; none turns tickets off. */
    public TicketsChange boards(String... boards) {
        tickets = new SyncSettings.Tickets(
                names.select(TicketFields.BOARD, tickets.boards(), List.of(boards), faults), tickets.changedWithin());
        return this;
    }

    /** Leaves tickets out that did not change for longer: more than nothing, and at most 100 years. */
    public TicketsChange changedWithin(Duration age) {
        if (SettingsChange.isSensible(faults, "The time within which tickets changed", age)) {
            tickets = new SyncSettings.Tickets(tickets.boards(), age);
        }
        return this;
    }

    /** Returns what was chosen. */
    SyncSettings.Tickets changed() {
        return tickets;
    }
}
