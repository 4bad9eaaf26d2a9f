package org.psasync.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Collects a body, and gives up as soon as it is larger than allowed, whatever its announced length. */
final class CappedBody implements BodySubscriber<byte[]> {
    /** The most that is set aside because a length was announced, which may be wrong. */
    private static final int FIRST_BYTES = 1 << 20;

    private final int largestBytes;
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private byte[] bytes;
    private int size;
    private volatile Flow.@Nullable Subscription subscription;

    /**
     * @param announcedBytes the length that the head announces; 0 when it does not
     * @param timeLeft after which the body is given up
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what follows the result is only done beside it
    CappedBody(int largestBytes, long announcedBytes, Duration timeLeft) {
        this.largestBytes = largestBytes;
        this.bytes = new byte[(int) Math.max(0, Math.min(announcedBytes, Math.min(largestBytes, FIRST_BYTES)))];
        // Whoever waits for the body hears of the time-out before the connection breaks because of it.
        result.orTimeout(Math.max(1, timeLeft.toMillis()), TimeUnit.MILLISECONDS)
                .whenComplete((whole, failure) -> {
                    if (failure instanceof TimeoutException) {
                        cancel();
                    }
                });
    }

    /** The body has more bytes than allowed. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;

        TooLarge(int largestBytes) {
            super("the answer is larger than " + largestBytes + " bytes");
        }
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return result;
    }

    private void cancel() {
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        newSubscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (result.isDone()) {
            return;
        }
        for (ByteBuffer buffer : buffers) {
            int length = buffer.remaining();
            if (length > largestBytes - size) {
                bytes = new byte[0];
                cancel();
                result.completeExceptionally(new TooLarge(largestBytes));
                return;
            }
            if (length > bytes.length - size) {
                long doubled = Math.max(2L * bytes.length, (long) size + length);
                bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, largestBytes));
            }
            buffer.get(bytes, size, length);
            size += length;
        }
    }

    @Override
    public void onError(Throwable failure) {
        bytes = new byte[0];
        result.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        result.complete(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
    }
}
