package org.psasync.engine.review;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Parties;
import org.psasync.engine.manage.ReviewAnswer;
import org.psasync.engine.manage.ReviewChoice;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewPage;
import org.psasync.engine.manage.ReviewPreview;
import org.psasync.engine.manage.ReviewQueue;
import org.psasync.engine.manage.ReviewsDecided;
import org.psasync.engine.manage.Suggestion;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Setup;
import org.psasync.store.Trouble.Side;

/** The review queue of one integration for one person, who was found to be allowed to decide. */
public final class Reviews implements ReviewQueue {
    private final Operations operations;
    private final String actor;

    /**
     * How an operation gets what it works with; the connector stays open until it is done. A side that has to be asked and
     * does not answer comes out as {@link IllegalStateException}.
     */
    public interface Operations {
        /** Does something. */
        <R> R using(Function<Parties, R> work);
    }

    /** Makes the queue for a person. */
    public Reviews(Operations operations, String actor) {
        this.operations = operations;
        this.actor = actor;
    }

    /** What one operation works with. */
    private record Table(Desk desk, String integration, ReviewDecisions doubts) {}

    /** What there is to decide can be seen even while the connector cannot be opened. */
    private <R> R listing(BiFunction<Parties, ReviewListing, R> work) {
        return operations.using(parties -> {
            Setup setup = parties.state().setup();
            return work.apply(parties, new ReviewListing(parties.state(), parties.assets(setup), setup));
        });
    }

    /** With the share of the PSA's limits that is kept for pushes: a person waits for it. */
    private <R> R at(Function<Table, R> work) {
        return operations.using(parties -> {
            Desk pushDesk = parties.pushDesk(actor);
            // Under a name of its own in the log: what a manager decides is no save of the manager's (BRAKE-3).
            Desk desk = pushDesk.of(pushDesk.name());
            return work.apply(new Table(desk, parties.integration(), new ReviewDecisions(parties, desk, actor)));
        });
    }

    @Override
    public ReviewPage page(AssetKind kind, @Nullable PairId after, int limit) {
        return list(new PairQuery.InReview(kind), kind, after, limit);
    }

    @Override
    public ReviewPage ignored(AssetKind kind, @Nullable PairId after, int limit) {
        return list(new PairQuery.Ignored(kind), kind, after, limit);
    }

    private ReviewPage list(PairQuery query, AssetKind kind, @Nullable PairId after, int limit) {
        if (limit < 1 || limit > Desk.PAGE) {
            throw new IllegalArgumentException("The limit must be from 1 to " + Desk.PAGE + ": " + limit);
        }
        return listing((parties, listing) -> listing.page(query, kind, after, limit));
    }

    @Override
    public Optional<ReviewItem> item(AssetRef record) {
        requireNonNull(record, "record");
        return listing((parties, listing) -> {
            Optional<Pair> pair = record instanceof LocalRef local
                    ? parties.state().byLocal(local)
                    : parties.state().byRemote((RemoteRef) record);
            return pair.flatMap(listing::item);
        });
    }

    @Override
    public List<Suggestion> suggestions(ReviewItem item) {
        return at(table -> new NearMisses(table.desk()).of(item));
    }

    @Override
    public ReviewAnswer link(ReviewItem item, AssetRef other) {
        requireNonNull(other, "other");
        return at(table -> new ReviewLinks(table.desk(), actor, table.doubts()).link(item, other));
    }

    @Override
    public ReviewAnswer create(ReviewItem item) {
        return at(table -> table.doubts().create(item));
    }

    @Override
    public ReviewAnswer ignore(ReviewItem item) {
        return at(table -> table.doubts().ignore(item));
    }

    @Override
    public ReviewAnswer reopen(ReviewItem item) {
        return at(table -> table.doubts().reopen(item));
    }

    @Override
    public ReviewAnswer takeLocal(ReviewItem item, Field<?> field) {
        return at(table -> conflicts(table).take(item, List.of(field), Side.HOST));
    }

    @Override
    public ReviewAnswer takeRemote(ReviewItem item, Field<?> field) {
        return at(table -> conflicts(table).take(item, List.of(field), Side.PSA));
    }

    @Override
    public ReviewPreview preview(AssetKind kind, String reason, ReviewChoice choice) {
        requireNonNull(reason, "reason");
        return at(table -> bulk(table).preview(kind, reason, choice));
    }

    @Override
    public ReviewsDecided apply(ReviewPreview preview) {
        return at(table -> bulk(table).apply(preview));
    }

    private ConflictDecisions conflicts(Table table) {
        return new ConflictDecisions(table.desk(), actor, table.doubts());
    }

    private ReviewBulk bulk(Table table) {
        return new ReviewBulk(table.desk(), table.integration(), actor, table.doubts());
    }
}
