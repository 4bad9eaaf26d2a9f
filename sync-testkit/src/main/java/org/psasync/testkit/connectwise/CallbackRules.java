package org.psasync.testkit.connectwise;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Registrations for callbacks: known types and levels, a real address, and no two alike.
 *
 * <p>Source: ConnectWise developer guide, Callbacks, 2026-10.
 */
final class CallbackRules implements Rules {
    static final Map<String, List<String>> LEVELS = Map.of(
            "company", List.of("owner", "status", "type", "territory", "company", "integratorTag"),
            "contact", List.of("owner", "type", "territory", "company", "contact"),
            "configuration", List.of("owner", "type", "status", "configuration"),
            "ticket", List.of("owner", "board", "project", "phase", "status", "ticket", "integratorTag"),
            "member", List.of("owner", "location", "securityRole", "member"));

    private final Tenant tenant;

    CallbackRules(Tenant tenant) {
        this.tenant = tenant;
    }

    @Override
    public void complete(Draft draft) {
        if (!isUrl(draft.text("url"))) {
            draft.problem("InvalidField", "Invalid URL", "url");
        }
        List<String> levels = LEVELS.getOrDefault(draft.text("type").toLowerCase(Locale.ROOT), List.of());
        if (levels.stream().noneMatch(draft.text("level")::equalsIgnoreCase)) {
            draft.problem(
                    "InvalidObject",
                    "Unrecognized level for type, see documentation for supported levels for each type",
                    "level");
        }
        if (draft.pointer("objectId") == 0 && draft.get("objectId") != null) {
            draft.set("objectId", 1);
        }
        draft.fill("payloadVersion", "3.0.0");
        draft.fill("isSoapCallbackFlag", false);
        draft.fill("memberId", memberId(draft.author));
        for (Row row : draft.table.rows()) {
            boolean same = row != draft.row
                    && List.of("url", "objectId", "type", "level").stream()
                            .allMatch(name -> row.text(draft.table.field(name)).equalsIgnoreCase(draft.text(name)));
            if (same) {
                draft.problem("ObjectExists", "A matching callback entry already exists", "objectId");
            }
        }
    }

    private int memberId(Author author) {
        Table members = tenant.table("member");
        for (Row member : members.rows()) {
            if (member.text(members.field("identifier")).equals(author.name())) {
                return member.id;
            }
        }
        return 0;
    }

    private static boolean isUrl(String text) {
        try {
            URI url = new URI(text);
            return url.getHost() != null && String.valueOf(url.getScheme()).startsWith("http");
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
