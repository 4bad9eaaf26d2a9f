package org.psasync.examples.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.psasync.engine.Actor;
import org.psasync.engine.Explanation;
import org.psasync.engine.ManageData;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.manage.RecordResult;
import org.psasync.model.LocalRef;

/** The panel beside one record. */
final class RecordPage {
    private final SyncEngine engine;
    private final Actor person;

    RecordPage(SyncEngine engine, Actor person) {
        this.engine = engine;
        this.person = person;
    }

    // guide: explain
    List<String> standing(LocalRef record) {
        Explanation why = engine.explain(record);
        List<String> lines = new ArrayList<>();
        lines.add(why.disposition().words());
        why.reasons().forEach(reason -> lines.add("because " + reason.text() + " (" + reason.rule() + ")"));
        why.evidence().forEach(seen -> lines.add(seen.what() + ": " + seen.value()));
        Optional.ofNullable(why.remedy()).ifPresent(remedy -> lines.add("To do: " + remedy));
        return lines;
    }
    // guide: end

    // guide: record-actions
    String disable(LocalRef record) {
        return shown(data().disable(record));
    }

    String reconnect(LocalRef record) {
        return shown(data().reconnect(record));
    }

    String syncNow(LocalRef record) {
        return shown(data().syncNow(record));
    }

    String openInPsa(LocalRef record) {
        return data().addressOf(record).map(address -> "Open " + address).orElse("This PSA has no address for it.");
    }

    private ManageData data() {
        return engine.as(person).manageData();
    }

    private static String shown(RecordResult result) {
        return (result.done() ? "Done: " : "Not done: ") + result.text();
    }
    // guide: end

    // guide: record-log
    List<String> history(LocalRef record) {
        return engine.events(record).stream()
                .map(event -> event.at() + " " + event.type() + " " + event.changes() + " " + event.reason())
                .toList();
    }
    // guide: end
}
