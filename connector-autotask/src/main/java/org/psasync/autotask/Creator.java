package org.psasync.autotask;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocationFields;
import org.psasync.model.Problem;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.WriteResult;

/** Makes records, each by one request; contacts and locations below their company (PSA-AT-4). */
final class Creator {
    private final Api api;
    private final QueryReader queries;
    private final Kinds kinds;
    private final Drafts drafts;
    private final Products products;
    private final RecordReader reader;
    private final Updater updater;

    Creator(
            Api api,
            QueryReader queries,
            Kinds kinds,
            Drafts drafts,
            Products products,
            RecordReader reader,
            Updater updater) {
        this.api = api;
        this.queries = queries;
        this.kinds = kinds;
        this.drafts = drafts;
        this.products = products;
        this.reader = reader;
        this.updater = updater;
    }

    WriteResult create(Draft draft) {
        RecordKind kind = kinds.of(draft.kind());
        Drafts.Planned planned = drafts.plan(draft);
        if (!planned.grave().isEmpty()) {
            throw new ConnectorException.Rejected(planned.grave());
        }
        List<Problem> failed = new ArrayList<>(planned.leftOut());
        Body body = planned.body();
        if (draft.kind() == AssetKind.CONFIGURATION) {
            Products.Chosen product = chosen(draft);
            body = body.with("productID", product.number());
            if (product.problem() != null) {
                failed.addAll(Products.taken(product.problem()));
            }
        }
        RemoteId id = Ids.of(post(kind, draft, body));
        if (draft.kind() == AssetKind.ORGANIZATION) {
            List<RemoteRecord> parts = parts(draft, id, failed);
            return new WriteResult(id, readBack(kind, id), failed, parts);
        }
        return new WriteResult(id, readBack(kind, id), failed, List.of());
    }

    private Products.Chosen chosen(Draft draft) {
        Choice manufacturer = Objects.requireNonNull(draft.values().get(ConfigurationFields.MANUFACTURER));
        Choice model = Objects.requireNonNull(draft.values().get(ConfigurationFields.MODEL));
        return products.choose(manufacturer, model, draft.options());
    }

    private long post(RecordKind kind, Draft draft, Body body) {
        try {
            if (kind.below().isEmpty()) {
                return api.write(kind.call("create"), "POST", body.json(), kind.entity());
            }
            Field<?> organization = Objects.requireNonNull(Fields.organization(draft.kind()));
            Long company = RecordKind.company(draft.values().get(organization));
            if (company == null) {
                throw new ConnectorException.Rejected(List.of(
                        Problem.of(organization, Problem.Code.REQUIRED, "Autotask makes it below a company only.")));
            }
            return api.write(kind.call("create"), "POST", body.json(), "Companies/{}/" + kind.below(), company);
        } catch (ConnectorException.Rejected e) {
            throw new ConnectorException.Rejected(Updater.named(e.problems(), body));
        }
    }

    /** Null when it cannot be read now; whoever asked reads it later. */
    private @Nullable RemoteRecord readBack(RecordKind kind, RemoteId id) {
        try {
            return reader.read(kind, id) instanceof RemoteRead.Found found ? found.record() : null;
        } catch (ConnectorException | JsonMismatch e) {
            return null;
        }
    }

    // The primary location -------------------------------------------------------------------------------------------

    /**
     * The PSA makes a primary location with a company, of which only the name may differ from what is wanted. What goes wrong
     * with that is tried again with the location, which is there whatever becomes of this (PUSH-12).
     */
    private List<RemoteRecord> parts(Draft draft, RemoteId company, List<Problem> failed) {
        if (draft.parts().isEmpty()) {
            return List.of();
        }
        RecordKind kind = kinds.of(AssetKind.LOCATION);
        try {
            List<JsonValue> made = queries.all(kind.query("made")
                    .where(
                            Filter.equal("companyID", Long.parseLong(company.value())),
                            Filter.equal("isPrimary", true)));
            RemoteRecord location = made.isEmpty() ? null : readBack(kind, Ids.of(Ids.required(made.get(0))));
            if (location == null) {
                failed.add(unfinished("Autotask shows no primary location of the new company yet"));
                return List.of();
            }
            return List.of(completed(draft.parts().get(0), company, location, failed));
        } catch (ConnectorException | JsonMismatch e) {
            failed.add(unfinished(String.valueOf(e.getMessage())));
            return List.of();
        }
    }

    private RemoteRecord completed(Draft part, RemoteId company, RemoteRecord location, List<Problem> failed) {
        FieldValues wanted = part.values()
                .with(LocationFields.ORGANIZATION, new RemoteRef(AssetKind.ORGANIZATION, company))
                .only(field -> !Objects.equals(
                        part.values().get(field), location.values().get(field)))
                .without(LocationFields.ORGANIZATION);
        FieldValues changes = wanted.only(field -> wanted.get(field) != null);
        if (changes.fields().isEmpty()) {
            return location;
        }
        try {
            WriteResult result = updater.update(new RemoteUpdate(location, changes, part.options()));
            failed.addAll(result.failed().stream()
                    .map(problem -> Problem.ofRecord(problem.code(), problem.text()))
                    .toList());
            return Objects.requireNonNullElse(result.record(), location);
        } catch (ConnectorException e) {
            failed.add(unfinished(String.valueOf(e.getMessage())));
            return location;
        }
    }

    private static Problem unfinished(String why) {
        return Problem.ofRecord(
                Problem.Code.REFUSED, "The company was made, but its primary location is not finished: " + why);
    }
}
