package org.psasync.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What logs and messages may not show: secrets, and values that name or reach a person (SAFE-5).
 *
 * <p>Hidden are known secrets wherever they stand, JSON members and form fields by their names, the values of all query
 * parameters that are not listed as harmless, all headers that are not, and what looks like an e-mail address, a phone
 * number or a token. Immutable and safe for use by several threads; {@code toString} shows none of it.
 */
public final class Mask {
    static final String HIDDEN = "***";

    private static final List<String> MEMBERS = List.of(
            "name",
            "first",
            "last",
            "mail",
            "phone",
            "mobile",
            "fax",
            "pager",
            "address",
            "street",
            "city",
            "zip",
            "postal",
            "birth",
            "gender",
            "ssn",
            "social",
            "user",
            "login",
            "password",
            "passwd",
            "pwd",
            "secret",
            "token",
            "key",
            "auth",
            "credential",
            "cookie",
            "session",
            "signature",
            "code",
            "identifier",
            "note",
            "description",
            "summary",
            "title",
            "details",
            "comment",
            "message",
            "caption",
            "answer",
            "value",
            "text",
            "subject",
            "body",
            "url",
            "href",
            "link",
            "condition",
            "filter",
            "search",
            "tenant",
            "by");
    private static final Set<String> HARMLESS_PARAMETERS = Set.of(
            "page", "pagesize", "pageid", "pagenumber", "orderby", "sort", "fields", "includefields", "maxrecords");
    private static final Set<String> HARMLESS_HEADERS = Set.of(
            "accept",
            "content-type",
            "content-length",
            "date",
            "retry-after",
            "api-current-version",
            "x-cw-request-id",
            "pagination-type");
    private static final Pattern EMAIL = Pattern.compile("[\\w.%+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,8}");
    private static final Pattern PHONE = Pattern.compile(
            "(?<![\\w.])(?:\\+\\d[\\d ().-]{6,24}\\d|\\(\\d{2,5}\\)[\\d .-]{5,20}\\d|\\d{3}[ .-]\\d{3}[ .-]\\d{4})(?!\\w)");
    private static final Pattern SCHEME = Pattern.compile("(?i)\\b(basic|bearer|token|digest)\\s+[\\w.~+/=-]{6,}");
    private static final Pattern ASSIGNED = Pattern.compile(
            "(?i)\\b([\\w-]*(?:password|passwd|pwd|secret|token|key|signature|authorization)\"?\\s*[=:]\\s*\"?)[^\\s\"&,;]+");

    private final Set<String> members;
    private final Set<String> harmlessParameters;
    private final Set<String> secrets;
    private final @Nullable Pattern known;

