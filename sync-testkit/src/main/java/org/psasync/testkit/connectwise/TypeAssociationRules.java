package org.psasync.testkit.connectwise;

import java.util.List;

/** The types of companies and contacts, kept as records of their own. */
final class TypeAssociationRules implements Rules {
    private final Tenant tenant;
    private final History history;

    TypeAssociationRules(Tenant tenant, History history) {
        this.tenant = tenant;
        this.history = history;
    }

    @Override
    public void complete(Draft draft) {
        Field parent = draft.table.shape.parents().get(0);
        for (Row row : draft.table.below(draft.pointer(parent.name()))) {
            if (row != draft.row && row.pointer(draft.table.field("type")) == draft.pointer("type")) {
                draft.problem("ObjectExists", "A matching type association already exists", "type");
            }
        }
    }

    @Override
    public void stored(Row row, Draft draft) {
        showInOwner(draft.table, row, draft.author);
    }

    @Override
    public void deleted(Table table, Row row, Author author) {
        showInOwner(table, row, author);
    }

    private void showInOwner(Table table, Row row, Author author) {
        Field parent = table.shape.parents().get(0);
        Row owner = tenant.find(parent.target(), row.pointer(parent));
        if (owner == null) {
            return;
        }
        history.shownDifferently(owner);
        if (tenant.switches.isOn(Switch.CHILD_WRITES_MOVE_PARENT)) {
            history.stamp(tenant.table(parent.target()), owner, author);
        }
    }

    /** Makes the types the only ones of a company or contact. */
    static void assign(Tenant tenant, History history, Table owners, Row owner, List<Integer> types, Author author) {
        Table table = tenant.table(owners.name() + "TypeAssociation");
        Field type = table.field("type");
        for (Row row : table.below(owner.id)) {
            if (!types.contains(row.pointer(type))) {
                table.remove(row);
            }
        }
        for (int wanted : types) {
            if (table.below(owner.id).stream().noneMatch(row -> row.pointer(type) == wanted)) {
                Row row = table.newRow();
                row.set(type, wanted);
                row.set(table.shape.parents().get(0), owner.id);
                table.insert(row);
                history.created(table, row, author);
            }
        }
        history.shownDifferently(owner);
    }
}
