package org.psasync.testkit.connectwise;

import java.util.ArrayList;
import java.util.List;

/** Contacts: their communications and types, the site of their company, and its primary contact. */
final class ContactRules implements Rules {
    private final Tenant tenant;
    private final Writer writer;
    private final Communications communications;

    ContactRules(Tenant tenant, Writer writer) {
        this.tenant = tenant;
        this.writer = writer;
        this.communications = new Communications(tenant);
    }

    @Override
    public void complete(Draft draft) {
        if (draft.isNew()) {
            draft.fill("portalSecurityLevel", 1);
            draft.fill("disablePortalLoginFlag", true);
        }
        if (draft.get("typeIds") instanceof List<?> ids && draft.types == null) {
            draft.types = new ArrayList<>();
            for (Object id : ids) {
                if (tenant.find("contactType", (Integer) id) == null) {
                    draft.problem("NotFound", "type " + id + " not found", "typeIds");
                }
                draft.types.add((Integer) id);
            }
        }
        moveToSiteOfCompany(draft);
    }

    private void moveToSiteOfCompany(Draft draft) {
        Row company = tenant.find("company", draft.pointer("company"));
        Row site = tenant.find("site", draft.pointer("site"));
        int siteCompany = site == null ? 0 : site.pointer(tenant.table("site").field("company"));
        boolean elsewhere = site != null && company != null && siteCompany != company.id;
        if (company != null && (elsewhere || (draft.isNew() && site == null))) {
            int primary = company.pointer(tenant.table("company").field("site"));
            draft.set("site", primary == 0 ? null : primary);
        }
    }

    @Override
    public void stored(Row row, Draft draft) {
        if (draft.types != null) {
            TypeAssociationRules.assign(tenant, writer.history(), draft.table, row, draft.types, draft.author);
        }
        if (draft.communications != null) {
            communications.apply(row, draft.communications, writer.history(), draft.author);
        }
        Row company = tenant.find("company", draft.pointer("company"));
        if (company != null && draft.touches("defaultFlag") && draft.flag("defaultFlag")) {
            becomePrimary(row, company);
        }
    }

    private void becomePrimary(Row contact, Row company) {
        Table contacts = tenant.table("contact");
        for (Row other : contacts.rows()) {
            boolean former = other != contact
                    && other.pointer(contacts.field("company")) == company.id
                    && other.flag(contacts.field("defaultFlag"));
            if (former) {
                other.set(contacts.field("defaultFlag"), false);
                writer.history().shownDifferently(other);
            }
        }
        company.set(tenant.table("company").field("defaultContact"), contact.id);
        writer.history().shownDifferently(company);
    }
}
