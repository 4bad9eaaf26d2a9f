package org.psasync.testkit.pulseway;

import java.time.InstantSource;

/**
 * What a {@link FakePulseway} is to hold, and how it is reached; a small tenant unless told otherwise.
 *
 * <p>Each setter returns the builder itself. Not for use by several threads.
 */
public final class FakePulsewayBuilder {
    InstantSource clock = InstantSource.system();
    int port;
    boolean tls;
    private int accounts = 20;
    private int locationsPerAccount = 2;
    private int contacts = 40;
    private int assets = 100;
    private int tickets = 30;
    private long seed = 1;

    FakePulsewayBuilder() {}

    /** The server's clock; the system's by default. */
    public FakePulsewayBuilder clock(InstantSource source) {
        clock = source;
        return this;
    }

    /** Chooses values: the same seed and sizes give the same records. */
    public FakePulsewayBuilder seed(long number) {
        seed = number;
        return this;
    }

    /** How many accounts; each ninth is inactive. */
    public FakePulsewayBuilder accounts(int count) {
        accounts = count;
        return this;
    }

    /** How many locations each account has; 0 for accounts without any. */
    public FakePulsewayBuilder locationsPerAccount(int count) {
        locationsPerAccount = count;
        return this;
    }

    /** How many contacts, spread over the accounts. */
    public FakePulsewayBuilder contacts(int count) {
        contacts = count;
        return this;
    }

    /** How many hardware assets, spread over the accounts. */
    public FakePulsewayBuilder assets(int count) {
        assets = count;
        return this;
    }

    /** How many tickets, spread over the accounts and three queues. */
    public FakePulsewayBuilder tickets(int count) {
        tickets = count;
        return this;
    }

    /** The port; 0 takes a free one. */
    public FakePulsewayBuilder port(int number) {
        port = number;
        return this;
    }

    /** Whether the server speaks TLS, with a certificate of its own for 127.0.0.1 and localhost. */
    public FakePulsewayBuilder tls(boolean wanted) {
        tls = wanted;
        return this;
    }

    Population.Size size() {
        return new Population.Size(accounts, locationsPerAccount, contacts, assets, tickets, seed);
    }

    /** Fills the PSA and starts the server. */
    public FakePulseway start() {
        return new FakePulseway(this);
    }
}
