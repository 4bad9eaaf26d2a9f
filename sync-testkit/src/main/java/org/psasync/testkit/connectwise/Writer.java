package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates, changes and deletes records: decodes, completes, checks, and only then stores. */
final class Writer {
    private final Tenant tenant;
    private final Renderer renderer;
    private final Decoder decoder;
    private final History history;
    private final Map<String, Rules> rules = new HashMap<>();

    Writer(Tenant tenant, Renderer renderer, History history) {
        this.tenant = tenant;
        this.renderer = renderer;
        this.history = history;
        this.decoder = new Decoder(tenant, renderer);
        Rules types = new TypeAssociationRules(tenant, history);
        rules.put("company", new CompanyRules(tenant, this));
        rules.put("site", new SiteRules(tenant, history));
        rules.put("contact", new ContactRules(tenant, this));
        rules.put("communication", new CommunicationRules(tenant, history));
        rules.put("companyTypeAssociation", types);
        rules.put("contactTypeAssociation", types);
        rules.put("configuration", new ConfigurationRules(tenant, renderer));
        rules.put("ticket", new TicketRules(tenant, this));
        rules.put("note", new NoteRules(tenant));
        rules.put("callback", new CallbackRules(tenant));
        rules.put("member", new MemberRules());
    }

    History history() {
        return history;
    }

    /** Creates a record below the parents, which are ids by the members that hold them. */
    Row create(Table table, JsonNode body, Map<Field, Integer> parents, Author author) {
        Draft draft = Draft.ofNew(table, author);
        parents.forEach(draft::set);
        for (Field field : table.shape.fields()) {
            JsonNode value = Bodies.member(body, field.name());
            if (value != null && !parents.containsKey(field) && (!field.readOnly() || !author.overApi())) {
                decoder.decode(draft, field, value);
            }
        }
        return store(draft, true);
    }

    /** Changes members: null clears one, the others stay. */
    Row edit(Table table, Row row, JsonNode members, Author author) {
        Draft draft = Draft.of(table, row, author);
        for (Field field : table.shape.fields()) {
            JsonNode value = Bodies.member(members, field.name());
            if (value != null && (!field.readOnly() || !author.overApi())) {
                decoder.decode(draft, field, value);
            }
        }
        return store(draft, tenant.switches.isOn(Switch.WHOLE_RECORD_VALIDATION));
    }

    /** Replaces a record: what the body lacks is cleared. A contact keeps its custom fields and communications. */
    Row replace(Table table, Row row, JsonNode body, Author author) {
        Draft draft = Draft.of(table, row, author);
        boolean contact = table.name().equals("contact");
        List<Field> parents = table.shape.parents();
        for (Field field : table.shape.fields()) {
            JsonNode value = Bodies.member(body, field.name());
            boolean keptPart =
                    contact && (field.kind() == Field.Kind.CUSTOM_FIELDS || field.kind() == Field.Kind.COMMUNICATIONS);
            boolean kept = field.readOnly() || parents.contains(field) || keptPart;
            if (field.createOnly()) {
                refuseOutsideCreate(draft, field, value);
            } else if (!kept) {
                if (field.kind() == Field.Kind.CUSTOM_FIELDS || field.kind() == Field.Kind.QUESTIONS) {
                    draft.set(field, null);
                }
                decoder.decode(draft, field, value);
            }
        }
        return store(draft, true);
    }

    /** Applies the operations of a patch. */
    Row patch(Table table, Row row, JsonNode operations, Author author) {
        return patch(Draft.of(table, row, author), row, operations);
    }

    /** Applies the operations of a patch that may change the type of a configuration. */
    Row changeType(Table table, Row row, JsonNode operations, Author author) {
        Draft draft = Draft.of(table, row, author);
        draft.typeMayChange = true;
        return patch(draft, row, operations);
    }

    private Row patch(Draft draft, Row row, JsonNode operations) {
        Table table = draft.table;
        Map<Field, @Nullable JsonNode> changed =
                new JsonPatch(table, tenant.switches).apply(renderer.record(table, row), operations);
        for (Field field : table.shape.fields()) {
            if (!changed.containsKey(field)
                    || field.readOnly()
                    || table.shape.parents().contains(field)) {
                continue;
            }
            if (field.createOnly()) {
                refuseOutsideCreate(draft, field, changed.get(field));
            } else {
                decoder.decode(draft, field, changed.get(field));
            }
        }
        return store(draft, tenant.switches.isOn(Switch.WHOLE_RECORD_VALIDATION));
    }

