package org.psasync.http;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The body of a request, which knows whether it was asked for, and can be withheld.
 *
 * <p>The client asks for the body when the head is on its way, at the earliest. As long as it has not, the server cannot have
 * carried the request out, since the length in the head announces a body that never came. Safe for use by several threads.
 */
final class TrackedBody implements HttpRequest.BodyPublisher {
    private final HttpRequest.BodyPublisher body;
    private final boolean empty;
    private final AtomicReference<State> state = new AtomicReference<>(State.FRESH);

    private enum State {
        FRESH,
        ASKED_FOR,
        WITHHELD
    }

    TrackedBody(byte[] bytes) {
        this.body = HttpRequest.BodyPublishers.ofByteArray(bytes);
        this.empty = bytes.length == 0;
    }

    /**
     * Withholds the body of a request that was given up. Returns whether nothing of it was sent or ever will be, which is
     * certain; false, as for a request without a body, proves nothing.
     */
    static boolean withhold(HttpRequest request) {
        return request.bodyPublisher().orElse(null) instanceof TrackedBody tracked
                && !tracked.empty
                && tracked.became(State.WITHHELD);
    }

    private boolean became(State wanted) {
        return state.compareAndSet(State.FRESH, wanted) || state.get() == wanted;
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        if (became(State.ASKED_FOR)) {
            body.subscribe(subscriber);
        } else {
            subscriber.onSubscribe(new Withheld());
            subscriber.onError(new IOException("the request was given up before its body was sent"));
        }
    }

    private static final class Withheld implements Flow.Subscription {
        @Override
        public void request(long n) {
            // an error follows, and nothing else
        }

        @Override
        public void cancel() {
            // nothing is under way
        }
    }
}
