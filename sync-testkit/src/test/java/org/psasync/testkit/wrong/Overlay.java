package org.psasync.testkit.wrong;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Loads the engine, the testkit and the tests anew, with some classes in other versions. What is not of this project, the
 * test frameworks above all, is shared with the tests that run this.
 */
final class Overlay extends ClassLoader {
    private static final String OURS = "org.psasync.";

    private final Map<String, byte[]> others;

    Overlay(Map<String, byte[]> others) {
        super(Overlay.class.getClassLoader());
        this.others = others;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                byte[] bytes = others.containsKey(name) ? others.get(name) : asBuilt(name);
                loaded = defineClass(name, bytes, 0, bytes.length);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    private byte[] asBuilt(String name) throws ClassNotFoundException {
        try (InputStream stored = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (stored == null) {
                throw new ClassNotFoundException(name);
            }
            return stored.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
