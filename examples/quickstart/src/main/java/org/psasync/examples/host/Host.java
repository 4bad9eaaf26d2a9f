package org.psasync.examples.host;

import java.util.List;
import org.psasync.engine.Entitlements;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ReferenceData.PsaUser;

/** What the guide takes for granted of a host application. Safe for use by several threads. */
interface Host {
    /** Returns the host's records. */
    AssetRepository records();

    /** Returns the credentials that are kept for an integration, as they are now. */
    ConnectorConfig credentials(String integration);

    /** Returns what the customer's plan allows an integration. */
    Entitlements plan(String integration);

    /** Sends invitations. */
    void invite(List<PsaUser> people);
}
