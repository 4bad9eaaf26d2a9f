package org.psasync.connectwise;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;

/** Checks drafts and fixes the identifier of a company (PSA-CW-2, PSA-CW-3, PUSH-8). */
final class Preparer {
    private final Kinds kinds;
    private final DraftCheck check;
    private final Identifier identifier;

    Preparer(Kinds kinds, Lists lists, Identifier identifier) {
        this.kinds = kinds;
        this.check = new DraftCheck(lists);
        this.identifier = identifier;
    }

    /** C8.2: a draft that has its identifier keeps it. */
    Draft prepare(Draft draft) {
        if (!draft.kind().twoWay()) {
            throw new UnsupportedOperationException("This connector cannot create " + draft.kind());
        }
        List<Problem> problems = new ArrayList<>(check.ofNew(kinds.of(draft.kind()), draft.values()));
        problems.addAll(ofParts(draft));
        Draft result = draft;
        boolean company = draft.kind() == AssetKind.ORGANIZATION;
        boolean named = draft.values().get(OrganizationFields.NAME) != null;
        if (company && named && !draft.fixed().containsKey(Identifier.KEY)) {
            try {
                result = draft.withFixed(Map.of(Identifier.KEY, identifier.choose(draft.values())));
            } catch (NotWritable e) {
                problems.add(e.problem());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConnectorException.Rejected(problems);
        }
        return result;
    }

    /** A company takes its first site with it; that site's company and, if need be, its name come from the company. */
    private List<Problem> ofParts(Draft draft) {
        if (draft.parts().isEmpty()) {
            return List.of();
        }
        Draft part = draft.parts().get(0);
        boolean oneSite = draft.kind() == AssetKind.ORGANIZATION
                && draft.parts().size() == 1
                && part.kind() == AssetKind.LOCATION;
        if (!oneSite) {
            return List.of(
                    Problem.ofRecord(
                            Problem.Code.NOT_WRITABLE,
                            "ConnectWise makes one site together with a company, and nothing else together with another record"));
        }
        FieldValues values = part.values();
        FieldValues completed = values.with(LocationFields.ORGANIZATION, RemoteRef.of(AssetKind.ORGANIZATION, "1"));
        if (values.get(LocationFields.NAME) == null) {
            completed = completed.with(LocationFields.NAME, Options.siteName(draft.options()));
        }
        return check.ofNew(kinds.of(AssetKind.LOCATION), completed);
    }
}
