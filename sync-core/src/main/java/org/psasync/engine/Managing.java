package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.psasync.engine.desk.Parties;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.engine.manage.ReviewQueue;
import org.psasync.engine.push.PushBrake;
import org.psasync.engine.review.Reviews;
import org.psasync.engine.run.Runner;
import org.psasync.spi.ReferenceData.PsaUser;
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
     * Returns what a settings page shows: what is known of the PSA, and the settings in force. Neither the PSA nor new
     * credentials are needed for it, and nothing is changed.
     *
     * @return empty before the integration was connected, or had a run, for the first time
     */
    public Optional<KnownPsa> knownPsa() {
        requireManager("see what settings there are");
        return KnownPsa.of(parties.state().setup(), engine.status());
    }

    /**
     * Changes settings. A run is due then; one that is going on keeps the settings it began with (SET-1, SET-2).
     *
     * @throws ConfirmationNeededException when so many records are concerned that a person has to see it first; nothing is
     *     changed
     * @throws InvalidSettingsException when something is wrong with the change; nothing is changed
     * @throws StaleStateException when somebody else saved settings at the same time; nothing is changed
     * @throws IllegalStateException when nothing is known of the PSA yet and it cannot be asked; nothing is changed. Once
     *     connected, no PSA is needed to change settings
     */
    public SyncSettings configure(Consumer<SettingsChange> change) {
        requireManager("change settings");
        return engine.answering(each -> new Configuring(each, actor).configure(change));
    }

    /**
     * Changes settings as a form shows them that was opened when the settings had a version.
     *
     * @param shown {@link SyncEngine#settingsVersion} when the form was opened
     * @throws StaleStateException when somebody saved settings since then; nothing is changed
     * @see #configure(Consumer)
     */
    public SyncSettings configure(long shown, Consumer<SettingsChange> change) {
        requireManager("change settings");
        return engine.answering(
                each -> new Configuring(each, actor).shown(shown).configure(change));
    }

    /**
     * Returns what a change would do that a form makes of settings of a version.
     *
     * @param shown {@link SyncEngine#settingsVersion} when the form was opened
     * @throws StaleStateException when somebody saved settings since then
     * @see #preview(Consumer)
     */
    public SettingsPreview preview(long shown, Consumer<SettingsChange> change) {
        requireManager("change settings");
        return engine.answering(
                each -> new Configuring(each, actor).shown(shown).preview(change));
    }

    /**
     * Returns what a change of settings would do to the records that are known, and about how long the run takes that
     * follows (SET-1, RUN-7). Nothing is changed, and nobody is held up.
     *
     * @throws InvalidSettingsException when something is wrong with the change
     * @throws IllegalStateException when nothing is known of the PSA yet and it cannot be asked
     */
    public SettingsPreview preview(Consumer<SettingsChange> change) {
        requireManager("change settings");
        return engine.answering(each -> new Configuring(each, actor).preview(change));
    }

    /**
     * Saves exactly the settings of a preview, whatever number of records it concerns; a run that is going on keeps those
     * it began with (SET-2).
     *
     * @throws PreviewExpiredException when it is older than an hour, was saved already or is of another integration, or when
     *     somebody changed the settings since or it concerns many more records by now; nothing is changed
     * @throws InvalidSettingsException when the host forbids two-way since; nothing is changed
     */
    public SyncSettings save(SettingsPreview preview) {
        requireManager("change settings");
        return engine.answering(each -> new Configuring(each, actor).save(preview));
    }

    /** Lets the next run be a full check, which reads all ids and finds what is gone (PULL-3). */
    public void fullCheck() {
        requireManager("ask for a full check");
        new Connecting(parties, connector).wantFullCheck(actor);
    }

    // Reviews --------------------------------------------------------------------------------------------------------

    /** Returns what a person must decide about records, and the decisions (MATCH-5, MERGE-5). */
    public ReviewQueue reviews() {
        requireManager("decide reviews");
        return new Reviews(engine::answering, actor.name());
    }

    /**
     * Hands people of the PSA to the host, to be invited (PSA-ALL-1). Who is not among the users of the PSA's lists, such as
     * somebody inactive or who can only use its interface, is refused, and then nobody is handed on.
     *
     * @param ticked of {@link org.psasync.spi.ReferenceData#users}; with nobody ticked nothing happens
     * @return who was handed to the host
     * @throws IllegalArgumentException when somebody is not in the list, naming everybody who is not
     * @throws IllegalStateException when the host invites nobody
     */
    public List<PsaUser> invite(Collection<PsaUser> ticked) {
        requireManager("invite users");
        return new Inviting(parties, actor).invite(ticked);
    }

    // Pausing and disconnecting --------------------------------------------------------------------------------------

    /**
     * Lets no run and no push begin until {@link #resume}; a run that is going on comes to its end (DATA-7). What is saved
     * meanwhile is kept, and pushed afterwards if it still is the local value (PUSH-9).
     *
     * @return whether anything changed; false when it is paused already
     * @throws IllegalStateException when the integration is disconnected
     */
    public boolean pause() {
        requireManager("pause the integration");
        return new Participating(parties, actor).pause();
    }

    /**
     * Ends a pause; the next run sees to what came up meanwhile.
     *
     * @return whether anything changed; false when it is not paused
     * @throws IllegalStateException when the integration is disconnected: {@link #connect} it
     */
    public boolean resume() {
        requireManager("resume the integration");
        return new Participating(parties, actor).resume();
    }

    /**
     * Cuts all links at once (DATA-6). Local records stay as they are; a run that is going on ends before its next write.
     * The links are remembered: connecting the same PSA again finds them, and then its values count (MATCH-8).
     *
     * <p>The host is shown that its records are disconnected, page by page, before this returns. If that fails or is cut
     * short, calling this again, or {@link #run}, shows it.
     *
     * @return whether anything changed; false when it is disconnected already
     */
    public boolean disconnect() {
        requireManager("disconnect the integration");
        return new Participating(parties, actor).disconnect();
    }

    // Runs -----------------------------------------------------------------------------------------------------------

    /**
     * Does what a plan showed, and nothing else; what changed since is left out and named (RUN-4).
     *
     * @throws PreviewExpiredException when the plan is of another integration; nothing is done
     */
    public RunReport apply(SyncPlan plan) {
        requireManager("apply a plan");
        return engine.using(each -> new Runner(each).apply(plan, actor.name()));
    }

    /**
     * Runs once, and does what a plan shows as held by the brakes ({@link SyncPlan#held}), whatever they say. What changed
     * since the plan was made is left out and named; whatever else is to be done is braked as always (BRAKE-1). A plan can be
     * approved until a run that does so came to its end, and for a day.
     *
     * @throws PreviewExpiredException when the plan is older than a day, was approved already or is of another integration;
     *     nothing is done
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

    /** Returns a run to be worked on in slices, at the wish of this person (RUN-7). */
    public OngoingRun begin() {
        requireManager("start a run");
        return engine.begin(actor.name());
    }

    /**
     * Stops the run that is going on, on whatever node, at the next point where everything is stored (DATA-7). The next
     * run goes on from there.
     *
     * @return whether a run is going on
     */
    public boolean cancel() {
        requireManager("cancel a run");
        return Cancelling.cancel(parties, actor);
    }

    // Data -----------------------------------------------------------------------------------------------------------

    /** Returns what this person may see and do of the integration's data (SPEC 10). */
    public ManageData manageData() {
        requireManager("manage data");
        return new ManageData(engine, parties, actor, () -> {
            if (actor.role().compareTo(engine.bulkDelete()) < 0) {
                throw new NotAllowedException(actor, "delete many records", engine.bulkDelete());
            }
        });
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
        return PushBrake.held(parties.state());
    }

    /**
     * Lets the held pushes of an actor go with the next run; returns how many records that is.
     *
     * @throws IllegalStateException when nothing is known of the PSA yet and it cannot be asked
     * @throws StaleStateException when others keep changing the records; what was let go stays so, and the call can be repeated
     *     for the rest
     */
    public long approvePushes(String ofActor) {
        requireManager("approve the pushes that are held");
        requireNonNull(ofActor, "ofActor");
        return engine.answering(each -> PushBrake.of(each, actor.name()).approve(ofActor, actor.name()));
    }

    /**
     * Forgets the held pushes of an actor: nothing is sent, and the records await confirmation. Returns how many records
     * that is, and throws what {@link #approvePushes} throws.
     */
    public long discardPushes(String ofActor) {
        requireManager("discard the pushes that are held");
        requireNonNull(ofActor, "ofActor");
        return engine.answering(each -> PushBrake.of(each, actor.name()).discard(ofActor, actor.name()));
    }

    private void requireManager(String what) {
        if (!actor.mayManage()) {
            throw new NotAllowedException(actor, what);
        }
    }
}