    private Mask(Collection<String> members, Collection<String> harmlessParameters, Collection<String> secrets) {
        this.members = Set.copyOf(members);
        this.harmlessParameters = Set.copyOf(harmlessParameters);
        this.secrets = Set.copyOf(secrets);
        this.known = secrets.isEmpty()
                ? null
                : Pattern.compile(secrets.stream()
                        .flatMap(
                                secret -> java.util.stream.Stream.of(secret, Addresses.encoded(secret), inJson(secret)))
                        .distinct()
                        .sorted((a, b) -> b.length() - a.length())
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|")));
    }

    /** Returns the mask described above. */
    public static Mask standard() {
        return new Mask(MEMBERS, HARMLESS_PARAMETERS, Set.of());
    }

    /** Hides further JSON members and form fields: those whose name contains one of these parts, whatever the case. */
    public Mask members(String... parts) {
        return new Mask(plus(members, lower(parts)), harmlessParameters, secrets);
    }

    /** Shows the values of further query parameters. */
    public Mask showingParameters(String... names) {
        return new Mask(members, plus(harmlessParameters, lower(names)), secrets);
    }

    /** Hides these texts wherever they stand, also encoded; blank ones and such of fewer than four characters are ignored. */
    public Mask secrets(Collection<String> texts) {
        List<String> usable =
                texts.stream().filter(text -> text.strip().length() >= 4).toList();
        return secrets.containsAll(usable) ? this : new Mask(members, harmlessParameters, plus(secrets, usable));
    }

    /** Returns a text without known secrets and without what looks like an address, a phone number or a token. */
    public String text(String text) {
        String result = known(text);
        result = ASSIGNED.matcher(result).replaceAll("$1" + Matcher.quoteReplacement(HIDDEN));
        result = SCHEME.matcher(result).replaceAll("$1 " + Matcher.quoteReplacement(HIDDEN));
        result = EMAIL.matcher(result).replaceAll(Matcher.quoteReplacement(HIDDEN));
        return PHONE.matcher(result).replaceAll(Matcher.quoteReplacement(HIDDEN));
    }

    /** Returns a text without known secrets. */
    String known(String text) {
        return known == null ? text : known.matcher(text).replaceAll(Matcher.quoteReplacement(HIDDEN));
    }

    /** Returns path and query of an address. */
    String address(java.net.URI uri) {
        String path = known(uri.getRawPath() == null ? "" : uri.getRawPath());
        String query = uri.getRawQuery();
        return EMAIL.matcher(path).replaceAll(HIDDEN.replace("*", "\\*"))
                + (query == null ? "" : "?" + form(query, name -> harmlessParameters.contains(name)));
    }

    String header(String name, String value) {
        return HARMLESS_HEADERS.contains(name.toLowerCase(Locale.ROOT)) ? text(value) : HIDDEN;
    }

    /** Returns a body with its shape, for the log. What is neither JSON nor a form is only counted. */
    String body(@Nullable String contentType, byte[] body) {
        if (body.length == 0) {
            return "nothing";
        }
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        if (type.contains("form-urlencoded")) {
            return form(new String(body, StandardCharsets.UTF_8), name -> !hides(name));
        }
        try {
            return known(Json.write(masked(Json.parse(body), false)));
        } catch (JsonMismatch e) {
            return body.length + " bytes that are not JSON";
        }
    }

    private String form(String pairs, java.util.function.Predicate<String> shown) {
        return Arrays.stream(pairs.split("&", -1))
                .map(pair -> {
                    int equals = pair.indexOf('=');
                    String name = equals < 0 ? "" : pair.substring(0, equals);
                    return equals >= 0 && shown.test(name.toLowerCase(Locale.ROOT))
                            ? text(pair)
                            : known(name) + "=" + HIDDEN;
                })
                .collect(Collectors.joining("&"));
    }

    private JsonNode masked(JsonNode node, boolean hidden) {
        if (node instanceof ObjectNode object) {
            ObjectNode result = Json.NODES.objectNode();
            object.properties()
                    .forEach(member -> result.set(
                            text(member.getKey()), masked(member.getValue(), hidden || hides(member.getKey()))));
            return result;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode result = Json.NODES.arrayNode();
            array.forEach(element -> result.add(masked(element, hidden)));
            return result;
        }
        if (node.isNull() || node.isBoolean()) {
            return node;
        }
        if (hidden) {
            return Json.NODES.textNode(HIDDEN);
        }
        return node.isTextual() ? Json.NODES.textNode(text(node.textValue())) : node;
    }

    private boolean hides(String member) {
        String lower = member.toLowerCase(Locale.ROOT);
        for (String part : members) {
            if (lower.contains(part)) {
                return true;
            }
        }
        return false;
    }

    private static String inJson(String secret) {
        String quoted = Json.write(Json.NODES.textNode(secret));
        return quoted.substring(1, quoted.length() - 1);
    }

    private static Set<String> plus(Set<String> set, Collection<String> more) {
        Set<String> result = new TreeSet<>(set);
        result.addAll(more);
        return result;
    }

    private static List<String> lower(String... texts) {
        return Arrays.stream(texts).map(text -> text.toLowerCase(Locale.ROOT)).toList();
    }

    @Override
    public String toString() {
        return "Mask";
    }
}
