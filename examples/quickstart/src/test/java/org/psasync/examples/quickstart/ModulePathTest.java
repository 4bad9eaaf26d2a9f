package org.psasync.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.kagkarlsson.scheduler.Scheduler;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.autotask.AutotaskConnector;
import org.psasync.cluster.ClusterScheduler;
import org.psasync.connectwise.ConnectWiseConnector;
import org.psasync.engine.SyncEngine;
import org.psasync.http.RestClient;
import org.psasync.jdbc.JdbcStateStore;
import org.psasync.pulseway.PulsewayConnector;
import org.psasync.spi.PsaConnectors;
import org.slf4j.Logger;

/** Connectors are found by the class path and by the module path. */
class ModulePathTest {
    private static final String[] CONNECTORS = {"autotask", "connectwise", "pulseway", "kaseya-bms", "vorex"};
    private static final List<Class<?>> ONE_OF_EACH_MODULE = List.of(
            PsaConnectors.class,
            SyncEngine.class,
            JdbcStateStore.class,
            ClusterScheduler.class,
            Scheduler.class,
            RestClient.class,
            AutotaskConnector.class,
            ConnectWiseConnector.class,
            PulsewayConnector.class,
            Logger.class,
            ObjectMapper.class,
            JsonParser.class,
            JsonProperty.class);

    @Test
    void theClassPathShowsTheConnector() {
        assertThat(getClass().getModule().isNamed()).isFalse();
        assertThat(PsaConnectors.providers()).containsOnlyKeys(CONNECTORS);
    }

    @Test
    @DisplayName("The module path shows the connector, and the modules read all that they need")
    void theModulePathShowsTheConnector() throws Exception {
        ModuleLayer layer = libraries();
        ClassLoader loader = layer.findLoader("org.psasync.spi");
        Class<?> connectors = loader.loadClass(PsaConnectors.class.getName());
        assertThat(connectors.getModule().getName()).isEqualTo("org.psasync.spi");
        assertThat(loader.loadClass(SyncEngine.class.getName()).getModule().getName())
                .isEqualTo("org.psasync.core");

        Class<?> store = loader.loadClass(JdbcStateStore.class.getName());
        assertThat(store.getModule().getName()).isEqualTo("org.psasync.jdbc");
        assertThat(store.getMethods()).isNotEmpty(); // which resolves the types of its signatures
        assertThat(loader.loadClass(ClusterScheduler.class.getName()).getMethods())
                .isNotEmpty();
        assertThat(providers(connectors, loader).keySet()).isEqualTo(Set.of(CONNECTORS));
    }

    private static Map<?, ?> providers(Class<?> connectors, ClassLoader loader) throws ReflectiveOperationException {
        Method providers = connectors.getMethod("providers");
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return (Map<?, ?>) providers.invoke(null);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** The libraries as modules of their own, beside those on the class path. */
    private static ModuleLayer libraries() throws URISyntaxException {
        Path[] places = new Path[ONE_OF_EACH_MODULE.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = Path.of(ONE_OF_EACH_MODULE
                    .get(i)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        }
        ModuleLayer boot = ModuleLayer.boot();
        Configuration libraries = boot.configuration()
                .resolveAndBind(
                        ModuleFinder.of(places),
                        ModuleFinder.of(),
                        Set.of(
                                "org.psasync.core",
                                "org.psasync.autotask",
                                "org.psasync.connectwise",
                                "org.psasync.pulseway",
                                "org.psasync.jdbc",
                                "org.psasync.cluster"));
        return boot.defineModulesWithOneLoader(libraries, ClassLoader.getPlatformClassLoader());
    }
}
