package org.psasync.testkit.wrong;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.psasync.engine.SyncEngine;
import org.psasync.model.FieldValues;
import org.slf4j.Logger;

/** Compiles one source file of the engine with a fault in it, in memory, against the engine as it was built. */
final class Workshop {
    private static final Path SOURCES =
            Path.of(System.getProperty("psasync.root", ".."), "sync-core/src/main/java/org/psasync");

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);

    Workshop() {
        try {
            files.setLocationFromPaths(
                    StandardLocation.CLASS_PATH,
                    List.of(
                            placeOf(SyncEngine.class),
                            placeOf(FieldValues.class),
                            placeOf(NullMarked.class),
                            placeOf(Logger.class)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the source of a wrong engine with the fault in it. */
    static String source(WrongEngine engine) {
        try {
            return engine.applied(Files.readString(SOURCES.resolve(engine.source())));
        } catch (IOException e) {
            throw new AssertionError(engine.source() + " cannot be read", e);
        }
    }

    /** Returns the classes of the file at fault, by name. */
    Map<String, byte[]> classes(WrongEngine engine) {
        Made made = new Made(files);
        StringWriter said = new StringWriter();
        boolean compiles = compiler.getTask(
                        said,
                        made,
                        null,
                        List.of("-proc:none", "-nowarn", "-Xlint:none", "-parameters", "-g"),
                        null,
                        List.of(new Text(engine)))
                .call();
        if (!compiles) {
            throw new AssertionError("The fault \"" + engine + "\" does not compile:\n" + said);
        }
        return made.classes();
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(WrongEngine engine) {
            super(URI.create("string:///org/psasync/" + engine.source()), Kind.SOURCE);
            this.text = source(engine);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Keeps the compiled classes. */
    private static final class Made extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> made = new HashMap<>();

        Made(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            made.put(className, bytes);
            return new SimpleJavaFileObject(URI.create("bytes:///" + className.replace('.', '/')), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new HashMap<>();
            made.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }
    }
}
