package org.psasync.engine.text;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewItem.Clash;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.store.Candidate;

/** Writes a review as words of a line, and reads it again. */
final class ReviewItemText {
    private ReviewItemText() {}

    static void write(TextLine line, ReviewItem item) {
        line.add(item.pair())
                .add(item.kind())
                .add(item.local() == null ? null : item.local().idText())
                .add(item.remote() == null ? null : item.remote().idText())
                .add(item.title())
                .add(item.since())
                .add(item.stamp());
        ReviewItem.Question question = item.question();
        if (question instanceof ReviewItem.Doubt doubt) {
            line.add("doubt").add(doubt.reason());
            writeCandidates(line, doubt.candidates());
        } else if (question instanceof ReviewItem.LostCreate lost) {
            line.add("lost").add(lost.reason());
            writeCandidates(line, lost.candidates());
        } else if (question instanceof ReviewItem.Conflict conflict) {
            line.add("conflict").add(conflict.reason()).add(conflict.clashes().size());
            conflict.clashes().forEach(clash -> write(line, clash));
        } else {
            ReviewItem.Ignored ignored = (ReviewItem.Ignored) question;
            line.add("ignored").add(ignored.reason()).add(ignored.actor()).add(ignored.at());
            line.add(ignored.about().size());
            ignored.about().forEach(record -> ValueText.write(line, (Object) record));
        }
    }

    private static void writeCandidates(TextLine line, List<Candidate> candidates) {
        line.add(candidates.size());
        for (Candidate candidate : candidates) {
            ValueText.write(line, (Object) candidate.record());
            line.add(candidate.title()).add(candidate.why());
        }
    }

    private static void write(TextLine line, Clash clash) {
        ValueText.write(line, clash.field());
        ValueText.write(line, clash.local());
        ValueText.write(line, clash.remote());
        line.add(clash.together().size());
        clash.together().forEach(field -> ValueText.write(line, field));
    }

    static ReviewItem read(TextLine.Reader line) {
        PairId pair = PairId.parse(line.next());
        AssetKind kind = line.next(AssetKind.class);
        String local = line.nextOrNull();
        String remote = line.nextOrNull();
        String title = line.next();
        String since = line.nextOrNull();
        String stamp = line.next();
        return new ReviewItem(
                pair,
                kind,
                local == null ? null : LocalRef.of(kind, local),
                remote == null ? null : RemoteRef.of(kind, remote),
                title,
                readQuestion(line),
                since == null ? null : Instant.parse(since),
                stamp);
    }

    private static ReviewItem.Question readQuestion(TextLine.Reader line) {
        String what = line.next();
        return switch (what) {
            case "doubt" -> new ReviewItem.Doubt(line.next(), readList(line, ReviewItemText::readCandidate));
            case "lost" -> new ReviewItem.LostCreate(line.next(), readList(line, ReviewItemText::readCandidate));
            case "conflict" -> new ReviewItem.Conflict(line.next(), readList(line, ReviewItemText::readClash));
            case "ignored" ->
                new ReviewItem.Ignored(
                        line.next(),
                        line.next(),
                        Instant.parse(line.next()),
                        readList(line, ReviewItemText::readRecord));
            default -> throw new IllegalArgumentException("There is no question \"" + what + "\"");
        };
    }

    private static <T> List<T> readList(TextLine.Reader line, Function<TextLine.Reader, T> element) {
        int size = line.nextNumber();
        List<T> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(element.apply(line));
        }
        return list;
    }

    private static AssetRef readRecord(TextLine.Reader line) {
        return (AssetRef) requireNonNull(ValueText.read(line), "a record is missing");
    }

    private static Candidate readCandidate(TextLine.Reader line) {
        return new Candidate(readRecord(line), line.next(), line.next());
    }

    private static Clash readClash(TextLine.Reader line) {
        Field<?> field = ValueText.readField(line);
        @Nullable Object local = ValueText.read(line);
        @Nullable Object remote = ValueText.read(line);
        return new Clash(field, local, remote, readList(line, ValueText::readField));
    }
}
