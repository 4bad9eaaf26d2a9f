package org.psasync.jdbc;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.psasync.engine.Actor;
import org.psasync.engine.OneTimePush;
import org.psasync.engine.OneTimePushPreview;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalRef;

/** The process that is killed. It says {@code ready}, then what it got done, then {@code done}. */
final class Victim {
    private Victim() {}

    /** What it needs to know, one argument each: database, port of the host, minutes ahead, credentials, task, its words. */
    public static void main(String[] given) throws IOException {
        List<String> words = List.of(given).subList(5, given.length);
        PrintWriter voice = Site.voice();
        try (Site site = new Site(
                given[0],
                credentials(given[3]),
                HostWire.to(Integer.parseInt(given[1])).repository(),
                Duration.ofMinutes(Long.parseLong(given[2])))) {
            voice.println("ready");
            switch (given[4]) {
                case "run" ->
                    voice.println(site.engine.run().print().lines().findFirst().orElse(""));
                case "push" -> {
                    for (String id : words) {
                        voice.println("saved " + id + " "
                                + site.engine
                                        .saved(LocalRef.of(AssetKind.CONFIGURATION, id))
                                        .text());
                    }
                }
                default -> voice.println(pushEverything(site, Path.of(words.get(0))));
            }
        }
        voice.println("done");
        System.exit(0);
    }

    private static Map<String, String> credentials(String text) {
        Map<String, String> result = new java.util.HashMap<>();
        for (String each : text.split(";", -1)) {
            int end = each.indexOf('=');
            result.put(each.substring(0, end), each.substring(end + 1));
        }
        return result;
    }

    /** A preview is kept before it is confirmed, so that another process can confirm it to its end. */
    private static String pushEverything(Site site, Path kept) throws IOException {
        OneTimePush push = site.engine.as(Actor.manager("mia")).oneTimePush();
        if (!Files.exists(kept)) {
            Path draft = kept.resolveSibling(kept.getFileName() + ".draft");
            Files.writeString(draft, push.preview().toText());
            Files.move(draft, kept, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            return push.confirm(OneTimePushPreview.parse(Files.readString(kept)))
                    .toString();
        } catch (PreviewExpiredException covered) {
            return "covered: " + covered.getMessage();
        }
    }
}