    private static void refuseOutsideCreate(Draft draft, Field field, @Nullable JsonNode value) {
        if (value != null) {
            draft.problem(
                    "InvalidField",
                    "The " + field.name() + " field can be passed in only during creation.",
                    field.name());
        }
    }

    /** Completes, checks and stores a draft. */
    Row store(Draft draft, boolean checkEverything) {
        Table table = draft.table;
        Rules rule = rules.getOrDefault(table.name(), Rules.NONE);
        rule.complete(draft);
        if (draft.author.overApi()) {
            draft.check(checkEverything);
        }
        draft.refuseProblems();
        Row row = draft.row;
        if (row == null) {
            row = table.newRow();
            row.replaceValues(draft.values());
            table.insert(row);
            history.created(table, row, draft.author);
        } else {
            @Nullable Object[] before = row.copyOfValues();
            table.replace(row, draft.values());
            history.changed(table, row, before, draft.author);
        }
        for (Field field : table.shape.fields()) {
            if (field.hidden() && !field.kind().pointer()) {
                row.set(field, null);
            }
        }
        rule.stored(row, draft);
        history.announce(table, row, draft.isNew() ? "added" : "updated", draft.author, draft);
        return row;
    }

    /** Deletes a record: a company is only marked, others vanish with what is below them. */
    void delete(Table table, Row row, Author author) {
        if (table.shape.has("deletes", "soft")) {
            row.set(table.field("deletedFlag"), true);
            row.set(table.field("dateDeleted"), tenant.now().toString());
            row.set(table.field("deletedBy"), author.name());
            history.stamp(table, row, author);
        } else {
            remove(table, row, author);
        }
        history.announce(table, row, "deleted", author, null);
    }

    private void remove(Table table, Row row, Author author) {
        for (Table child : tenant.tables().values()) {
            List<Field> parents = child.shape.parents();
            if (!parents.isEmpty() && parents.get(parents.size() - 1).target().equals(table.name())) {
                child.below(row.id).forEach(below -> remove(child, below, author));
            }
        }
        table.remove(row);
        tenant.changed();
        repoint(table, row.id, null, List.copyOf(tenant.tables().keySet()));
        rules.getOrDefault(table.name(), Rules.NONE).deleted(table, row, author);
    }

    /** Lets all in those tables that refers to one record refer to another, or to none. */
    void repoint(Table target, int from, @Nullable Integer to, List<String> tables) {
        for (String name : tables) {
            Table table = tenant.table(name);
            for (Field field : table.shape.fields()) {
                if (!field.kind().pointer() || !field.target().equals(target.name())) {
                    continue;
                }
                for (Row row : table.rows()) {
                    if (row.pointer(field) == from) {
                        row.set(field, to);
                        history.shownDifferently(row);
                    }
                }
            }
        }
    }

    /** Moves what belongs to one company to another, and marks the first as deleted. */
    void merge(Row source, Row target, Author author) {
        Table companies = tenant.table("company");
        for (String name : List.of("site", "contact", "configuration", "ticket")) {
            Table table = tenant.table(name);
            Field company = table.field("company");
            for (Row row : List.copyOf(table.rows())) {
                if (row.pointer(company) == source.id) {
                    moveTo(target, table, row, author);
                }
            }
        }
        source.set(companies.field("site"), null);
        source.set(companies.field("deletedFlag"), true);
        source.set(companies.field("dateDeleted"), tenant.now().toString());
        source.set(companies.field("deletedBy"), author.name());
        if (tenant.switches.isOn(Switch.MERGE_MOVES_LAST_UPDATED)) {
            history.stamp(companies, source, author);
        } else {
            history.shownDifferently(source);
        }
        history.announce(companies, source, "deleted", author, null);
    }

    private void moveTo(Row company, Table table, Row row, Author author) {
        @Nullable Object[] values = row.copyOfValues();
        values[table.field("company").slot()] = company.id;
        for (String flag : List.of("primaryAddressFlag", "defaultFlag")) {
            Field field = table.shape.find(flag);
            if (field != null) {
                values[field.slot()] = false;
            }
        }
        table.replace(row, values);
        if (!tenant.switches.isOn(Switch.MERGE_LEAVES_CHILDREN)) {
            history.stamp(table, row, author);
            history.announce(table, row, "updated", author, null);
        }
        if (table.name().equals("site")) {
            tenant.namesChanged();
        }
        tenant.changed();
    }
}
