package org.psasync.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SAFE-1: what can be known of a write that failed")
class TrackedBodyTest {
    private static HttpRequest request(BodyPublisher body) {
        return HttpRequest.newBuilder(URI.create("https://psa.example.com/"))
                .method("POST", body)
                .build();
    }

    @Test
    @DisplayName("a body that was asked for may have been sent")
    void aBodyThatWasAskedForMayHaveBeenSent() {
        TrackedBody body = new TrackedBody("{}".getBytes(StandardCharsets.UTF_8));
        assertThat(body.contentLength()).isEqualTo(2);

        HttpResponse.BodySubscriber<String> subscriber = HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
        body.subscribe(new Adapter(subscriber));
        assertThat(subscriber.getBody().toCompletableFuture().join()).isEqualTo("{}");
        assertThat(TrackedBody.withhold(request(body))).isFalse();
    }

    @Test
    @DisplayName("a body that was withheld is not handed out any more, however late it is asked for")
    void aWithheldBodyIsNeverSent() {
        TrackedBody body = new TrackedBody("{}".getBytes(StandardCharsets.UTF_8));
        assertThat(TrackedBody.withhold(request(body))).isTrue();
        HttpResponse.BodySubscriber<String> subscriber = HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
        body.subscribe(new Adapter(subscriber));
        assertThat(subscriber.getBody().toCompletableFuture()).isCompletedExceptionally();
        assertThat(TrackedBody.withhold(request(body))).isTrue();
    }

    @Test
    @DisplayName("without a body nothing can be known")
    void withoutABodyNothingCanBeKnown() {
        assertThat(TrackedBody.withhold(request(new TrackedBody(new byte[0])))).isFalse();
        assertThat(TrackedBody.withhold(request(HttpRequest.BodyPublishers.noBody())))
                .isFalse();
    }

    /** Hands single buffers on as lists of one. */
    private record Adapter(HttpResponse.BodySubscriber<String> to) implements Flow.Subscriber<ByteBuffer> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            to.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer buffer) {
            to.onNext(List.of(buffer));
        }

        @Override
        public void onError(Throwable failure) {
            to.onError(failure);
        }

        @Override
        public void onComplete() {
            to.onComplete();
        }
    }
}
