package org.psasync.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteRef;
import org.psasync.spi.Webhook;
import org.psasync.spi.WebhookRequest;

/** The requests by which a fake PSA tells its subscribers of changes: a secret in a header, one record a line. */
final class FakeHooks {
    private static final String HEADER = "X-Fake-Secret";

    private final String secret;

    FakeHooks(String secret) {
        this.secret = secret;
    }

    WebhookRequest request(RemoteRef... refs) {
        StringBuilder body = new StringBuilder();
        for (RemoteRef ref : refs) {
            body.append(ref.kind()).append(' ').append(ref.id()).append('\n');
        }
        return new WebhookRequest(
                "", Map.of(HEADER, List.of(secret)), body.toString().getBytes(StandardCharsets.UTF_8));
    }

    Webhook translate(WebhookRequest request) {
        if (!request.header(HEADER).map(secret::equals).orElse(false)) {
            return new Webhook.Refused("The secret is missing or wrong");
        }
        List<RemoteRef> refs = new ArrayList<>();
        for (String line : new String(request.body(), StandardCharsets.UTF_8)
                .lines()
                .filter(each -> !each.isBlank())
                .toList()) {
            int blank = line.indexOf(' ');
            refs.add(RemoteRef.of(AssetKind.valueOf(line.substring(0, blank)), line.substring(blank + 1)));
        }
        return new Webhook.Hints(refs);
    }
}
