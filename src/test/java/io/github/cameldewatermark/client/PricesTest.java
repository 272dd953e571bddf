package io.github.cameldewatermark.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.client.VideoTask.Status;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class PricesTest {

    private final Prices prices = new Prices(new BigDecimal("1.5"), new BigDecimal("4"), new BigDecimal("0.5"));

    @Test
    void aPictureCostsByItsModel() {
        assertThat(prices.of(EraseModel.DEFAULT)).isEqualTo("1.5");
        assertThat(prices.of(EraseModel.of("v2", null, true))).isEqualTo("4");
    }

    @Test
    void aClipCostsByItsLengthInThousandths() {
        assertThat(prices.of(task(6.0))).isEqualByComparingTo("3");
        assertThat(prices.of(task(10.0121))).isEqualTo("5.006");
        assertThat(prices.of(task(null))).isNull();
    }

    @Test
    void thePriceOfAClipHasNoZerosAtItsEnd() {
        assertThat(Prices.DEFAULT.of(task(6.0))).hasToString("1.2");
        assertThat(Prices.DEFAULT.of(task(5.0))).hasToString("1");
        assertThat(Prices.DEFAULT.of(task(500.0))).hasToString("100");
    }

    @Test
    void roundNumbersAreShownAsTheyAreWritten() {
        Prices round = new Prices(BigDecimal.valueOf(1.0), BigDecimal.valueOf(10.0), BigDecimal.valueOf(0.5));

        assertThat(round.of(EraseModel.DEFAULT)).hasToString("1");
        assertThat(round.of(EraseModel.of("v2", null, true))).hasToString("10");
        assertThat(round.ofClip(40)).hasToString("20");
    }

    private static VideoTask task(Double seconds) {
        return new VideoTask("t1", Status.COMPLETED, 1, true, seconds, null, null, null);
    }
}
