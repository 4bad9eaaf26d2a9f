package org.psasync.connectwise;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;

/** The identifiers of ConnectWise: numbers, and for sites the company's number before the site's. */
final class Ids {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    private static final Pattern SITE = Pattern.compile("([1-9][0-9]{0,17})/([1-9][0-9]{0,17})");

    private Ids() {}

    /**
     * Where a site is; sites can be addressed only below their company.
     *
     * @param company the company's number
     * @param site the site's number
     */
    record Site(long company, long site) {
        RemoteId remote() {
            return new RemoteId(company + "/" + site);
        }
    }

    static RemoteId of(long number) {
        return new RemoteId(Long.toString(number));
    }

    static Optional<Long> number(RemoteId id) {
        return NUMBER.matcher(id.value()).matches() ? Optional.of(Long.parseLong(id.value())) : Optional.empty();
    }

    static Optional<Site> site(RemoteId id) {
        Matcher matcher = SITE.matcher(id.value());
        return matcher.matches()
                ? Optional.of(new Site(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /**
     * The numbers of entries of a list.
     *
     * @throws IllegalArgumentException when one is not a number, naming it
     */
    static List<Long> numbers(Collection<String> ids) {
        return ids.stream()
                .map(id -> number(new RemoteId(id))
                        .orElseThrow(() -> new IllegalArgumentException("\"" + id + "\" is not an id of ConnectWise")))
                .toList();
    }

    /** The number of the record that a reference names; of a site, the one below its company. */
    static long number(AssetRef ref) {
        if (!(ref instanceof RemoteRef remote)) {
            throw new IllegalArgumentException("ConnectWise cannot be sent a reference to " + ref);
        }
        Optional<Long> number =
                remote.kind() == AssetKind.LOCATION ? site(remote.id()).map(Site::site) : number(remote.id());
        return number.orElseThrow(() -> new IllegalArgumentException(remote + " is not an id of ConnectWise"));
    }
}
