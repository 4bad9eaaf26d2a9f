package org.psasync.connectwise;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.RemoteVersion;
import org.psasync.spi.WriteResult;

/** Makes records, each by one POST; a company's first site is completed afterwards. */
final class Creator {
    private final Api api;
    private final Kinds kinds;
    private final RecordReader reader;
    private final Bodies bodies;
    private final Updater updater;

    Creator(Api api, Kinds kinds, RecordReader reader, Bodies bodies, Updater updater) {
        this.api = api;
        this.kinds = kinds;
        this.reader = reader;
        this.bodies = bodies;
        this.updater = updater;
    }

    WriteResult create(Draft draft) {
        RecordKind kind = kinds.of(draft.kind());
        List<Problem> failed = new ArrayList<>();
        return switch (draft.kind()) {
            case ORGANIZATION -> company(kind, draft, failed);
            case LOCATION -> {
                long company = Ids.number(organization(draft.values()));
                FieldValues values = draft.values().without(LocationFields.ORGANIZATION);
                Map<String, Object> body = understood(() -> bodies.of(kind, values, company, failed));
                yield site(kind, body, company).result(unwritten(kind, draft, failed), List.of());
            }
            case CONTACT -> {
                Map<String, Object> body =
                        understood(() -> bodies.contact(kind, draft.values(), draft.options(), failed));
                yield post(kind, body, row -> row).result(unwritten(kind, draft, failed), List.of());
            }
            case CONFIGURATION -> {
                Map<String, Object> body = understood(() -> bodies.of(kind, draft.values(), null, failed));
                yield post(kind, body, row -> row).result(unwritten(kind, draft, failed), List.of());
            }
            case TICKET -> throw new UnsupportedOperationException("This connector cannot create " + draft.kind());
        };
    }

    /** Puts a body together, for which lists of the PSA may have to be read; nothing is made by that. */
    private static Map<String, Object> understood(Supplier<Map<String, Object>> body) {
        try {
            return body.get();
        } catch (JsonMismatch e) {
            throw new ConnectorException.Unavailable(
                    "ConnectWise gave an answer that cannot be understood: " + e.getMessage(), false, e);
        }
    }

    /** A record that was made; what the PSA returned of it may not be understood. */
    private record Made(RemoteId id, @Nullable RemoteRecord record, JsonValue row) {
        WriteResult result(List<Problem> failed, List<RemoteRecord> parts) {
            return new WriteResult(id, record, failed, parts);
        }
    }

    /** An answer that names no record leaves open what was made. */
    private Made post(
            RecordKind kind, Map<String, Object> body, UnaryOperator<JsonValue> completed, Object... parents) {
        RestAnswer answer = api.write(kind.call("create"), "POST", JsonValue.of(body), kind.path(), parents);
        JsonValue row = completed.apply(answer.json());
        RemoteId id;
        try {
            id = kind.id(row);
        } catch (JsonMismatch e) {
            throw answer.unavailable("was answered without the record that was made");
        }
        try {
            return new Made(id, kind.read(row), row);
        } catch (JsonMismatch e) {
            return new Made(id, null, row);
        }
    }

    private Made site(RecordKind kind, Map<String, Object> body, long company) {
        try {
            return post(kind, body, row -> SiteKind.below(company, row), company);
        } catch (ConnectorException.Gone e) {
            throw new ConnectorException.Rejected(List.of(Problem.of(
                    LocationFields.ORGANIZATION,
                    Problem.Code.UNKNOWN_VALUE,
                    "The company of the site is not there in ConnectWise")));
        }
    }

    /** C10.3: what was given and not sent is said. */
    private static List<Problem> unwritten(RecordKind kind, Draft draft, List<Problem> failed) {
        FieldValues given = draft.values().only(field -> !draft.values().isBlank(field));
        failed.addAll(DraftCheck.unwritable(kind, given));
        return failed;
    }

