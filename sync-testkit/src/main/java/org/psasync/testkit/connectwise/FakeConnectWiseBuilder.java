package org.psasync.testkit.connectwise;

import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FakeConnectWise} is to hold, and how it is reached; a small tenant unless told otherwise.
 *
 * <p>Each setter returns the builder itself. Not for use by several threads.
 */
public final class FakeConnectWiseBuilder {
    InstantSource clock = InstantSource.system();
    Population.Size population = Population.Size.SMALL;
    String codebase = "v2025_1/";

    @Nullable
    ScheduledExecutorService timer;

    boolean tls;
    int port;

    FakeConnectWiseBuilder() {}

    /** The server's clock; the system's by default. */
    public FakeConnectWiseBuilder clock(InstantSource source) {
        clock = source;
        return this;
    }

    /** Chooses names and values: the same seed and sizes give the same records. */
    public FakeConnectWiseBuilder seed(long seed) {
        population = population.withSeed(seed);
        return this;
    }

    public FakeConnectWiseBuilder companies(int count) {
        population = population.withCompanies(count);
        return this;
    }

    public FakeConnectWiseBuilder sitesPerCompany(int count) {
        population = population.withSitesPerCompany(count);
        return this;
    }

    public FakeConnectWiseBuilder contacts(int count) {
        population = population.withContacts(count);
        return this;
    }

    public FakeConnectWiseBuilder configurations(int count) {
        population = population.withConfigurations(count);
        return this;
    }

    public FakeConnectWiseBuilder tickets(int count) {
        population = population.withTickets(count);
        return this;
    }

    /** The announced code base, with a slash at the end; {@code v4_6_release/} makes it a self-hosted system. */
    public FakeConnectWiseBuilder codebase(String announced) {
        codebase = announced;
        return this;
    }

    /** Whether the server speaks TLS, with a certificate of its own for 127.0.0.1 and localhost. */
    public FakeConnectWiseBuilder tls(boolean wanted) {
        tls = wanted;
        return this;
    }

    /** Delivers callbacks by itself, on that timer; without one they wait for {@link Callbacks#deliver()}. */
    public FakeConnectWiseBuilder callbackTimer(ScheduledExecutorService executor) {
        timer = executor;
        return this;
    }

    /** The port; 0 takes a free one. */
    public FakeConnectWiseBuilder port(int number) {
        port = number;
        return this;
    }

    /** Fills the PSA and starts the server. */
    public FakeConnectWise start() {
        return new FakeConnectWise(this);
    }
}
