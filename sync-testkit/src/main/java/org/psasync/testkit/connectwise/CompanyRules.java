package org.psasync.testkit.connectwise;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Companies: a unique identifier, a first site, and the address of the primary site. */
final class CompanyRules implements Rules {
    /** Members of a company that show the address of its primary site. */
    static final List<String> ADDRESS = List.of("addressLine1", "addressLine2", "city", "zip", "country");

    private final Tenant tenant;
    private final Writer writer;

    CompanyRules(Tenant tenant, Writer writer) {
        this.tenant = tenant;
        this.writer = writer;
    }

    @Override
    public void complete(Draft draft) {
        if (draft.isNew()) {
            draft.fill("status", tenant.defaultOf("companyStatus"));
            draft.fill("dateAcquired", tenant.now().toString());
            draft.fill("deletedFlag", false);
            boolean address = draft.get("state") != null || ADDRESS.stream().anyMatch(name -> draft.get(name) != null);
            if (tenant.switches.isOn(Switch.ADDRESS_REQUIRED) && !address) {
                draft.problem("MissingRequiredField", "At least one address field is required.", "addressLine1");
            }
        }
        if (draft.touches("identifier")) {
            Field identifier = draft.table.field("identifier");
            for (Row row : draft.table.rows()) {
                if (row != draft.row && row.text(identifier).equalsIgnoreCase(draft.text("identifier"))) {
                    draft.problem(
                            "ObjectExists",
                            "The identifier " + draft.text("identifier") + " is already in use",
                            "identifier");
                }
            }
        }
    }

    @Override
    public void stored(Row row, Draft draft) {
        if (draft.types != null) {
            TypeAssociationRules.assign(tenant, writer.history(), draft.table, row, draft.types, draft.author);
        }
        if (draft.isNew()) {
            addFirstSite(row, draft);
        } else {
            showAddressInPrimarySite(row, draft);
        }
    }

    private void addFirstSite(Row company, Draft draft) {
        Draft site = Draft.ofNew(tenant.table("site"), draft.author);
        site.set("company", company.id);
        site.set("name", draft.newSiteName);
        site.set("primaryAddressFlag", true);
        ADDRESS.forEach(name -> site.set(name, draft.get(name)));
        site.set("stateReference", state(draft.text("state")));
        writer.store(site, false);
    }

    private void showAddressInPrimarySite(Row company, Draft draft) {
        Row site = tenant.find("site", company.pointer(draft.table.field("site")));
        if (site == null) {
            return;
        }
        Table sites = tenant.table("site");
        for (String name : ADDRESS) {
            if (draft.touches(name)) {
                site.set(sites.field(name), draft.get(name));
            }
        }
        if (draft.touches("state")) {
            site.set(sites.field("stateReference"), state(draft.text("state")));
        }
        writer.history().shownDifferently(site);
    }

    private @Nullable Integer state(String text) {
        Table states = tenant.table("state");
        for (Row row : states.rows()) {
            if (row.text(states.field("identifier")).equalsIgnoreCase(text)
                    || row.text(states.field("name")).equalsIgnoreCase(text)) {
                return row.id;
            }
        }
        return null;
    }
}
