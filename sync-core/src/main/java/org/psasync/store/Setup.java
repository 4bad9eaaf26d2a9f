package org.psasync.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Mode;
import org.psasync.engine.SyncSettings;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.ReferenceData;

/**
 * What an integration is: its settings and what was learned about its PSA. Changed by people and by checks.
 *
 * @param version counts the changes; 0 before the first is stored
 * @param settings in force; the defaults before anybody chose
 * @param settingsVersion counts the changes of the settings; a run is due while it is not {@link Progress#settingsSeen}
 *     (SET-1)
 * @param connection what the last check found; null before the first
 * @param reference the PSA's lists as last read; null before the first reading
 * @param referenceAt when they were read
 * @param refusal why the credentials were refused; null when they were not. Nothing is tried until they are replaced
 *     (SAFE-3)
 * @param participation whether it takes part in the sync
 * @param instance by what the PSA is known again
 * @param credentials counts how often credentials were accepted; a refusal counts only for the latest (CONN-3)
 * @param connector what its connector said it can do when last connected or run with, so that nobody has to open one to
 *     know it; null before
 */
public record Setup(
        long version,
        SyncSettings settings,
        long settingsVersion,
        @Nullable ConnectionCheck connection,
        @Nullable ReferenceData reference,
        @Nullable Instant referenceAt,
        @Nullable String refusal,
        Participation participation,
        PsaInstance instance,
        long credentials,
        @Nullable ConnectorDescriptor connector) {
    public Setup {
        requireNonNull(settings, "settings");
        requireNonNull(participation, "participation");
        requireNonNull(instance, "instance");
    }

    /** Returns what an integration is before anybody set it up. */
    public static Setup initial() {
        return new Setup(
                0,
                SyncSettings.defaults(),
                0,
                null,
                null,
                null,
                null,
                Participation.ACTIVE,
                PsaInstance.UNKNOWN,
                0,
                null);
    }

    /** Returns the settings with the names that the PSA's values have now (SET-3). */
    public SyncSettings currentSettings() {
        return reference == null ? settings : settings.named(reference);
    }

    /** Returns whether runs and pushes take place. */
    public Mode mode() {
        return participation.mode();
    }

    /** Returns whether what began with an earlier setup must not go on: all links were cut since (SET-10). */
    public boolean cutSince(Setup earlier) {
        return mode() == Mode.DISCONNECTED || participation.cuts() != earlier.participation.cuts();
    }

    /** Returns the same with other settings. */
    public Setup withSettings(SyncSettings newSettings) {
        return new Setup(
                version,
                newSettings,
                settingsVersion + 1,
                connection,
                reference,
                referenceAt,
                refusal,
                participation,
                instance,
                credentials,
                connector);
    }

    /** Returns the same after a successful check. */
    public Setup withConnection(ConnectionCheck newConnection) {
        return new Setup(
                version,
                settings,
                settingsVersion,
                newConnection,
                reference,
                referenceAt,
                null,
                participation,
                instance,
                credentials,
                connector);
    }

    /** Returns the same with the PSA's lists as read at a time. */
    public Setup withReference(ReferenceData newReference, Instant at) {
        return new Setup(
                version,
                settings,
                settingsVersion,
                connection,
                newReference,
                at,
                refusal,
                participation,
                instance,
                credentials,
                connector);
    }

    /** Returns the same with what the connector says it can do. */
    public Setup with(ConnectorDescriptor newConnector) {
        return new Setup(
                version,
                settings,
                settingsVersion,
                connection,
                reference,
                referenceAt,
                refusal,
                participation,
                instance,
                credentials,
                newConnector);
    }

    /** Returns the same after other credentials were accepted; what was said against those before is over. */
    public Setup withNewCredentials() {
        return new Setup(
                version,
                settings,
                settingsVersion,
                connection,
                reference,
                referenceAt,
                null,
                participation,
                instance,
                credentials + 1,
                connector);
    }

    /** Returns the same after the credentials were refused. */
    public Setup withRefusal(String newRefusal) {
        return new Setup(
                version,
                settings,
                settingsVersion,
                connection,
                reference,
                referenceAt,
                newRefusal,
                participation,
                instance,
                credentials,
                connector);
    }

    /** Returns the same taking part in the sync otherwise. */
    public Setup with(Participation newParticipation) {
        return new Setup(
                version,
                settings,
                settingsVersion,
                connection,
                reference,
                referenceAt,
                refusal,
                newParticipation,
                instance,
                credentials,
                connector);
    }

    /** Returns the same with the PSA known by something else. */
    public Setup with(PsaInstance newInstance) {
        return new Setup(
                version,
                settings,
                settingsVersion,
                connection,
                reference,
                referenceAt,
                refusal,
                participation,
                newInstance,
                credentials,
                connector);
    }

    /** Returns the same with what an earlier setup learned of the PSA meanwhile; settings and people's wishes stay. */
    public Setup learning(Setup learned) {
        return new Setup(
                version,
                settings,
                settingsVersion,
                learned.connection,
                learned.reference,
                learned.referenceAt,
                refusal,
                participation,
                learned.instance,
                credentials,
                learned.connector);
    }

    /** Returns the same with another version; for stores. */
    public Setup versioned(long newVersion) {
        return new Setup(
                newVersion,
                settings,
                settingsVersion,
                connection,
                reference,
                referenceAt,
                refusal,
                participation,
                instance,
                credentials,
                connector);
    }
}
