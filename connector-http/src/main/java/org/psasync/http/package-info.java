/**
 * REST kit for connectors: calls with retries, budgets and masked logs, and a declarative map between fields and JSON.
 *
 * <pre>{@code
 * RestClient client = RestClient.to(BaseAddress.of(config.required("site"), config.plainHttpToLoopback()), config)
 *         .budget(CallBudget.builder(config.clock()).tenant(1000, Duration.ofMinutes(1)).atOnce(3).build())
 *         .credentials(() -> Map.of("Authorization", basic))
 *         .failures(MyPsaFailures::read)
 *         .build();
 * RestAnswer page = client.call(RestCall.read("sites.page", "companies/{}/sites", companyId).query("page", 1));
 *
 * FieldMap sites = FieldMap.of(AssetKind.LOCATION,
 *         FieldMapping.map(LocationFields.NAME, "name", JsonForms.text()).maxLength(50).requiredOnCreate(),
 *         FieldMapping.map(LocationFields.ACTIVE, "inactiveFlag", JsonForms.invertedFlag()),
 *         FieldMapping.map(LocationFields.PHONE, "phoneNumber", JsonForms.text()).pullOnly());
 * for (JsonValue record : page.json().elements()) {
 *     FieldReading site = sites.read(record);
 * }
 * JsonValue body = sites.writeNew(draft.values()).orRefuse().body();
 * client.call(RestCall.write("sites.create", "POST", "companies/{}/sites", companyId).json(body));
 * }</pre>
 */
@NullMarked
package org.psasync.http;

import org.jspecify.annotations.NullMarked;
