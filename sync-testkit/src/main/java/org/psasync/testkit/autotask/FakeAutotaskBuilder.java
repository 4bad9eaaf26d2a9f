package org.psasync.testkit.autotask;

import java.time.InstantSource;

/**
 * What a {@link FakeAutotask} is to hold, and how it is reached; a small tenant unless told otherwise.
 *
 * <p>Each setter returns the builder itself. Not for use by several threads.
 */
public final class FakeAutotaskBuilder {
    InstantSource clock = InstantSource.system();
    int port;
    private int companies = 20;
    private int locationsPerCompany = 2;
    private int contacts = 40;
    private int configurations = 100;
    private int products = 30;
    private int tickets = 30;
    private long seed = 1;

    FakeAutotaskBuilder() {}

    /** The server's clock; the system's by default. */
    public FakeAutotaskBuilder clock(InstantSource source) {
        clock = source;
        return this;
    }

    /** Chooses values: the same seed and sizes give the same records. */
    public FakeAutotaskBuilder seed(long number) {
        seed = number;
        return this;
    }

    /** How many companies, beside the provider itself; each ninth is inactive. */
    public FakeAutotaskBuilder companies(int count) {
        companies = count;
        return this;
    }

    /** How many locations each company has, at least one. */
    public FakeAutotaskBuilder locationsPerCompany(int count) {
        locationsPerCompany = count;
        return this;
    }

    /** How many contacts, spread over the companies. */
    public FakeAutotaskBuilder contacts(int count) {
        contacts = count;
        return this;
    }

    /** How many configuration items, spread over the companies and products; each fifteenth has no type. */
    public FakeAutotaskBuilder configurations(int count) {
        configurations = count;
        return this;
    }

    /** How many products; each twentieth has no manufacturer. */
    public FakeAutotaskBuilder products(int count) {
        products = count;
        return this;
    }

    /** How many tickets, spread over the companies and two queues. */
    public FakeAutotaskBuilder tickets(int count) {
        tickets = count;
        return this;
    }

    /** The port; 0 takes a free one. */
    public FakeAutotaskBuilder port(int number) {
        port = number;
        return this;
    }

    Population.Size size() {
        return new Population.Size(companies, locationsPerCompany, contacts, configurations, products, tickets, seed);
    }

    /** Fills the PSA and starts the server. */
    public FakeAutotask start() {
        return new FakeAutotask(this);
    }
}
