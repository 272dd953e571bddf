package io.github.cameldewatermark.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreditsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 credits",
        "0.2, 0.2 credits",
        "1, 1 credit",
        "1.00, 1 credit",
        "1.200, 1.2 credits",
        "-1, -1 credits",
        "1000, 1000 credits",
        "1E+3, 1000 credits"
    })
    void oneIsNamedInTheSingular(BigDecimal amount, String text) {
        assertThat(Credits.text(amount)).isEqualTo(text);
    }

    @Test
    void whatIsNotKnownIsSaidToBeSo() {
        assertThat(Credits.text(null)).isEqualTo("unknown credits");
    }
}
