package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.ManageData;
import org.psasync.engine.RunReport;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.spi.AssetRepository;
import org.psasync.store.EventQuery;

class HostFailuresTest {
    private final Stage stage = new Stage();

    @Test
    @DisplayName("SAFE-5: of what a host throws, only its class and one line reach report and events")
    void keepsHostSecretsOut() {
        stage.company("Acme");
        stage.selecting();
        stage.engine = BrokenHost.engine(stage, "match");

        RunReport report = stage.engine.run();

        assertThat(report.status()).isEqualTo(RunReport.Status.ERROR);
        assertThat(report.message()).contains("The host could not search records: IllegalStateException: broken");
        assertThat(report.toString() + stage.engine.events(EventQuery.ALL)).doesNotContain("password");
    }

    @Test
    @DisplayName("PULL-4: an answer about records that were not asked for stops the run")
    void refusesForeignRecords() {
        stage.company("Acme");
        RemoteRef globex = stage.company("Globex");
        stage.selecting().engine.run();
        stage.psaEdits(globex, OrganizationFields.SHORT_NAME, "GLX");
        stage.engine = BrokenHost.engine(stage, answering("find", found -> stage.host.all(ORGANIZATION)));

        RunReport report = stage.later(Duration.ofMinutes(10)).engine.run();

        assertThat(report.status()).isEqualTo(RunReport.Status.ERROR);
        assertThat(report.message()).contains("was asked for other records and answered local ORGANIZATION");
    }

    @Test
    @DisplayName("PULL-4: an answer to fewer writes than were asked for stops the run")
    void refusesMissingAnswers() {
        stage.company("Acme");
        stage.selecting();
        stage.engine = BrokenHost.engine(stage, answering("write", results -> List.of()));

        RunReport report = stage.engine.run();

        assertThat(report.message()).contains("answered 0 of 1 writes");
    }

    @Test
    @DisplayName(
            "PULL-4, SAFE-7: a host that fails at a write, and at the question whether it can be repeated, stops the run")
    void stopsWhenItCannotBeRepeated() {
        stage.company("Acme");
        stage.selecting();
        boolean[] down = {false};
        AssetRepository failing = Broken.host(stage.host, "write", () -> {
            down[0] = true;
            throw new IllegalStateException("down");
        });
        stage.engine = BrokenHost.engine(stage, Broken.host(failing, "keepsPairIds", () -> {
            if (down[0]) {
                throw new IllegalStateException("down");
            }
        }));

        RunReport report = stage.engine.run();

        assertThat(report.status()).isEqualTo(RunReport.Status.ERROR);
        assertThat(report.message()).contains("The host could not tell whether it keeps pairs");
    }

    @Test
    @DisplayName("DATA-5: a host that cannot tell whether it deletes is the reason why nothing is previewed")
    void tellsWhyNothingIsPreviewed() {
        stage.company("Acme");
        stage.selecting().engine.run();
        ManageData data = BrokenHost.engine(stage, "deletes").as(Stage.MANAGER).manageData();

        assertThatThrownBy(() -> data.previewDeleteOrphans(ORGANIZATION, null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The host could not tell whether it deletes");
    }

    private AssetRepository answering(String name, UnaryOperator<List<?>> answer) {
        return (AssetRepository) Proxy.newProxyInstance(
                AssetRepository.class.getClassLoader(),
                new Class<?>[] {AssetRepository.class},
                (proxy, method, args) -> {
                    try {
                        Object real = method.invoke(stage.host, args);
                        return method.getName().equals(name) ? answer.apply((List<?>) real) : real;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }
}
