package org.psasync.testkit.connectwise;

import java.util.List;

/** Sites: one primary site for each company, whose address the company shows. */
final class SiteRules implements Rules {
    private final Tenant tenant;
    private final History history;
    private final Table sites;
    private final Table companies;

    SiteRules(Tenant tenant, History history) {
        this.tenant = tenant;
        this.history = history;
        this.sites = tenant.table("site");
        this.companies = tenant.table("company");
    }

    @Override
    public void complete(Draft draft) {
        if (draft.isNew() && sites.below(draft.pointer("company")).isEmpty()) {
            draft.set("primaryAddressFlag", true);
        }
        draft.fill("addressFormat", "{Address1}\n{Address2}\n{City}, {State} {Zip}\n{Country}");
    }

    @Override
    public void stored(Row row, Draft draft) {
        Row company = tenant.find("company", draft.pointer("company"));
        if (company == null) {
            return;
        }
        Field primary = sites.field("primaryAddressFlag");
        if (row.flag(primary)) {
            for (Row other : sites.below(company.id)) {
                if (other != row && other.flag(primary)) {
                    other.set(primary, false);
                    history.shownDifferently(other);
                }
            }
            company.set(companies.field("site"), row.id);
            showAddress(row, company);
        }
        if (tenant.switches.isOn(Switch.CHILD_WRITES_MOVE_PARENT)) {
            history.stamp(companies, company, draft.author);
        }
    }

    private void showAddress(Row site, Row company) {
        for (String name : CompanyRules.ADDRESS) {
            company.set(companies.field(name), site.get(sites.field(name)));
        }
        Row state = tenant.find("state", site.pointer(sites.field("stateReference")));
        company.set(
                companies.field("state"),
                state == null ? null : state.text(tenant.table("state").field("identifier")));
        history.shownDifferently(company);
    }

    @Override
    public void deleted(Table table, Row row, Author author) {
        Row company = tenant.find("company", row.pointer(sites.field("company")));
        List<Row> left = company == null ? List.of() : sites.below(company.id);
        if (company != null && row.flag(sites.field("primaryAddressFlag")) && !left.isEmpty()) {
            left.get(0).set(sites.field("primaryAddressFlag"), true);
            history.shownDifferently(left.get(0));
            company.set(companies.field("site"), left.get(0).id);
            showAddress(left.get(0), company);
        }
    }
}
