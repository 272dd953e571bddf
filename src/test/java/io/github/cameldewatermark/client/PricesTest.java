package io.github.cameldewatermark.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class PricesTest {

    private final Prices prices =
            new Prices(new BigDecimal("1.5"), new BigDecimal("4"), new BigDecimal("0.5"), new BigDecimal("2"));

    @Test
    void aPictureCostsByItsModel() {
        assertThat(prices.of(EraseModel.DEFAULT).credits()).isEqualTo("1.5");
        assertThat(prices.of(EraseModel.of("v2", null, true)).credits()).isEqualTo("4");
    }

    @Test
    void aClipCostsByItsLengthInThousandths() {
        assertThat(prices.ofClip(6.0).credits()).isEqualByComparingTo("3");
        assertThat(prices.ofClip(10.0121).credits()).isEqualTo("5.006");
    }

    @Test
    void thePriceOfAClipHasNoZerosAtItsEnd() {
        assertThat(Prices.DEFAULT.ofClip(6.0).credits()).hasToString("1.2");
        assertThat(Prices.DEFAULT.ofClip(5.0).credits()).hasToString("1");
        assertThat(Prices.DEFAULT.ofClip(500.0).credits()).hasToString("100");
    }

    @Test
    void roundNumbersAreShownAsTheyAreWritten() {
        Prices round =
                new Prices(BigDecimal.valueOf(1.0), BigDecimal.valueOf(10.0), BigDecimal.valueOf(0.5), BigDecimal.ONE);

        assertThat(round.of(EraseModel.DEFAULT).credits()).hasToString("1");
        assertThat(round.of(EraseModel.of("v2", null, true)).credits()).hasToString("10");
        assertThat(round.ofClip(40).credits()).hasToString("20");
    }

    @Test
    void aPdfCostsByEachTenPagesBegun() {
        assertThat(prices.ofPdf(1).credits()).isEqualTo("2");
        assertThat(prices.ofPdf(10).credits()).isEqualTo("2");
        assertThat(prices.ofPdf(11).credits()).isEqualTo("4");
        assertThat(prices.ofPdf(300).amount()).isEqualTo("30");
        assertThat(Prices.DEFAULT.ofPdf(12).credits()).isEqualTo("2");
    }
}
