package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Hardware assets. Source: BMS API 2.0, HardwareAsset, 2026-10. */
final class AssetApi {
    private final Tenant tenant;
    private final Shapes shapes;
    private final Filters listed;

    AssetApi(Tenant tenant, Shapes shapes) {
        this.tenant = tenant;
        this.shapes = shapes;
        listed = new Filters()
                .numbers("CategoryIds", Filters.member("CategoryId"))
                .text("AssetName", Filters.member("Name"))
                .text("MachineGroupId")
                .text("LocationName", Filters.shown(shapes::assetRow, "LocationName"))
                .text("SerialNumber")
                .text("Description")
                .text("IPAddress", Filters.member("IpAddress"))
                .number("AccountId")
                .number("ContactId")
                .text("ContactName", Filters.shown(shapes::assetRow, "ContactName"))
                .exceptNumbers("ExcludedId", Filters.member("Id"))
                .activity();
    }

    void routes(Router router) {
        router.on("GET", "v2/servicedesk/hardwareasset/searchselect", this::list)
                .on("GET", "v2/servicedesk/hardwareasset/{}", this::one)
                .on("POST", "v2/servicedesk/hardwareasset", this::create)
                .on("PUT", "v2/servicedesk/hardwareasset/{}", this::replace)
                .on("DELETE", "v2/servicedesk/hardwareasset/{}", this::delete);
    }

    private JsonNode list(Router.Call call) {
        Query query = call.query();
        return query.page(listed.of(query, tenant.assets.rows()), false, shapes::assetRow);
    }

    private JsonNode one(Router.Call call) {
        return Router.envelope(shapes.asset(tenant.assets.get(call.id(0))));
    }

    private JsonNode delete(Router.Call call) {
        tenant.assets.get(call.id(0));
        tenant.assets.remove(call.id(0));
        return Router.NO_BODY;
    }

    private JsonNode create(Router.Call call) {
        ObjectNode row = blank();
        write(row, call.body(), true);
        check(row);
        tenant.assets.add(tenant.made(row, Tenant.API_USER));
        return Router.envelope(shapes.asset(row));
    }

    /** An asset without values. */
    static ObjectNode blank() {
        ObjectNode row = Wire.object().put("IsActive", true);
        row.put("DHCPEnabled", false).put("WinsEnabled", false);
        row.putArray("DiskVolumes");
        row.putArray("Statuses");
        return row;
    }

    private JsonNode replace(Router.Call call) {
        ObjectNode row = tenant.assets.get(call.id(0));
        ObjectNode changed = row.deepCopy();
        write(changed, call.body(), !tenant.switches.isOn(Switch.PUT_KEEPS_MISSING));
        check(changed);
        if (!call.isIgnored()) {
            row.setAll(changed);
            tenant.changed(row, Tenant.API_USER);
        }
        return Router.envelope(shapes.asset(row));
    }

    private static void write(ObjectNode row, JsonNode body, boolean clears) {
        for (String written : Shapes.ASSET_INPUT) {
            JsonNode value = Wire.member(body, written);
            String read = Shapes.readAs(written);
            boolean flag = Shapes.words("IsActive DHCPEnabled WinsEnabled").contains(read);
            if (!value.isMissingNode() && !(flag && value.isNull())) {
                row.set(read, value);
            } else if (clears && flag && value.isMissingNode()) {
                row.put(read, read.equals("IsActive"));
            } else if (clears && !flag) {
                row.putNull(read);
            }
        }
    }

    private void check(ObjectNode row) {
        List<String> problems = new ArrayList<>();
        if (Wire.isBlank(row.path("Name"))) {
            problems.add("Name is required.");
        }
        AccountApi.known(tenant.lookups.categories, row, "CategoryId", problems);
        if (!Wire.isBlank(row.path("ManufacturerId"))) {
            AccountApi.known(tenant.lookups.manufacturers, row, "ManufacturerId", problems);
        }
        ObjectNode account = tenant.accounts.find(row.path("AccountId").asInt());
        if (account == null) {
            problems.add("AccountId is not valid.");
        } else if (Tenant.location(account, row.path("AccountLocationId").asInt()) == null) {
            problems.add("AccountLocationId is not valid.");
        }
        int contact = row.path("ContactId").asInt();
        if (contact != 0 && tenant.contacts.find(contact) == null) {
            problems.add("ContactId is not valid.");
        }
        AccountApi.refuse(problems);
    }
}
