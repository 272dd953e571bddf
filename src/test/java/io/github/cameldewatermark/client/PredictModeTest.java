package io.github.cameldewatermark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictModeTest {

    @ParameterizedTest
    @CsvSource({"3.0, 3.0", "old, old", "2.0, old", "' old ', old"})
    void aModeHasItsNameOnTheWire(String name, String wireName) {
        assertThat(PredictMode.of(name).wireName()).isEqualTo(wireName);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "OLD", "new", "1.0"})
    void otherNamesAreRefusedWithTheOnesThereAre(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PredictMode.of(name))
                .withMessage("predictMode must be 3.0 or old (2.0), not '" + name + "'");
    }
}
