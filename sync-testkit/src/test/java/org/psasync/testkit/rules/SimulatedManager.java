package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.psasync.engine.ConfirmationNeededException;
import org.psasync.engine.HeldPushes;
import org.psasync.engine.ManageData;
import org.psasync.engine.Managing;
import org.psasync.engine.Mode;
import org.psasync.engine.OneTimePushPreview;
import org.psasync.engine.RunReport;
import org.psasync.engine.SettingsChange;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.manage.BulkPreview;
import org.psasync.engine.manage.DataEntry;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.engine.manage.ReviewAnswer;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewQueue;
import org.psasync.engine.manage.Row;
import org.psasync.engine.manage.SyncedRow;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemoteRecord;
import org.psasync.store.Candidate;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/** A manager who does at random what a manager may do (SPEC 10), in a simulated world. */
final class SimulatedManager {
    private final Stage stage;
    private final Random random;
    private final Consumer<String> say;
    private final Runnable meanwhile;
    private final boolean strict;

    /**
     * Makes one.
     *
     * @param meanwhile what others do between a preview and its confirmation
     * @param strict whether brakes are so low that runs need approval
     */
    SimulatedManager(Stage stage, Random random, Consumer<String> say, Runnable meanwhile, boolean strict) {
        this.stage = stage;
        this.random = random;
        this.say = say;
        this.meanwhile = meanwhile;
        this.strict = strict;
    }

    /** Does something; what cannot be done now is refused, and nothing more. */
    void act() {
        try {
            switch (random.nextInt(14)) {
                case 0 -> pauseOrResume();
                case 1 -> disconnectOrConnect();
                case 2, 3 -> singleRecord();
                case 4 -> row();
                case 5 -> deleteOrphans();
                case 6, 7, 8 -> decide();
                case 9 -> settings();
                case 10 -> approve(random.nextInt(3) == 0);
                case 11 -> pushes();
                case 12 -> pushOnce();
                default -> manage().fullCheck();
            }
        } catch (PreviewExpiredException | ConfirmationNeededException | ConnectorException refused) {
            say.accept("refused: " + refused.getMessage());
        } catch (IllegalStateException refused) {
            say.accept("refused: " + refused.getMessage());
            assertThat(refused)
                    .hasMessageMatching(
                            "(?s).*(disconnected|is paused|Two-way is off|cannot be reached|credentials are refused).*");
        }
    }

    private Managing manage() {
        return stage.engine.as(Stage.MANAGER);
    }

    private void pauseOrResume() {
        boolean pause = stage.engine.mode() == Mode.ACTIVE;
        say.accept(pause ? "pause" : "resume");
        if (pause) {
            manage().pause();
        } else {
            manage().resume();
        }
    }

    private void disconnectOrConnect() {
        if (stage.engine.mode() == Mode.DISCONNECTED) {
            say.accept("connect");
            manage().connect();
        } else if (random.nextInt(3) == 0) {
            say.accept("disconnect");
            manage().disconnect();
        }
    }

    private void singleRecord() {
        List<AssetRef> records = new ArrayList<>();
        for (AssetKind kind : List.of(CONFIGURATION, CONFIGURATION, ORGANIZATION)) {
            stage.all(kind).stream().map(Asset::ref).forEach(records::add);
            stage.psa.all(kind).stream().map(RemoteRecord::ref).forEach(records::add);
        }
        AssetRef record = any(records);
        ManageData data = manage().manageData();
        switch (random.nextInt(4)) {
            case 0 ->
                say.accept("disable " + record + ": " + data.disable(record).text());
            case 1 ->
                say.accept("sync now " + record + ": " + data.syncNow(record).text());
            default -> reconnect(record);
        }
    }

    private void reconnect(AssetRef record) {
        say.accept("reconnect " + record + ": "
                + manage().manageData().reconnect(record).text());
    }

    private void row() {
        ManageData data = manage().manageData();
        List<Row> rows = data.syncedItems().stream()
                .map(SyncedRow::row)
                .filter(row -> row.place() != null)
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        Row row = any(rows);
        switch (random.nextInt(4)) {
            case 0 -> confirm(data.previewDisconnect(row));
            case 1 -> confirm(data.previewDelete(row));
            default -> {
                say.accept("pause row " + row.name());
                data.pause(row);
            }
        }
    }

    private void deleteOrphans() {
        confirm(manage().manageData().previewDeleteOrphans(any(List.of(CONFIGURATION, ORGANIZATION)), null));
    }

    private void confirm(BulkPreview preview) {
        say.accept(preview.action() + " " + preview.target() + ", " + preview.count() + " records");
        if (random.nextInt(3) == 0) {
            meanwhile.run();
        }
        manage().manageData().confirm(preview);
    }

    private void settings() {
        switch (random.nextInt(5)) {
            case 0 -> save("two-way on", change -> change.twoWay(true));
            case 1 -> save("two-way off", change -> change.twoWay(false));
            case 2 -> {
                ConflictPolicy policy = any(List.of(ConflictPolicy.values()));
                save("conflicts " + policy, change -> change.conflicts(policy));
            }
            case 3 ->
                save(
                        "servers and workstations",
                        change -> change.configurations(c -> c.types("Server", "Workstation")));
            default -> save("servers", change -> change.configurations(c -> c.types("Server")));
        }
    }

    private void save(String what, Consumer<SettingsChange> change) {
        say.accept("settings: " + what);
        var preview = manage().preview(change);
        if (random.nextInt(4) == 0) {
            meanwhile.run();
        }
        manage().save(preview);
    }

