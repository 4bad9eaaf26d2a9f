package org.psasync.connectwise;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;

/**
 * Where the interface of a tenant is, as the look-up tells.
 *
 * @param prefix the first part of every path, with a slash at its end
 * @param companyId the login name of the company as the server spells it
 * @param release the release as the server writes it; empty when it does not tell
 * @param cloud whether the vendor hosts it
 */
record CodeBase(String prefix, String companyId, String release, boolean cloud) {
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_.-]+/");

    /** The code base of servers that a customer runs; routed to the right release in the cloud too. */
    static final String GENERAL = "v4_6_release/";

    /**
     * Reads the answer of the look-up.
     *
     * @param companyId taken when the answer does not repeat it
     * @throws JsonMismatch when the answer is not one of a look-up
     */
    static CodeBase of(JsonValue answer, String companyId) {
        if (!answer.isObject()) {
            throw new JsonMismatch("The company look-up holds " + answer + " where an object was expected");
        }
        if (List.of("Codebase", "CompanyID", "VersionCode").stream()
                .allMatch(name -> answer.at(name).isBlank())) {
            throw new JsonMismatch("The company look-up names neither code base, company nor version");
        }
        String prefix = requireNonNullElse(answer.text("Codebase"), GENERAL);
        String slashed = prefix.endsWith("/") ? prefix : prefix + "/";
        if (!PREFIX.matcher(slashed).matches() || slashed.startsWith(".")) {
            throw new JsonMismatch("The member \"Codebase\" of the company look-up is not a path");
        }
        return new CodeBase(
                slashed,
                requireNonNullElse(answer.text("CompanyID"), companyId),
                requireNonNullElse(answer.text("VersionCode"), ""),
                Boolean.TRUE.equals(answer.flag("IsCloud")));
    }

    CodeBase ofRelease(String told) {
        return new CodeBase(prefix, companyId, told, cloud);
    }

    /** The path of an interface call. */
    String path(String below) {
        return prefix + "apis/3.0/" + below;
    }

    Optional<ModelVersion> version() {
        return ModelVersion.read(release).or(() -> ModelVersion.read(prefix));
    }

    /** The media type to accept. A server that names no version is asked for the only model that it surely has. */
    String accept() {
        return version()
                .map(version -> "application/vnd.connectwise.com+json; version=" + version.pinned())
                .orElse("application/json");
    }

    /** What identifies the tenant, whatever host name it is reached by (SAFE-2). */
    String tenant() {
        return "connectwise:" + companyId.toLowerCase(Locale.ROOT);
    }
}
