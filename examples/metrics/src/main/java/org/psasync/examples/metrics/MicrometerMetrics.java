package org.psasync.examples.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.psasync.engine.SyncMetrics;

/**
 * Hands the figures of engines and schedulers to a registry of Micrometer's. Safe for use by several threads; one is
 * enough for all engines.
 *
 * <pre>{@code
 * SyncMetrics metrics = new MicrometerMetrics(registry);
 * SyncEngine.builder().metrics(metrics)…
 * SyncScheduler.builder(executor).metrics(metrics)…
 * }</pre>
 */
public final class MicrometerMetrics implements SyncMetrics {
    private final MeterRegistry registry;
    private final Map<Named, AtomicReference<Double>> gauges = new ConcurrentHashMap<>();

    private record Named(String name, Map<String, String> tags) {}

    /** Makes metrics that go to this registry. */
    public MicrometerMetrics(MeterRegistry registry) {
        this.registry = requireNonNull(registry, "registry");
    }

    @Override
    public void count(String name, long amount, Map<String, String> tags) {
        registry.counter(name, tags(tags)).increment((double) amount);
    }

    @Override
    public void time(String name, Duration time, Map<String, String> tags) {
        registry.timer(name, tags(tags)).record(time);
    }

    /** A registry asks for a gauge's value when it wants it, so the last one is kept. */
    @Override
    public void gauge(String name, double value, Map<String, String> tags) {
        gauges.computeIfAbsent(new Named(name, Map.copyOf(tags)), this::register)
                .set(value);
    }

    private AtomicReference<Double> register(Named named) {
        AtomicReference<Double> value = new AtomicReference<>(0.0);
        Gauge.builder(named.name(), value::get).tags(tags(named.tags())).register(registry);
        return value;
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> Tag.of(tag.getKey(), tag.getValue()))
                .toList();
    }
}
