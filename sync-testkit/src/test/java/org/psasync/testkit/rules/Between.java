package org.psasync.testkit.rules;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRecord;

/** Connectors that stand between an engine and another connector. */
final class Between {
    private Between() {}

    /** What one call does instead. */
    @FunctionalInterface
    interface Detour {
        Object call(String method, Object[] arguments, Real real) throws Exception;
    }

    /** The same call of the other connector. */
    @FunctionalInterface
    interface Real {
        Object call(Object[] arguments) throws Exception;
    }

    static PsaConnector with(PsaConnector real, Detour detour) {
        return (PsaConnector) Proxy.newProxyInstance(
                Between.class.getClassLoader(),
                new Class<?>[] {PsaConnector.class},
                (proxy, method, arguments) -> detour.call(method.getName(), arguments, passed -> {
                    try {
                        return method.invoke(real, passed);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
                    }
                }));
    }

    /** Pages of few records. */
    static PsaConnector smallPages(PsaConnector real, int size) {
        return with(real, (method, arguments, call) -> {
            if (method.equals("changes")) {
                arguments[3] = size;
            }
            return call.call(arguments);
        });
    }

    /** The same PSA without one field. */
    static PsaConnector without(PsaConnector real, Field<?> field) {
        return with(real, (method, arguments, call) -> {
            Object answer = call.call(arguments);
            if (answer instanceof ConnectorDescriptor descriptor) {
                return narrowed(descriptor, field);
            }
            return answer instanceof RemotePage page ? narrowed(page, field) : answer;
        });
    }

    /** The same PSA, whose listings hide the values of a field. */
    static PsaConnector hiding(PsaConnector real, Field<?> field) {
        return with(real, (method, arguments, call) -> {
            Object answer = call.call(arguments);
            return answer instanceof RemotePage page ? narrowed(page, field) : answer;
        });
    }

    private static ConnectorDescriptor narrowed(ConnectorDescriptor descriptor, Field<?> field) {
        Map<AssetKind, KindDescriptor> kinds = new EnumMap<>(descriptor.kinds());
        KindDescriptor kind = kinds.get(field.kind());
        kinds.put(
                field.kind(),
                new KindDescriptor(
                        kind.kind(),
                        kind.reading(),
                        kind.deltaComplete(),
                        kind.listsIds(),
                        kind.keepsDeleted(),
                        kind.tellsCreation(),
                        kind.create(),
                        kind.update(),
                        kind.find(),
                        kind.visibilityDelay(),
                        kind.fields().stream()
                                .filter(rule -> !rule.field().equals(field))
                                .toList(),
                        kind.moreKeys().stream()
                                .filter(key -> !key.equals(field))
                                .toList()));
        return new ConnectorDescriptor(
                descriptor.id(), descriptor.displayName(), kinds, descriptor.options(), descriptor.deadline());
    }

    private static RemotePage narrowed(RemotePage page, Field<?> field) {
        List<RemoteRecord> records = page.records().stream()
                .map(record -> record.values().kind() != field.kind()
                        ? record
                        : new RemoteRecord(
                                record.id(),
                                record.version(),
                                record.values().without(field),
                                record.deleted(),
                                record.createdAt(),
                                record.note()))
                .toList();
        return new RemotePage(records, page.unreadable(), page.next(), page.last(), page.expected());
    }
}
