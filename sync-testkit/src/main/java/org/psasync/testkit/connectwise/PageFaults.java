package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Wrong pages and records, made from right ones; answers that hold no records stay as they are. */
final class PageFaults {
    private PageFaults() {}

    static Reply reverse(Reply reply) {
        return page(reply, (from, to) -> {
            for (int i = from.size() - 1; i >= 0; i--) {
                to.add(from.get(i));
            }
        });
    }

    static Reply twice(Reply reply) {
        return page(reply, (from, to) -> to.addAll(from).addAll(from));
    }

    static Reply first(Reply reply, int records) {
        return page(reply, (from, to) -> {
            for (int i = 0; i < Math.min(records, from.size()); i++) {
                to.add(from.get(i));
            }
        });
    }

    static Reply set(Reply reply, Map<String, ? extends @Nullable Object> values) {
        return records(
                reply, record -> values.forEach((name, value) -> record.set(name, Renderer.MAPPER.valueToTree(value))));
    }

    static Reply set(Reply reply, int id, String name, Object value) {
        return records(reply, record -> {
            if (record.path("id").asInt() == id) {
                record.set(name, Renderer.MAPPER.valueToTree(value));
            }
        });
    }

    static Reply remove(Reply reply, String... names) {
        return records(reply, record -> record.remove(List.of(names)));
    }

    private interface Arrange {
        void arrange(ArrayNode from, ArrayNode to);
    }

    private static Reply page(Reply reply, Arrange arrange) {
        if (!(tree(reply) instanceof ArrayNode from)) {
            return reply;
        }
        ArrayNode to = from.arrayNode();
        arrange.arrange(from, to);
        return new Reply(reply.status(), reply.headers(), Renderer.bytes(to));
    }

    private static Reply records(Reply reply, Consumer<ObjectNode> change) {
        JsonNode tree = tree(reply);
        for (JsonNode record : tree.isArray() ? tree : List.of(tree)) {
            if (record instanceof ObjectNode object) {
                change.accept(object);
            }
        }
        return new Reply(reply.status(), reply.headers(), Renderer.bytes(tree));
    }

    private static JsonNode tree(Reply reply) {
        return reply.body().length == 0 ? Renderer.MAPPER.missingNode() : Bodies.parse(reply.body());
    }
}
