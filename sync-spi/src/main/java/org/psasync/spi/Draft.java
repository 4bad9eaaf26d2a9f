package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.PairId;

/**
 * A record to be made in the PSA.
 *
 * @param pair the pair that it belongs to
 * @param values the values to write, references as remote ones
 * @param parts records that the PSA makes together with this one, such as the primary location of an organization
 *     (PUSH-11)
 * @param fixed values that the connector chose in {@link PsaConnector#prepare}, such as an identifier, so that a second
 *     look finds the same record (SAFE-1); empty before
 * @param options settings of the integration
 */
public record Draft(
        PairId pair, FieldValues values, List<Draft> parts, Map<String, String> fixed, WriteOptions options) {
    public Draft {
        requireNonNull(pair, "pair");
        requireNonNull(values, "values");
        parts = List.copyOf(parts);
        fixed = Map.copyOf(fixed);
        requireNonNull(options, "options");
    }

    /** Returns the kind of record. */
    public AssetKind kind() {
        return values.kind();
    }

    /** Returns the same draft with values that the connector chose. */
    public Draft withFixed(Map<String, String> chosen) {
        return new Draft(pair, values, parts, chosen, options);
    }
}
