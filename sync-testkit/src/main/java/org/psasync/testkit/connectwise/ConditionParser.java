package org.psasync.testkit.connectwise;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.psasync.testkit.connectwise.Condition.Names;
import org.psasync.testkit.connectwise.Condition.Operand;
import org.psasync.testkit.connectwise.Condition.ValueKind;

/**
 * Parses conditions: terms of a name, an operator and a value, joined by {@code and} and {@code or}, with parentheses.
 *
 * <p>Source: ConnectWise developer guide, Conditions, 2026-10. A backslash before a quotation mark is this fake's own
 * reading; the guide has no way to write one.
 */
final class ConditionParser<T> {
    private final ConditionLexer lexer;
    private final Names<T> names;

    private ConditionParser(ConditionLexer lexer, Names<T> names) {
        this.lexer = lexer;
        this.names = names;
    }

    /**
     * Parses a condition; a blank one is always met.
     *
     * @throws Refusal when it is not well formed, or a name or value does not fit
     */
    static <T> Condition<T> parse(String text, Names<T> names, Switches switches) {
        if (text.isBlank()) {
            return Condition.always();
        }
        ConditionParser<T> parser =
                new ConditionParser<>(new ConditionLexer(text, switches.isOn(Switch.DATES_WITHOUT_ZONE)), names);
        Condition<T> condition = parser.either();
        parser.lexer.end();
        return condition;
    }

    private Condition<T> either() {
        Condition<T> condition = both();
        while (lexer.keyword("or")) {
            condition = condition.or(both());
        }
        return condition;
    }

    private Condition<T> both() {
        Condition<T> condition = single();
        while (lexer.keyword("and")) {
            condition = condition.and(single());
        }
        return condition;
    }

    private Condition<T> single() {
        if (lexer.sign("(")) {
            Condition<T> inner = either();
            lexer.expect(")");
            return inner;
        }
        String name = lexer.name();
        Operand<T> operand = names.find(name);
        boolean not = lexer.keyword("not");
        if (lexer.keyword("contains")) {
            return of(operand, not, Literal.Text.contains(text(operand)));
        }
        if (lexer.keyword("like")) {
            return of(operand, not, Literal.Text.like(text(operand)));
        }
        if (lexer.keyword("in")) {
            return of(operand, not, oneOf(operand));
        }
        if (not) {
            throw Refusal.badCondition("Expected contains, like or in after not.");
        }
        String sign = lexer.comparison();
        Literal literal = lexer.value();
        literal.check(operand.type());
        Condition<T> term = of(operand, false, literal.compare(sign));
        if (name.equalsIgnoreCase("id") && literal.value() instanceof Double number) {
            int least = number.intValue();
            return switch (sign) {
                case ">" -> new Condition<>(term.test(), least);
                case ">=", "=" -> new Condition<>(term.test(), least - 1);
                default -> term;
            };
        }
        return term;
    }

    private String text(Operand<T> operand) {
        Literal literal = lexer.value();
        if (operand.type() != ValueKind.TEXT && operand.type() != ValueKind.ANY) {
            throw Refusal.badCondition("contains and like apply to strings only.");
        }
        literal.check(ValueKind.TEXT);
        return String.valueOf(literal.value());
    }

    private Predicate<Object> oneOf(Operand<T> operand) {
        lexer.expect("(");
        List<Predicate<Object>> tests = new ArrayList<>();
        do {
            Literal literal = lexer.value();
            literal.check(operand.type());
            tests.add(literal.compare("="));
        } while (lexer.sign(","));
        lexer.expect(")");
        return value -> {
            for (Predicate<Object> test : tests) {
                if (test.test(value)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static <T> Condition<T> of(Operand<T> operand, boolean not, Predicate<Object> test) {
        return new Condition<>(row -> test.test(operand.read().apply(row)) != not, Integer.MIN_VALUE);
    }
}
