package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The way to the API: code base, credentials, model version, media type and rate limit; and what is open to everybody.
 *
 * <p>Source: ConnectWise developer guide, Authentication, Versioning and Cloud URL, 2026-10.
 */
final class Gate {
    private static final String API = "apis/3.0/";
    private static final int LONGEST_URL = 2000;
    private static final Pattern VERSION = Pattern.compile("version=([0-9.]+)");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Tenant tenant;
    private final Account account;
    private final Api api;
    private final RateLimit limit = new RateLimit();

    Gate(Tenant tenant, Account account, Api api) {
        this.tenant = tenant;
        this.account = account;
        this.api = api;
    }

    /**
     * Answers a request.
     *
     * @throws Refusal when it is to be answered with an error
     */
    Reply answer(String method, String path, String query, Map<String, String> headers, byte[] body) {
        if (path.startsWith("/login/companyinfo/")) {
            return companyInfo(path.substring("/login/companyinfo/".length()));
        }
        String below = belowCodebase(path);
        if (below == null) {
            throw Refusal.noSuchEndpoint();
        }
        if (below.startsWith("system/callbackkey/")) {
            if (tenant.switches.isOn(Switch.SIGNING_KEY_NEEDS_CREDENTIALS)) {
                checkCredentials(headers);
            }
            return Reply.of(200, JSON.objectNode().put("signing_key", account.signingKey()));
        }
        if (!below.startsWith(API)) {
            throw Refusal.noSuchEndpoint();
        }
        if (path.length() + query.length() > LONGEST_URL) {
            throw Refusal.of(414, "ConnectWiseApi", "The request URL is too long.");
        }
        String record = below.substring(API.length());
        limit.count(tenant);
        if (!record.equals("system/info") || !tenant.switches.isOn(Switch.OPEN_SYSTEM_INFO)) {
            checkCredentials(headers);
        }
        checkModel(headers.getOrDefault("Accept", ""));
        if (body.length > 0 && !headers.getOrDefault("Content-Type", "").contains("json")) {
            throw Refusal.of(415, "ConnectWiseApi", "The request entity's media type is not supported.");
        }
        Call call = new Call(
                method,
                List.of(record.split("/", -1)),
                account.url() + path,
                query(query),
                headers,
                body,
                new Author(account.apiMember(), true));
        return api.answer(call);
    }

    /** The path below a code base that is in force, or null. */
    private @Nullable String belowCodebase(String path) {
        for (String codebase : List.of(account.codebase(), "v4_6_release/")) {
            if (path.startsWith("/" + codebase)) {
                return path.substring(1 + codebase.length());
            }
        }
        return null;
    }

    private Reply companyInfo(String company) {
        if (!company.equalsIgnoreCase(account.companyId())) {
            return tenant.switches.isOn(Switch.UNKNOWN_COMPANY_ANSWERS_404)
                    ? Reply.of(404, JSON.nullNode())
                    : Reply.of(200, JSON.nullNode());
        }
        ObjectNode info = JSON.objectNode()
                .put("CompanyName", "Example MSP")
                .put("Codebase", account.codebase())
                .put("VersionCode", "v" + tenant.model())
                .put("VersionNumber", "v4.6.99999")
                .put("CompanyID", account.companyId());
        if (tenant.switches.isOn(Switch.CLOUD_FLAG_AS_BOOLEAN)) {
            info.put("IsCloud", tenant.cloud);
        } else {
            info.put("IsCloud", tenant.cloud ? "True" : "False");
        }
        return Reply.of(200, info.put("SiteUrl", account.site()));
    }

    private void checkCredentials(Map<String, String> headers) {
        String authorization = headers.getOrDefault("Authorization", "");
        String expected = account.companyId() + "+" + account.publicKey() + ":" + account.privateKey();
        boolean right = false;
        if (authorization.startsWith("Basic ")) {
            try {
                byte[] decoded =
                        Base64.getDecoder().decode(authorization.substring(6).strip());
                right = Arrays.equals(decoded, expected.getBytes(StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                right = false;
            }
        }
        if (!right) {
            throw tenant.switches.isOn(Switch.WRONG_CREDENTIALS_ANSWER_404)
                    ? Refusal.noSuchEndpoint()
                    : Refusal.of(401, "ConnectWiseApi", "UserNotAuthenticated");
        }
        if (!account.clientId().equalsIgnoreCase(headers.getOrDefault("clientId", ""))) {
            throw Refusal.of(403, "ConnectWiseApi", "The clientId header is missing or not known.");
        }
    }

    /** Refuses a model that is newer than the server. */
    private void checkModel(String accept) {
        Matcher version = VERSION.matcher(accept);
        if (version.find() && isNewer(version.group(1), tenant.model())) {
            throw Refusal.of(
                    400, "ConnectWiseApi", "The version " + version.group(1) + " in the accept header is not known.");
        }
    }

    private static boolean isNewer(String asked, String known) {
        String[] a = asked.split("\\.", -1);
        String[] b = known.split("\\.", -1);
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            if (!a[i].equals(b[i])) {
                return Integer.parseInt(a[i]) > Integer.parseInt(b[i]);
            }
        }
        return false;
    }

    private static Map<String, String> query(String query) {
        Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            try {
                parameters.put(
                        URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                        parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw Refusal.of(400, "ConnectWiseApi", "The query cannot be decoded.");
            }
        }
        return parameters;
    }

    /** The path below the API for lists of requests and patterns; other paths as they are. */
    String shorten(String path) {
        String below = belowCodebase(path);
        return below != null && below.startsWith(API) ? below.substring(API.length()) : path;
    }
}
