package org.psasync.connectwise;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.spi.FieldRule;

/** Says of values, all at once and before anything is sent, what the PSA would refuse (PUSH-8, FIELD-2). */
final class DraftCheck {
    private static final int EXTENSION_LENGTH = 15;

    private final Lists lists;

    DraftCheck(Lists lists) {
        this.lists = lists;
    }

    /** What is wrong with a record to be made. */
    List<Problem> ofNew(RecordKind kind, FieldValues values) {
        List<Problem> result = new ArrayList<>();
        for (FieldRule rule : kind.rules()) {
            if (rule.requiredOnCreate() && values.get(rule.field()) == null) {
                result.add(Problem.of(
                        rule.field(),
                        Problem.Code.REQUIRED,
                        "ConnectWise makes no " + words(kind) + " without " + words(rule.field()) + "; fill it in"));
            }
        }
        result.addAll(ofValues(kind, values, values));
        Choice type = values.get(ConfigurationFields.TYPE);
        if (type != null) {
            questions(type, result);
        }
        return result;
    }

    /** What is wrong with values that are to be written. */
    List<Problem> ofValues(RecordKind kind, FieldValues values, FieldValues whole) {
        List<Problem> result = new ArrayList<>();
        for (Mapped<?> mapped : kind.mapped()) {
            Object value = values.get(mapped.field());
            if (value != null) {
                length(mapped, value, result);
                try {
                    mapped.json(values, whole, lists);
                } catch (NotWritable e) {
                    result.add(e.problem());
                }
            }
        }
        types(OrganizationFields.TYPES, ListName.COMPANY_TYPES, values, result);
        types(ContactFields.TYPES, ListName.CONTACT_TYPES, values, result);
        points(values, ContactFields.EMAILS, result);
        points(values, ContactFields.PHONES, result);
        return result;
    }

    /** Fields that the caller gave although they are not mapped, or only read. */
    static List<Problem> unwritable(RecordKind kind, FieldValues values) {
        return values.fields().stream()
                .filter(field ->
                        kind.rules().stream().noneMatch(rule -> rule.field().equals(field) && rule.writable()))
                .map(field ->
                        Problem.of(field, Problem.Code.NOT_WRITABLE, "ConnectWise's " + words(field) + " is only read"))
                .toList();
    }

    private static void length(Mapped<?> mapped, Object value, List<Problem> result) {
        if (value instanceof Set<?>) {
            return; // each by itself
        }
        String text = value instanceof Choice choice ? choice.name() : value.toString();
        if (mapped.maxLength() > 0 && text.length() > mapped.maxLength()) {
            result.add(tooLong(mapped.field(), words(mapped.field()), text, mapped.maxLength()));
        }
    }

    private static Problem tooLong(Field<?> field, String what, String value, int longest) {
        return Problem.of(
                field,
                Problem.Code.TOO_LONG,
                "The " + what + " \"" + value.substring(0, Math.min(20, value.length())) + "…\" has " + value.length()
                        + " characters, and ConnectWise holds " + longest + "; shorten it");
    }

    private void types(Field<Set<Choice>> field, ListName list, FieldValues values, List<Problem> result) {
        Set<Choice> types = field.kind() == values.kind() ? values.get(field) : null;
        for (Choice type : types == null ? Set.<Choice>of() : types) {
            try {
                lists.entry(field, list, type);
            } catch (NotWritable e) {
                result.add(e.problem());
            }
        }
    }

    private static void points(FieldValues values, Field<Set<ContactPoint>> field, List<Problem> result) {
        Set<ContactPoint> points = field.kind() == values.kind() ? values.get(field) : null;
        for (ContactPoint point : points == null ? Set.<ContactPoint>of() : points) {
            if (point.value().length() > CommunicationItem.LONGEST) {
                result.add(tooLong(field, words(field), point.value(), CommunicationItem.LONGEST));
            }
            @Nullable String extension = point.extension();
            if (extension != null && extension.length() > EXTENSION_LENGTH) {
                result.add(tooLong(field, "extension", extension, EXTENSION_LENGTH));
            }
        }
    }

    /** PSA-CW-3. */
    private void questions(Choice type, List<Problem> result) {
        List<String> questions;
        try {
            ListEntry entry = lists.entry(ConfigurationFields.TYPE, ListName.CONFIGURATION_TYPES, type);
            questions = lists.requiredQuestions(entry.number());
        } catch (NotWritable e) {
            return; // said already
        }
        if (!questions.isEmpty()) {
            result.add(Problem.of(
                    ConfigurationFields.TYPE,
                    Problem.Code.REQUIRED,
                    "A configuration of the type \"" + type.name() + "\" must answer questions that are not synced: \""
                            + String.join("\", \"", questions)
                            + "\". Create it in ConnectWise, or make the questions optional there"));
        }
    }

    private static String words(RecordKind kind) {
        return switch (kind.kind()) {
            case ORGANIZATION -> "company";
            case LOCATION -> "site";
            case CONTACT -> "contact";
            case CONFIGURATION -> "configuration";
            case TICKET -> "ticket";
        };
    }

    /** {@code firstName} as "first name". */
    static String words(Field<?> field) {
        return field.name().replaceAll("(?<=[a-z])(?=[A-Z0-9])", " ").toLowerCase(Locale.ROOT);
    }
}
