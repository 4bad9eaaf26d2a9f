package org.psasync.http;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/**
 * The body of a request, which knows whether it was asked for.
 *
 * <p>The client asks for the body when the head is on its way, at the earliest. As long as it has not, the server cannot have
 * carried the request out, since the length in the head announces a body that never came.
 */
final class TrackedBody implements HttpRequest.BodyPublisher {
    private final HttpRequest.BodyPublisher body;
    private final boolean empty;
    private volatile boolean asked;

    TrackedBody(byte[] bytes) {
        this.body = HttpRequest.BodyPublishers.ofByteArray(bytes);
        this.empty = bytes.length == 0;
    }

    /** Returns whether the body is not empty and nothing of it was ever sent, which is certain; false proves nothing. */
    static boolean surelyNotSent(HttpRequest request) {
        return request.bodyPublisher().orElse(null) instanceof TrackedBody tracked && !tracked.empty && !tracked.asked;
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        asked = true;
        body.subscribe(subscriber);
    }
}
