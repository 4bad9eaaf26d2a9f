package org.psasync.connectwise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.http.RestCall;
import org.psasync.model.AssetKind;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectionCheck.MissingRight;
import org.psasync.spi.ConnectorException;

/**
 * Tries the credentials, and each right by one read (PSA-CW-1, PSA-CW-4).
 *
 * <p>The PSA shows no list of the rights that a member has; rights to add and edit show only when they are needed.
 */
final class ConnectionChecker {
    private static final List<Probe> PROBES = List.of(
            new Probe("companies.probe", "company/companies", Set.of(AssetKind.ORGANIZATION, AssetKind.LOCATION)),
            new Probe("contacts.probe", "company/contacts", Set.of(AssetKind.CONTACT)),
            new Probe("configurations.probe", "company/configurations", Set.of(AssetKind.CONFIGURATION)),
            new Probe("tickets.probe", "service/tickets", Set.of(AssetKind.TICKET)),
            new Probe("tables.probe", ListName.COMPANY_TYPES.path(), Set.of()),
            new Probe("members.probe", "system/members", Set.of()));

    private final Api api;
    private final CodeBases codeBases;
    private final @Nullable String memberId;

    ConnectionChecker(Api api, CodeBases codeBases, @Nullable String memberId) {
        this.api = api;
        this.codeBases = codeBases;
        this.memberId = memberId;
    }

    /** A read that needs one right. */
    private record Probe(String call, String path, Set<AssetKind> kinds) {}

    ConnectionCheck check() {
        CodeBase base = codeBases.afresh();
        Optional<JsonValue> info = systemInfo();
        List<MissingRight> missing = new ArrayList<>();
        for (Probe probe : PROBES) {
            if (!allows(probe)) {
                missing.add(new MissingRight(Rights.of(probe.call()), probe.kinds()));
            }
        }
        if (info.isEmpty() && missing.size() == PROBES.size()) {
            throw new ConnectorException.Unauthorized(
                    "ConnectWise refuses every call (status 403): the client ID is wrong, or the security role of the API"
                            + " member has no rights at all",
                    ConnectWiseProvider.CLIENT_ID);
        }
        String version = info.map(json -> json.text("version")).orElse(base.release());
        String shown = version.isEmpty() ? "unknown" : version;
        List<String> advice = new ArrayList<>(versionAdvice(shown));
        String level = memberAdvice(advice);
        String rights =
                "missing: " + missing.stream().map(MissingRight::name).sorted().toList() + level;
        return new ConnectionCheck(base.tenant(), shown, missing, advice, rights);
    }

    /** Empty when the server does not let this member see it. */
    private Optional<JsonValue> systemInfo() {
        try {
            return Optional.of(api.get("system.info", "system/info").json());
        } catch (ConnectorException.Forbidden | ConnectorException.Gone e) {
            return Optional.empty();
        }
    }

    private boolean allows(Probe probe) {
        try {
            RestAnswer answer = api.call(base -> RestCall.read(probe.call(), base.path(probe.path()))
                    .query("pageSize", 1)
                    .query("fields", "id"));
            if (!answer.json().isArray()) {
                throw answer.unavailable("did not answer with a list");
            }
            return true;
        } catch (ConnectorException.Forbidden e) {
            return false;
        }
    }

    private static List<String> versionAdvice(String version) {
        ModelVersion newest = ModelVersion.KNOWN.get(ModelVersion.KNOWN.size() - 1);
        return ModelVersion.read(version)
                .filter(ModelVersion::isUnsupported)
                .map(old -> List.of("ConnectWise " + version + " is no longer supported by this connector, which was"
                        + " compared with the releases " + ModelVersion.KNOWN + "; update it to " + newest))
                .orElse(List.of());
    }

    /** Returns what the API shows of the member's level, as a part of its rights. */
    private String memberAdvice(List<String> advice) {
        if (memberId == null) {
            advice.add("Give the integration an API member of its own, at the highest level of the structure; with its"
                    + " member ID entered, its level is checked");
            return "";
        }
        List<JsonValue> members;
        try {
            members = api.call(base -> RestCall.read("members.find", base.path("system/members"))
                            .query("conditions", Condition.text("identifier", memberId))
                            .query("fields", "id,identifier,licenseClass,structureLevel"))
                    .json()
                    .elements();
            for (JsonValue member : members) {
                if (memberId.equalsIgnoreCase(member.text("identifier"))) {
                    return levelAdvice(member, advice);
                }
            }
            return unknownMember(advice);
        } catch (ConnectorException.Forbidden | ConnectorException.Rejected | JsonMismatch e) {
            return ""; // without it there is no advice
        }
    }

    private String unknownMember(List<String> advice) {
        advice.add("ConnectWise shows no member \"" + memberId
                + "\"; check the member ID, which is needed for advice only");
        return "";
    }

    private static String levelAdvice(JsonValue member, List<String> advice) {
        String licence = member.text("licenseClass");
        if (licence != null && !licence.equals("A")) {
            advice.add("The member is a person's; give the integration an API member of its own");
        }
        Long level = Reads.number(member, "structureLevel");
        String name = Reads.text(member, "structureLevel", "name");
        if (level != null && level > 1) {
            advice.add("The member is at the level \"" + name + "\" of the structure; records of higher levels may be"
                    + " hidden from it. Put it at the highest level");
        }
        return level == null ? "" : "; level " + level;
    }
}
