package org.psasync.benchmarks;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.psasync.engine.Actor;
import org.psasync.engine.PushResult;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Edit;
import org.psasync.model.FieldValues;
import org.psasync.model.Origin;

/** A push of one edit, against a bare GET and PATCH of the same record. */
final class OnePush {
    /** So many edits make the compiler treat the whole path as hot. */
    private static final int WARM_UP = 5000;

    private static final int EDITS_PER_HOUR = 100;

    private final FakeProcess fake;
    private final FirstPull pulls;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    OnePush(FakeProcess fake, FirstPull pulls) {
        this.fake = fake;
        this.pulls = pulls;
    }

    void measure(Table table, int edits) throws IOException, InterruptedException {
        try (FirstPull.Site site = pulls.new Site()) {
            site.run();
            site.engine
                    .as(Actor.manager("mia"))
                    .configure(settings -> settings.twoWay(true).pushesPerHour(1_000_000));
            site.run();
            List<Asset> assets = site.host.all(AssetKind.CONFIGURATION);
            double[] pushes = new double[edits];
            double[] bare = new double[edits];
            for (int i = -WARM_UP; i < edits; i++) {
                if (i % EDITS_PER_HOUR == 0) {
                    site.clock.skipAnHour();
                }
                pulls.forgetRequests();
                double push = push(site, assets.get(i + WARM_UP), "S-" + i);
                double same = bare(pulls.requests());
                if (i >= 0) {
                    pushes[i] = push;
                    bare[i] = same;
                }
            }
            table.fact("push of one edit: edits, in a tenant of configurations", edits + ", " + fake.configurations());
            table.ratio("push of one edit : bare GET and PATCH (medians)", median(pushes) / median(bare), 1.3);
        }
    }

    private static double push(FirstPull.Site site, Asset asset, String serial) {
        FieldValues change = FieldValues.empty(AssetKind.CONFIGURATION).with(ConfigurationFields.SERIAL_NUMBER, serial);
        site.host.save(
                asset.ref(),
                change,
                new Edit(Origin.USER, "ursula", InstantSource.system().instant()));
        long start = System.nanoTime();
        PushResult result = site.engine.saved(asset.ref());
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!(result instanceof PushResult.Pushed)) {
            throw new IllegalStateException(result.text());
        }
        return seconds;
    }

    /** Sends the same requests once more. */
    private double bare(List<HttpRequest> requests) throws IOException, InterruptedException {
        long start = System.nanoTime();
        for (HttpRequest request : requests) {
            client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
