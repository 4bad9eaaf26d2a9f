package org.psasync.http;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** A log that keeps its lines, at every level unless told otherwise. */
public final class RecordedLog extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;
    private static final Map<String, RecordedLog> LOGS = new ConcurrentHashMap<>();

    private final transient List<String> lines = new CopyOnWriteArrayList<>();
    private volatile boolean trace = true;

    private RecordedLog(String name) {
        this.name = name;
    }

    static RecordedLog of(String name) {
        return LOGS.computeIfAbsent(name, RecordedLog::new);
    }

    void clear() {
        lines.clear();
        trace = true;
    }

    void debugOnly() {
        trace = false;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        lines.add(MessageFormatter.basicArrayFormat(pattern, arguments) + (failure == null ? "" : " " + failure));
    }

    @Override
    public boolean isTraceEnabled() {
        return trace;
    }

    @Override
    public boolean isDebugEnabled() {
        return true;
    }

    @Override
    public boolean isInfoEnabled() {
        return true;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }

    /** Hands these logs to slf4j; found through its service loader. */
    public static final class Provider implements SLF4JServiceProvider, ILoggerFactory {
        private final IMarkerFactory markers = new BasicMarkerFactory();
        private final MDCAdapter context = new NOPMDCAdapter();

        @Override
        public Logger getLogger(String name) {
            return of(name);
        }

        @Override
        public ILoggerFactory getLoggerFactory() {
            return this;
        }

        @Override
        public IMarkerFactory getMarkerFactory() {
            return markers;
        }

        @Override
        public MDCAdapter getMDCAdapter() {
            return context;
        }

        @Override
        public String getRequestedApiVersion() {
            return "2.0.99";
        }

        @Override
        public void initialize() {}
    }
}
