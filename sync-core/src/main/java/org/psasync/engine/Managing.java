package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Consumer;
import org.psasync.engine.run.Parties;
import org.psasync.engine.run.PushBrake;
import org.psasync.engine.run.Runner;
import org.psasync.store.StaleStateException;

/**
 * What a person does with an integration; made by {@link SyncEngine#as}. Whether the person may is asked here and nowhere
 * else: who may not is refused with {@link NotAllowedException}, and nothing happens (DATA-8).
 *
 * <p>Safe for use by several threads.
 */
public final class Managing {
    private final SyncEngine engine;
    private final Parties parties;
    private final ConnectorHolder connector;
    private final Actor actor;

    Managing(SyncEngine engine, Parties parties, ConnectorHolder connector, Actor actor) {
        this.engine = engine;
        this.parties = parties;
        this.connector = connector;
        this.actor = actor;
    }

    // Setting up -----------------------------------------------------------------------------------------------------

    /**
     * Checks the credentials and reads what a settings page needs (CONN-1). Opens the connector anew, so that
     * replaced credentials come into force (CONN-3); a refusal leaves everything as it was.
     */
    public Connection connect() {
        requireManager("connect the integration");
        return engine.using(each -> new Connecting(each, connector).connect(actor));
    }

    /**
     * Changes settings.
     *
     * @throws InvalidSettingsException when something is wrong with the change; nothing is changed
     * @throws StaleStateException when somebody else saved settings at the same time; nothing is changed
     */
    public SyncSettings configure(Consumer<SettingsChange> change) {
        requireManager("change settings");
        return engine.using(each -> new Connecting(each, connector).configure(actor, change));
    }

    /** Lets the next run be a full check, which reads all ids and finds what is gone (PULL-3). */
    public void fullCheck() {
        requireManager("ask for a full check");
        new Connecting(parties, connector).wantFullCheck();
    }

    // Runs -----------------------------------------------------------------------------------------------------------

    /** Does what a plan showed, and nothing else; what changed since is left out and named (RUN-4). */
    public RunReport apply(SyncPlan plan) {
        requireManager("apply a plan");
        return engine.using(each -> new Runner(each).apply(plan, actor.name()));
    }

    /**
     * Runs once, and does what a plan shows as held by the brakes ({@link SyncPlan#held}), whatever they say. What changed
     * since the plan was made is left out and named; whatever else is to be done is braked as always (BRAKE-1).
     */
    public RunReport approve(SyncPlan plan) {
        requireManager("approve what the brakes hold");
        return engine.using(each -> new Runner(each).approve(plan, actor.name()));
    }

    /** Runs once, at the wish of this person (DATA-6). */
    public RunReport run() {
        requireManager("start a run");
        return engine.using(each -> new Runner(each).run(actor.name()));
    }

    /** Returns what pushes all local records once, after a preview (ALL-1). */
    public OneTimePush oneTimePush() {
        requireManager("push everything once");
        return new OneTimePush(engine, actor);
    }

    // Held pushes ----------------------------------------------------------------------------------------------------

    /** Returns the saves that wait because one actor wrote too much to the PSA within an hour, by actor (BRAKE-3). */
    public List<HeldPushes> heldPushes() {
        requireManager("see the pushes that are held");
        return engine.using(each -> PushBrake.of(each, actor.name()).held());
    }

    /** Lets the held pushes of an actor go with the next run; returns how many records that is. */
    public long approvePushes(String ofActor) {
        requireManager("approve the pushes that are held");
        requireNonNull(ofActor, "ofActor");
        return engine.using(each -> PushBrake.of(each, actor.name()).approve(ofActor, actor.name()));
    }

    /**
     * Forgets the held pushes of an actor: nothing is sent, and the records await confirmation. Returns how many records
     * that is.
     */
    public long discardPushes(String ofActor) {
        requireManager("discard the pushes that are held");
        requireNonNull(ofActor, "ofActor");
        return engine.using(each -> PushBrake.of(each, actor.name()).discard(ofActor, actor.name()));
    }

    private void requireManager(String what) {
        if (!actor.mayManage()) {
            throw new NotAllowedException(actor, what);
        }
    }
}
