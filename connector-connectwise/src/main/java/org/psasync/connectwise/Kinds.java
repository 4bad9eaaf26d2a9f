package org.psasync.connectwise;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;

/** The kinds of records that the connector knows, with the host's custom fields among their fields. */
final class Kinds {
    private final Map<AssetKind, RecordKind> kinds = new EnumMap<>(AssetKind.class);
    private final SiteKind sites;

    Kinds(List<ConnectWiseCustomField> customFields) {
        this.sites = new SiteKind(customFields);
        for (RecordKind kind : List.of(
                new CompanyKind(customFields),
                sites,
                new ContactKind(customFields),
                new ConfigurationKind(customFields),
                new TicketKind(customFields))) {
            kinds.put(kind.kind(), kind);
        }
    }

    RecordKind of(AssetKind kind) {
        return Objects.requireNonNull(kinds.get(kind));
    }

    SiteKind sites() {
        return sites;
    }

    /** The fields that a member holds, of the kind that a call such as {@code companies.create} is about. */
    List<Field<?>> fieldsOf(String call, String member) {
        return kinds.values().stream()
                .filter(kind -> call.startsWith(kind.subject() + "."))
                .findFirst()
                .map(kind -> kind.fieldsOf(member))
                .orElse(List.of());
    }
}
