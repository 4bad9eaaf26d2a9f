package org.psasync.engine.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.psasync.engine.manage.ReviewChoice;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewPreview;
import org.psasync.model.AssetKind;

/**
 * The form in which the preview of a decision about many reviews is kept, so that another process can apply it: a line that
 * names form and version, a line for each thing in it, and one with the digest of all lines before.
 */
public final class ReviewPreviewText {
    private static final KeptText FORM = new KeptText("review preview", "psa-sync review preview 1");

    private ReviewPreviewText() {}

    /** Returns the text of a preview. */
    public static String of(ReviewPreview preview) {
        StringBuilder text = FORM.begin();
        KeptText.append(
                text,
                new TextLine()
                        .add("preview")
                        .add(preview.integration())
                        .add(preview.kind())
                        .add(preview.reason())
                        .add(preview.choice())
                        .add(preview.count())
                        .add(preview.left())
                        .add(preview.digest())
                        .add(preview.madeAt()));
        for (ReviewItem item : preview.examples()) {
            TextLine line = new TextLine().add("example");
            ReviewItemText.write(line, item);
            KeptText.append(text, line);
        }
        return FORM.ended(text);
    }

    /**
     * Returns the preview of a text.
     *
     * @throws IllegalArgumentException when the text is not one of this version, is not whole, or was changed
     */
    public static ReviewPreview parse(String text) {
        Parsed parsed = new Parsed();
        FORM.readEnded(text, parsed::take);
        return parsed.preview();
    }

    /** What was read so far. */
    private static final class Parsed {
        private String integration = "";
        private AssetKind kind = AssetKind.ORGANIZATION;
        private String reason = "";
        private ReviewChoice choice = ReviewChoice.IGNORE;
        private long count;
        private long left;
        private String digest = "";
        private Instant madeAt = Instant.EPOCH;
        private final List<ReviewItem> examples = new ArrayList<>();

        void take(TextLine.Reader line) {
            String what = line.next();
            switch (what) {
                case "preview" -> {
                    integration = line.next();
                    kind = line.next(AssetKind.class);
                    reason = line.next();
                    choice = line.next(ReviewChoice.class);
                    count = Long.parseLong(line.next());
                    left = Long.parseLong(line.next());
                    digest = line.next();
                    madeAt = Instant.parse(line.next());
                }
                case "example" -> examples.add(ReviewItemText.read(line));
                default -> throw new IllegalArgumentException("it begins with \"" + what + "\"");
            }
        }

        ReviewPreview preview() {
            return new ReviewPreview(integration, kind, reason, choice, count, left, examples, digest, madeAt);
        }
    }
}
