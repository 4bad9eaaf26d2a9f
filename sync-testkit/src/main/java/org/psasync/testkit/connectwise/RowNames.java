package org.psasync.testkit.connectwise;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psasync.testkit.connectwise.Condition.Operand;
import org.psasync.testkit.connectwise.Condition.ValueKind;

/** What names in {@code conditions} and {@code orderBy} stand for in the rows of a table. */
final class RowNames implements Condition.Names<Row> {
    private final Tenant tenant;
    private final Table table;

    RowNames(Tenant tenant, Table table) {
        this.tenant = tenant;
        this.table = table;
    }

    @Override
    public Operand<Row> find(String path) {
        String[] steps = path.split("/", -1);
        Field field = table.shape.find(steps[0]);
        Operand<Row> stamp = field == null && steps.length == 1 ? stamp(path.toLowerCase(Locale.ROOT)) : null;
        if (stamp != null) {
            return stamp;
        }
        if (field == null || field.hidden() || field.kind().array()) {
            throw unknown(path);
        }
        if (field.kind() == Field.Kind.REF) {
            if (steps.length != 2) {
                throw unknown(path);
            }
            return inReference(field, steps[1], path);
        }
        if (steps.length != 1) {
            throw unknown(path);
        }
        return plain(field);
    }

    private static Refusal unknown(String path) {
        return Refusal.badCondition(path + " is not a recognized name.");
    }

    private @Nullable Operand<Row> stamp(String name) {
        return switch (name) {
            case "id" -> new Operand<>(ValueKind.NUMBER, row -> row.id);
            case "lastupdated" -> new Operand<>(ValueKind.TIME, row -> row.lastUpdated);
            case "updatedby" -> new Operand<>(ValueKind.TEXT, row -> row.updatedBy);
            case "dateentered" ->
                table.shape.showsEntered() ? new Operand<>(ValueKind.TIME, row -> row.dateEntered) : null;
            case "enteredby" -> table.shape.showsEntered() ? new Operand<>(ValueKind.TEXT, row -> row.enteredBy) : null;
            default -> null;
        };
    }

    private Operand<Row> plain(Field field) {
        Object empty = field.empty();
        Function<Row, @Nullable Object> read = row -> {
            Object value = row.get(field);
            return value == null ? empty : value;
        };
        return switch (field.kind()) {
            case INT, NUM, ID -> new Operand<>(ValueKind.NUMBER, read);
            case FLAG -> new Operand<>(ValueKind.FLAG, read);
            case TIME -> new Operand<>(ValueKind.TIME, read);
            case GUID -> new Operand<>(ValueKind.TEXT, row -> Tenant.guid(table.name(), row.id));
            default -> new Operand<>(ValueKind.TEXT, read);
        };
    }

    private Operand<Row> inReference(Field field, String member, String path) {
        if (member.equalsIgnoreCase("id")) {
            return new Operand<>(ValueKind.NUMBER, row -> row.get(field));
        }
        Table target = tenant.tables().get(field.target());
        if (target == null) {
            if (List.of("name", "identifier").contains(member.toLowerCase(Locale.ROOT))) {
                return new Operand<>(ValueKind.TEXT, row -> null);
            }
            throw unknown(path);
        }
        for (Shape.Alias alias : target.shape.shownInReferences()) {
            if (alias.name().equalsIgnoreCase(member)) {
                boolean number = alias.from().get(0).kind() == Field.Kind.INT;
                return new Operand<>(number ? ValueKind.NUMBER : ValueKind.TEXT, row -> {
                    Row found = target.find(row.pointer(field));
                    return found == null ? null : Renderer.alias(found, alias);
                });
            }
        }
        throw unknown(path);
    }
}