    private WriteResult company(RecordKind kind, Draft draft, List<Problem> failed) {
        String identifier = draft.fixed().get(Identifier.KEY);
        if (identifier == null) {
            throw new IllegalArgumentException("The draft of a company was not prepared: it has no identifier");
        }
        Map<String, Object> body = understood(() -> bodies.company(kind, draft, identifier, failed));
        Made made = company(kind, draft, identifier, body);
        unwritten(kind, draft, failed);
        if (draft.values().get(OrganizationFields.PRIMARY_LOCATION) != null) {
            failed.add(Problem.of(
                    OrganizationFields.PRIMARY_LOCATION,
                    Problem.Code.NOT_WRITABLE,
                    "A company that ConnectWise has just made cannot have another company's site as its own"));
        }
        return made.result(failed, firstSite(made, draft, failed).stream().toList());
    }

    /** An identifier made of the name is not the host's to change: another one is chosen at the next try. */
    private Made company(RecordKind kind, Draft draft, String identifier, Map<String, Object> body) {
        try {
            return post(kind, body, row -> row);
        } catch (ConnectorException.Rejected e) {
            boolean taken = e.problems().stream()
                    .allMatch(problem -> problem.code() == Problem.Code.DUPLICATE
                            && OrganizationFields.SHORT_NAME.equals(problem.field()));
            if (taken && draft.values().get(OrganizationFields.SHORT_NAME) == null) {
                throw new ConnectorException.Stale("The identifier \"" + identifier
                        + "\" was taken in ConnectWise meanwhile; the company is made with another one");
            }
            throw e;
        }
    }

    /** The site that the PSA made with the company, to be linked at once (PUSH-11). */
    private Optional<RemoteRecord> firstSite(Made company, Draft draft, List<Problem> failed) {
        RecordKind kind = kinds.of(AssetKind.LOCATION);
        Long number = siteNumber(company);
        Optional<Long> owner = Ids.number(company.id());
        if (number == null || owner.isEmpty()) {
            return Optional.empty();
        }
        RemoteId id = new Ids.Site(owner.get(), number).remote();
        RemoteRecord site;
        try {
            site = reader.found(kind, id).orElseGet(() -> bare(id, company));
        } catch (ConnectorException e) {
            return Optional.of(bare(id, company));
        }
        return Optional.of(
                draft.parts().isEmpty() ? site : completed(site, draft.parts().get(0), failed));
    }

    private static @Nullable Long siteNumber(Made company) {
        try {
            return Reads.number(company.row(), "site");
        } catch (JsonMismatch e) {
            return null;
        }
    }

    /** What is surely known of a site that could not be read. */
    private static RemoteRecord bare(RemoteId id, Made company) {
        FieldValues values = FieldValues.of(AssetKind.LOCATION)
                .set(LocationFields.ORGANIZATION, new RemoteRef(AssetKind.ORGANIZATION, company.id()))
                .build();
        return RemoteRecord.of(id, RemoteVersion.UNKNOWN, values);
    }

    /** Writes what the site did not take over from the company. */
    private RemoteRecord completed(RemoteRecord site, Draft part, List<Problem> failed) {
        FieldValues wanted = part.values().only(field -> isMissing(field, site.values(), part.values()));
        if (wanted.isEmpty()) {
            return site;
        }
        try {
            WriteResult result = updater.update(new RemoteUpdate(site, wanted, part.options()));
            result.failed().forEach(problem -> failed.add(ofPart(problem.code(), problem.text())));
            RemoteRecord written = result.record();
            return written == null ? site : written;
        } catch (ConnectorException e) {
            failed.add(ofPart(Problem.Code.REFUSED, String.valueOf(e.getMessage())));
            return site;
        }
    }

    private static boolean isMissing(Field<?> field, FieldValues site, FieldValues wanted) {
        return !field.equals(LocationFields.ORGANIZATION)
                && wanted.get(field) != null
                && !Objects.equals(site.get(field), wanted.get(field));
    }

    private static Problem ofPart(Problem.Code code, String text) {
        return Problem.ofRecord(code, "The first site of the company was made without all of its values: " + text);
    }

    private static AssetRef organization(FieldValues site) {
        AssetRef organization = site.get(LocationFields.ORGANIZATION);
        if (organization == null) {
            throw new ConnectorException.Rejected(List.of(Problem.of(
                    LocationFields.ORGANIZATION,
                    Problem.Code.REQUIRED,
                    "ConnectWise keeps a site below its company; name the organization")));
        }
        return organization;
    }
}
