package org.psasync.examples.host;

import java.util.ArrayList;
import java.util.List;
import org.psasync.engine.Actor;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.manage.ReviewAnswer;
import org.psasync.engine.manage.ReviewChoice;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewPreview;
import org.psasync.engine.manage.ReviewQueue;
import org.psasync.engine.manage.ReviewsDecided;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;

/** The review queue. */
final class ReviewPages {
    private final ReviewQueue reviews;

    ReviewPages(SyncEngine engine, Actor person) {
        this.reviews = engine.as(person).reviews();
    }

    // guide: reviews
    List<ReviewItem> open(AssetKind kind) {
        return reviews.page(kind, null, 100).items(); // the page's next() goes where null stands
    }

    List<String> show(ReviewItem item) {
        List<String> lines = new ArrayList<>();
        lines.add(item.title() + ": " + item.reason());
        item.candidates().forEach(each -> lines.add("May be " + each.title() + ", because " + each.why()));
        reviews.suggestions(item).forEach(each -> lines.add("Similar: " + each.title() + " " + each.score()));
        if (item.question() instanceof ReviewItem.Conflict conflict) {
            conflict.clashes()
                    .forEach(each -> lines.add(each.field() + ": " + each.local() + " or " + each.remote() + "?"));
        }
        return lines;
    }
    // guide: end

    // guide: decide
    ReviewAnswer link(ReviewItem item, AssetRef candidate) {
        return reviews.link(item, candidate);
    }

    ReviewAnswer makeNew(ReviewItem item) {
        return reviews.create(item);
    }

    ReviewAnswer leaveAlone(ReviewItem item) {
        return reviews.ignore(item);
    }

    List<ReviewItem> leftAlone(AssetKind kind) {
        return reviews.ignored(kind, null, 100).items();
    }

    ReviewAnswer takeUpAgain(ReviewItem item) {
        return reviews.reopen(item);
    }

    ReviewAnswer takeOurs(ReviewItem item, Field<?> field) {
        return reviews.takeLocal(item, field);
    }

    ReviewAnswer takeTheirs(ReviewItem item, Field<?> field) {
        return reviews.takeRemote(item, field);
    }
    // guide: end

    // guide: decide-all
    ReviewPreview previewAll(ReviewItem likeThis, ReviewChoice choice) {
        return reviews.preview(likeThis.kind(), likeThis.reason(), choice);
    }

    String decideAll(ReviewPreview shown) {
        ReviewsDecided result = reviews.apply(shown);
        return result.refusal().isEmpty() ? "Decided: " + result.decided() : result.refusal();
    }
    // guide: end
}
