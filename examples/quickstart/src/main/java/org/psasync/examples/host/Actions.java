package org.psasync.examples.host;

import java.util.List;
import org.psasync.engine.Actor;
import org.psasync.engine.HeldPushes;
import org.psasync.engine.Managing;
import org.psasync.engine.OneTimePush;
import org.psasync.engine.OneTimePushPreview;
import org.psasync.engine.OneTimePushReport;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.schedule.SyncScheduler;

/** The buttons of an integration. */
final class Actions {
    private final SyncEngine engine;
    private final Actor person;

    Actions(SyncEngine engine, Actor person) {
        this.engine = engine;
        this.person = person;
    }

    // guide: runs
    void syncNow(SyncScheduler scheduler) {
        scheduler.runNow(engine.integration(), person); // returns at once
    }

    boolean cancel(SyncScheduler scheduler) {
        return scheduler.cancel(engine.integration(), person);
    }

    void lookForWhatIsGone(SyncScheduler scheduler) {
        engine.as(person).fullCheck();
        scheduler.runNow(engine.integration(), person);
    }
    // guide: end

    // guide: participation
    void pause() {
        engine.as(person).pause();
    }

    void resume() {
        engine.as(person).resume();
    }

    void disconnect() {
        engine.as(person).disconnect(); // connect() finds the links again
    }
    // guide: end

    // guide: plan
    String plan() {
        SyncPlan plan = engine.plan();
        System.out.println(plan.print());
        return plan.toText(); // keep it where you like
    }

    RunReport applyLater(String kept) {
        return engine.as(person).apply(SyncPlan.parse(kept));
    }
    // guide: end

    // guide: brakes
    SyncPlan whatIsHeld() {
        return engine.plan(); // its brakes() say what is held and why, its held() name the records
    }

    RunReport approve(SyncPlan shown) {
        return engine.as(person).approve(shown);
    }
    // guide: end

    // guide: held-pushes
    void goThroughHeldPushes(List<String> trusted) {
        Managing managing = engine.as(person);
        for (HeldPushes held : managing.heldPushes()) {
            if (trusted.contains(held.actor())) {
                managing.approvePushes(held.actor());
            } else {
                managing.discardPushes(held.actor());
            }
        }
    }
    // guide: end

    // guide: one-time-push
    OneTimePushPreview previewEverything() {
        OneTimePushPreview preview = engine.as(person).oneTimePush().preview();
        System.out.println(preview.print());
        return preview;
    }

    List<OneTimePushReport.Result> pushEverything(OneTimePushPreview shown) {
        OneTimePush push = engine.as(person).oneTimePush();
        OneTimePushReport report = push.confirm(shown); // leftOut() names what changed since
        System.out.println(report.run().print());
        return push.results(shown, 0, 100);
    }
    // guide: end
}
