package org.psasync.examples.tidydesk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonValue;
import org.psasync.testkit.scenario.PageTrouble;
import org.psasync.testkit.scenario.Trouble;

/** A Tidydesk on the loopback address, with what can be wrong with it. */
final class FakeTidydesk implements AutoCloseable {
    static final String TOKEN = "tidy-token-7431";
    private static final int IDS_PER_PAGE = 5;

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
    final Set<String> withdrawn = ConcurrentHashMap.newKeySet();
    private final Map<String, NavigableMap<Long, JsonValue>> tables = new HashMap<>();
    private final Map<String, List<JsonValue>> lists = new HashMap<>();
    private final InstantSource clock;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fake-tidydesk");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable PageTrouble pageTrouble;
    private long latest = 100;

    FakeTidydesk(InstantSource clock) {
        this.clock = clock;
        tables.put("clients", new TreeMap<>());
        tables.put("devices", new TreeMap<>());
        lists.put("clientTypes", list("Customer", "Prospect"));
        lists.put("clientStatuses", list("Active", "Inactive"));
        lists.put("deviceTypes", list("Server", "Workstation"));
        lists.put("deviceStatuses", list("Active", "Inactive"));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/api/", this::answer);
        server.start();
    }

    private static List<JsonValue> list(String... names) {
        List<JsonValue> list = new ArrayList<>();
        for (String name : names) {
            list.add(JsonValue.object().with("id", list.size() + 1).with("name", name));
        }
        return list;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    // What people do in it -------------------------------------------------------------------------------------------

    synchronized JsonValue choice(String list, String name) {
        List<JsonValue> entries = Objects.requireNonNull(lists.get(list));
        for (JsonValue entry : entries) {
            if (name.equals(entry.text("name"))) {
                return entry;
            }
        }
        JsonValue added = JsonValue.object().with("id", entries.size() + 1).with("name", name);
        entries.add(added);
        return added;
    }

    synchronized long put(String kind, JsonValue members) {
        long id = ++latest;
        JsonValue record =
                JsonValue.object().with("id", id).with("createdAt", now()).with("active", true);
        table(kind).put(id, record);
        edit(kind, id, members);
        return id;
    }

    synchronized void edit(String kind, long id, JsonValue members) {
        JsonValue record = get(kind, id);
        if (record == null) {
            throw new IllegalArgumentException("There is no " + kind + " " + id);
        }
        for (String member : members.names()) {
            JsonValue value = members.at(member);
            record = record.with(member, value.isObject() ? named(kind, member, value) : value);
        }
        table(kind).put(id, record.with("changedAt", now()));
    }

    private JsonValue named(String kind, String member, JsonValue value) {
        String list = kind.substring(0, 6) + (member.equals("type") ? "Types" : "Statuses");
        return Objects.requireNonNull(lists.get(list)).stream()
                .filter(entry -> Objects.equals(entry.text("id"), value.text("id")))
                .findFirst()
                .orElse(value);
    }

    synchronized void delete(String kind, long id) {
        if (table(kind).remove(id) == null) {
            throw new IllegalArgumentException("There is no " + kind + " " + id);
        }
    }

    synchronized @Nullable JsonValue get(String kind, long id) {
        return table(kind).get(id);
    }

    synchronized List<Long> ids(String kind) {
        return List.copyOf(table(kind).keySet());
    }

    synchronized void disturb(@Nullable PageTrouble trouble) {
        pageTrouble = trouble;
    }

    private NavigableMap<Long, JsonValue> table(String kind) {
        return Objects.requireNonNull(tables.get(kind));
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    // What its API answers -------------------------------------------------------------------------------------------

    private record Reply(int status, JsonValue body) {}

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonValue body = JsonValue.missing();
            byte[] sent = exchange.getRequestBody().readAllBytes();
            if (sent.length > 0) {
                body = JsonValue.parse(new String(sent, StandardCharsets.UTF_8));
            }
            Trouble trouble = troubles.get(exchange.getRequestMethod());
            Reply reply = trouble == null || trouble == Trouble.ANSWER_LOST ? reply(exchange, body) : refusal(trouble);
            if (trouble != Trouble.REQUEST_LOST && trouble != Trouble.ANSWER_LOST) {
                byte[] text = reply.body.toJson().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                if (reply.status == 429) {
                    exchange.getResponseHeaders().set("Retry-After", "30");
                }
                exchange.sendResponseHeaders(reply.status, text.length);
                exchange.getResponseBody().write(text);
            }
        }
    }

