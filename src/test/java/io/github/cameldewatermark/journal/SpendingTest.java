package io.github.cameldewatermark.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldewatermark.error.Billed;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a limit is, and what counts towards it. */
class SpendingTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    private final Spending spending = new Spending(Duration.ofHours(1));

    @ParameterizedTest
    @CsvSource({
        "200/1d, 200, P1D",
        "20/1h, 20, PT1H",
        "0.5 / 90M, 0.5, PT90M",
        "3/48h, 3, P2D",
        "3/60s, 3, PT1M",
        "3/61s, 3, PT61S"
    })
    void aLimitIsCreditsInATime(String text, String credits, Duration period) {
        SpendingLimit limit = SpendingLimit.parse(text);

        assertThat(limit.credits()).isEqualByComparingTo(credits);
        assertThat(limit.period()).isEqualTo(period);
        assertThat(limit).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "10/banana",
                "10/1",
                "/1d",
                "ten/1d",
                "-1/1d",
                "0/1d",
                "1/0d",
                "1/1w",
                "1e3/1d",
                "1,5/1d",
                "1/1d/1h"
            })
    void anythingElseIsNone(String text) {
        assertThatThrownBy(() -> SpendingLimit.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not a number of credits and a time with the unit d, h, m or s, such as"
                        + " 200/1d or 20/1h");
    }

    @Test
    void whatIsSettledReplacesWhatWasReserved() {
        spending.note(charge("a", "2", 0, Billed.UNKNOWN));
        spending.note(charge("b", "3", 0, Billed.UNKNOWN));
        spending.note(charge("a", "1", 0, Billed.YES));
        spending.note(charge("b", "3", 0, Billed.NO));

        assertThat(spending.total(NOW)).isEqualByComparingTo("1");
    }

    /** A length that can't be read before, for example. */
    @Test
    void anUnknownPriceCountsAsOneCreditUntilItIsKnown() {
        spending.note(charge("a", null, 0, Billed.UNKNOWN));
        assertThat(spending.total(NOW)).isEqualByComparingTo("1");

        spending.note(charge("a", "10.2", 0, Billed.YES));
        assertThat(spending.total(NOW)).isEqualByComparingTo("10.2");
    }

    @Test
    void aChargeWithoutAPriceHasTheOneThatWasReserved() {
        spending.note(charge("a", "7", 0, Billed.UNKNOWN));
        spending.note(charge("a", null, 0, Billed.YES));

        assertThat(spending.total(NOW)).isEqualByComparingTo("7");
    }

    @Test
    void theDaysAgreeWithThat() {
        SpendingBy<LocalDate> days = new SpendingBy<>(time -> LocalDate.ofInstant(time, ZoneOffset.UTC));
        days.note(charge("a", "7", 0, Billed.UNKNOWN));
        days.note(charge("a", null, 200_000, Billed.YES));

        assertThat(days.credits()).containsExactly(Map.entry(LocalDate.of(2030, 1, 1), new BigDecimal("7")));
    }

    @Test
    void whateverItIsItCountsForThePeriodAndAThousandthMoreAtMost() {
        spending.note(charge("a", "1", 0, Billed.YES));
        spending.note(charge("b", "1", 0, Billed.UNKNOWN));

        assertThat(spending.total(NOW.plusSeconds(3600))).isEqualByComparingTo("2");
        assertThat(spending.total(NOW.plusSeconds(3604))).isZero();
    }

    private static Charge charge(String reference, String credits, int secondsAgo, Billed billed) {
        BigDecimal price = credits == null ? null : new BigDecimal(credits);
        return new Charge(NOW.minusSeconds(secondsAgo), "erase", "photo.jpg", price, billed, "", reference);
    }
}