    private RunReport approve(boolean disturbed) {
        SyncPlan plan = plan();
        if (disturbed) {
            meanwhile.run();
        }
        RunReport report = manage().approve(plan);
        say.accept("approve " + plan.held().size() + ": " + report.status() + " " + report.message());
        return report;
    }

    /** P17: looking writes nothing. */
    private SyncPlan plan() {
        int writes = stage.psa.journal().writes().size();
        List<Object> before = memory();
        SyncPlan plan = stage.engine.plan();
        assertThat(stage.psa.journal().writes()).as("P17: the PSA").hasSize(writes);
        assertThat(memory()).as("P17").isEqualTo(before);
        return plan;
    }

    private List<Object> memory() {
        return List.of(
                stage.state().pairs(new PairQuery.OfKind(CONFIGURATION), null, 10_000),
                stage.all(CONFIGURATION),
                stage.state().setup());
    }

    private void pushes() {
        for (HeldPushes held : manage().heldPushes()) {
            boolean go = random.nextBoolean();
            long count = go ? manage().approvePushes(held.actor()) : manage().discardPushes(held.actor());
            say.accept((go ? "approved " : "discarded ") + count + " pushes of " + held.actor());
        }
    }

    private void pushOnce() {
        if (random.nextInt(4) != 0) {
            return;
        }
        say.accept("push everything once");
        OneTimePushPreview preview = manage().oneTimePush().preview();
        if (random.nextBoolean()) {
            meanwhile.run();
        }
        manage().oneTimePush().confirm(preview);
    }

    // Reviews --------------------------------------------------------------------------------------------------------

    private List<ReviewItem> items() {
        ReviewQueue queue = manage().reviews();
        List<ReviewItem> items =
                new ArrayList<>(queue.page(CONFIGURATION, null, 100).items());
        items.addAll(queue.page(ORGANIZATION, null, 100).items());
        items.addAll(queue.ignored(CONFIGURATION, null, 100).items());
        return items;
    }

    private void decide() {
        List<ReviewItem> items = items();
        if (!items.isEmpty()) {
            decide(any(items));
        }
    }

    /** Of a lost create only the machine's own search decides here: a person may be wrong about it. */
    private void decide(ReviewItem item) {
        ReviewQueue queue = manage().reviews();
        if (item.question() instanceof ReviewItem.Conflict conflict) {
            Field<?> field = any(conflict.clashes()).field();
            boolean mine = random.nextBoolean();
            answer(
                    (mine ? "ours" : "theirs") + " for " + field,
                    item,
                    mine ? queue.takeLocal(item, field) : queue.takeRemote(item, field));
        } else if (item.question() instanceof ReviewItem.Ignored) {
            answer("reopen", item, queue.reopen(item));
        } else if (item.question() instanceof ReviewItem.Doubt) {
            List<Candidate> candidates = item.candidates();
            if (!candidates.isEmpty() && random.nextInt(3) == 0) {
                AssetRef other = any(candidates).record();
                answer("link with " + other, item, queue.link(item, other));
            } else if (random.nextBoolean()) {
                answer("create", item, queue.create(item));
            } else {
                answer("ignore", item, queue.ignore(item));
            }
        }
    }

    private void answer(String what, ReviewItem item, ReviewAnswer answer) {
        say.accept(what + " " + item.pair() + " ‹" + item.title() + "›: " + answer.text());
    }

    // The end --------------------------------------------------------------------------------------------------------

    /** Lets everything sync again; half of what was taken out comes back. */
    void restore() {
        if (stage.engine.mode() == Mode.DISCONNECTED) {
            manage().connect();
        }
        manage().resume();
        manage().save(manage().preview(change -> change.twoWay(true)
                .organizations(o -> o.types("Customer").statuses("Active"))
                .configurations(c -> c.types("Server", "Workstation").statuses("Active"))));
        manage().fullCheck();
        Set<AssetRef> out = new LinkedHashSet<>();
        for (AssetKind kind : List.of(ORGANIZATION, CONFIGURATION)) {
            for (DataEntry entry :
                    manage().manageData().disconnected(kind, null, 1000).entries()) {
                RemoteRef remote = entry.remote();
                if (remote != null && random.nextBoolean()) {
                    out.add(remote);
                }
            }
        }
        out.forEach(this::reconnect);
    }

    /** Decides all conflicts, lets all held pushes go and approves what a run would hold; it is a run in any case. */
    RunReport runWithoutLimits() {
        for (ReviewItem item : items()) {
            if (item.question() instanceof ReviewItem.Conflict) {
                decide(item);
            }
        }
        manage().heldPushes().forEach(held -> manage().approvePushes(held.actor()));
        RunReport report = stage.engine.run();
        return strict && report.status() == RunReport.Status.STOPPED ? approve(false) : report;
    }

    /** P10: what of a pair may not change while it is left alone, with its values on both sides. */
    Set<String> leftAlone() {
        Set<String> alone = new HashSet<>();
        for (Pair pair : stage.state().pairs(new PairQuery.LeftAlone(CONFIGURATION), null, 10_000)) {
            alone.add(pair.localRef() + " " + pair.remoteRef() + " "
                    + (pair.localRef() == null
                            ? ""
                            : stage.host.get(pair.localRef()).map(Asset::values))
                    + (pair.remoteRef() == null ? "" : stage.psa.get(pair.remoteRef())));
        }
        return alone;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
