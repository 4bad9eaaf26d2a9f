package org.psasync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of stores can fail, and says which rule is broken. */
class WrongStoresTest {
    static Stream<Arguments> wrongStores() {
        return Stream.of(
                Arguments.of(new WrongStores.InPieces(), "S2"),
                Arguments.of(new WrongStores.WithoutLease(), "S5"),
                Arguments.of(new WrongStores.Backwards(), "S6"),
                Arguments.of(new WrongStores.FromTheBeginning(), "S2"),
                Arguments.of(new WrongStores.Silent(), "S2"),
                Arguments.of(new WrongStores.Generous(), "S7"),
                Arguments.of(new WrongStores.Clinging(), "S7"),
                Arguments.of(new WrongStores.OnlyLinks(), "S7"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrongStores")
    @DisplayName("A store that breaks a rule fails a test of that rule")
    void isNoticed(StateStoreContract wrong, String rule) throws Exception {
        assertThat(failures(wrong)).anySatisfy(name -> assertThat(name).startsWith(rule));
    }

    @Test
    @DisplayName("A failure tells an implementor what to do")
    void saysWhatToDo() {
        StateStoreContract wrong = new WrongStores.WithoutLease();
        wrong.openStore();
        assertThatThrownBy(wrong::aLeaseHasOneHolder).hasMessageContaining("throw a StaleStateException");
        wrong.closeStore();
    }

    /** Runs every test of the contract and returns the names of those that fail. */
    private static List<String> failures(StateStoreContract contract) throws ReflectiveOperationException {
        List<String> failures = new ArrayList<>();
        for (var method : StateStoreContract.class.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                contract.openStore();
                try {
                    method.invoke(contract);
                } catch (InvocationTargetException failure) {
                    failures.add(method.getAnnotation(DisplayName.class).value());
                } finally {
                    contract.closeStore();
                }
            }
        }
        return failures;
    }
}
