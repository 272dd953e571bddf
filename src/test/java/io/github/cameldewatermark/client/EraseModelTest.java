package io.github.cameldewatermark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldewatermark.error.DewatermarkOptionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EraseModelTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "v2,  -,     v2, 3.0",
                "v3,  -,     v3, 4.0",
                "v9,  -,     v9, 4.0",
                "v2,  old,   v2, old",
                "v3,  2.0,   v3, old",
                "v3,  3.0,   v3, 3.0",
                "v2, ' 3.0', v2, 3.0",
            })
    void itHasTheDefaultsOfItsVersion(String version, String mode, String onTheWire, String modeOnTheWire) {
        EraseModel model = EraseModel.of(version, mode, false);

        assertThat(model).isEqualTo(new EraseModel(onTheWire, modeOnTheWire, false));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "v4, -,   'apiVersion=v4 isn''t known, only v2 and v3'",
                "v2, 5.0, 'predictMode=5.0 isn''t known for apiVersion=v2'",
                "v3, 5.0, 'predictMode=5.0 isn''t known for apiVersion=v3'",
                "v3, 4.0, -",
                "v2, old, -",
            })
    void whatIsNotKnownIsDoubted(String version, String mode, String doubt) {
        assertThat(EraseModel.of(version, mode, false).doubt()).isEqualTo(doubt);
    }

    @Test
    void theProModelIsTheSameInEachVersion() {
        assertThat(EraseModel.of("v3", null, true)).isEqualTo(EraseModel.of("v2", null, true));
        assertThat(EraseModel.of("v9", null, true).doubt()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "4,    -,   false, apiVersion,  'apiVersion must be v2, v3 or a later one such as v4, not ''4'''",
                "../x, -,   false, apiVersion,  'apiVersion must be v2, v3 or a later one such as v4, not ''../x'''",
                "'',   -,   true,  apiVersion,  'apiVersion must be v2, v3 or a later one such as v4, not '''''",
                "v2,   4.0, false, predictMode, 'predictMode=4.0 needs apiVersion=v3, and it is v2'",
                "v3,   '',  false, predictMode, 'predictMode must be such as 4.0, 3.0 or old (2.0), not '''''",
                "v3,   a b, false, predictMode, 'predictMode must be such as 4.0, 3.0 or old (2.0), not ''a b'''",
                "v3,   3.0, true,  predictMode, 'predictMode can''t be set with pro=true: PRO is a model of its own'",
            })
    void whatCantBeRightIsRefused(String version, String mode, boolean pro, String option, String message) {
        assertThatThrownBy(() -> EraseModel.of(version, mode, pro))
                .isInstanceOfSatisfying(DewatermarkOptionException.class, e -> assertThat(e.option())
                        .isEqualTo(option))
                .hasMessage(message);
    }
}