    private static Reply refusal(Trouble trouble) {
        int status = switch (trouble) {
            case THROTTLED -> 429;
            case REJECTED -> 422;
            case UNAUTHORIZED -> 401;
            case FORBIDDEN -> 403;
            case UNAVAILABLE, REQUEST_LOST, ANSWER_LOST -> 503;
        };
        return new Reply(status, JsonValue.object().with("message", "Not now: " + trouble + " for " + TOKEN));
    }

    private synchronized Reply reply(HttpExchange exchange, JsonValue body) {
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return refusal(Trouble.UNAUTHORIZED);
        }
        String[] path =
                exchange.getRequestURI().getPath().substring("/api/".length()).split("/", -1);
        if (path[0].equals("me")) {
            Set<String> rights = new HashSet<>(tables.keySet());
            rights.removeAll(withdrawn);
            return new Reply(
                    200,
                    JsonValue.object()
                            .with("tenant", "t-1")
                            .with("version", "3")
                            .with("rights", rights));
        } else if (path[0].equals("lists")) {
            JsonValue all = JsonValue.object();
            for (Map.Entry<String, List<JsonValue>> list : lists.entrySet()) {
                all = all.with(list.getKey(), list.getValue());
            }
            return new Reply(200, all);
        } else if (withdrawn.contains(path[0])) {
            return new Reply(403, JsonValue.object().with("right", path[0]));
        }
        Map<String, String> query = query(exchange);
        if (path.length == 1) {
            return exchange.getRequestMethod().equals("POST") ? create(path[0], body) : page(path[0], query);
        }
        return path[1].equals("ids") ? ids(path[0], query) : one(exchange, path, body);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private Reply create(String kind, JsonValue body) {
        long id = put(kind, body);
        return new Reply(201, Objects.requireNonNull(get(kind, id)));
    }

    private Reply one(HttpExchange exchange, String[] path, JsonValue body) {
        long id = path[1].matches("\\d{1,18}") ? Long.parseLong(path[1]) : 0;
        if (!table(path[0]).containsKey(id)) {
            return new Reply(404, JsonValue.object().with("message", "There is no " + path[0] + " " + path[1]));
        }
        if (exchange.getRequestMethod().equals("PATCH")) {
            if (body.names().contains("name") && body.at("name").isBlank()) {
                return refusal(Trouble.REJECTED);
            }
            edit(path[0], id, body);
        }
        return new Reply(200, Objects.requireNonNull(get(path[0], id)));
    }

    private Reply page(String kind, Map<String, String> query) {
        for (String member : List.of("name", "mark")) {
            String wanted = query.get(member);
            if (wanted != null) {
                List<JsonValue> found = table(kind).values().stream()
                        .filter(record -> wanted.equalsIgnoreCase(record.text(member)))
                        .toList();
                return new Reply(200, JsonValue.object().with("items", found));
            }
        }
        String since = query.getOrDefault("since", "");
        long after = Long.parseLong(query.getOrDefault("after", "0"));
        List<JsonValue> rest = table(kind).values().stream()
                .filter(record -> behind(record, since, after))
                .sorted(Comparator.comparing((JsonValue record) -> Objects.toString(record.text("changedAt")))
                        .thenComparing(record -> Objects.requireNonNullElse(record.integer("id"), 0L)))
                .toList();
        return new Reply(
                200,
                cut("items", rest, Integer.parseInt(query.getOrDefault("limit", "100")))
                        .with("now", now()));
    }

    private static boolean behind(JsonValue record, String since, long after) {
        int order = Objects.toString(record.text("changedAt")).compareTo(since);
        return order > 0 || order == 0 && Objects.requireNonNullElse(record.integer("id"), 0L) > after;
    }

    private Reply ids(String kind, Map<String, String> query) {
        long after = Long.parseLong(query.getOrDefault("after", "0"));
        List<JsonValue> rest = table(kind).tailMap(after, false).keySet().stream()
                .map(JsonValue::of)
                .toList();
        return new Reply(200, cut("ids", rest, IDS_PER_PAGE));
    }

    /** A page of what is left, as it is disturbed. */
    private JsonValue cut(String member, List<JsonValue> rest, int limit) {
        int size = Math.min(limit, rest.size());
        if (pageTrouble == PageTrouble.SHORT) {
            size = (size + 1) / 2;
        }
        List<JsonValue> page = new ArrayList<>(rest.subList(0, size));
        if (pageTrouble == PageTrouble.REPEATED) {
            page = Stream.concat(page.stream(), page.stream()).toList();
        } else if (pageTrouble == PageTrouble.SHUFFLED) {
            Collections.reverse(page);
        }
        pageTrouble = null;
        return JsonValue.object().with(member, page).with("more", size < rest.size());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
