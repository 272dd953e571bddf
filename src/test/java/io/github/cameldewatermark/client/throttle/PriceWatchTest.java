package io.github.cameldewatermark.client.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.client.Price;
import io.github.cameldewatermark.testkit.LogLines;
import java.math.BigDecimal;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PriceWatchTest {

    @AutoClose
    private final LogLines log = LogLines.infosOf(PriceWatch.class);

    private final PriceWatch watch = new PriceWatch();

    @Test
    void thePriceThatWasPaidTwiceIsSuggestedOnce() {
        answered("100");
        clips(4, "12.75", "2.55");
        answered("74.5");
        assertThat(log.messages()).isEmpty();
        clips(1, "10", "2");
        answered("69.5");
        clips(1, "10", "2");
        answered("64.5");

        assertThat(log.messages())
                .containsExactly(
                        "clips: 5 of 61 s, counted as 12.2 credits; the account has lost 30.5: is creditsPerSecond 0.5? It"
                                + " was so at two looks in a row, unless others use the account as much");
    }

    @Test
    void rightPricesAreNotDoubted() {
        BigDecimal balance = new BigDecimal("100");
        watch.answered(balance, BigDecimal.ZERO);
        for (int i = 0; i < 20; i++) {
            pictures(7);
            balance = balance.subtract(new BigDecimal("7"));
            watch.answered(balance, BigDecimal.ZERO);
        }

        assertThat(log.messages()).isEmpty();
    }

    @Test
    void whatDiffersFromLookToLookIsPerhapsOfOthers() {
        answered("100");
        pictures(2);
        answered("90");
        pictures(2);
        answered("85");

        assertThat(log.messages())
                .singleElement()
                .asString()
                .endsWith("the account has lost 15: do others use the account, or are the prices wrong?");
    }

    @Test
    void twoPricesAreNotToldApart() {
        answered("100");
        pictures(2);
        clips(1, "10", "2");
        answered("90");
        pictures(2);
        clips(1, "10", "2");
        answered("80");

        assertThat(log.messages())
                .singleElement()
                .asString()
                .startsWith("pictures (creditsPerPicture): 4, clips: 2 of 20 s, counted as 8 credits")
                .contains("do others use the account");
    }

    @Test
    void whatOthersSpendMeanwhileIsNotCompared() {
        answered("100");
        answered("50");
        answered("20");
        pictures(1);
        answered("19");

        assertThat(log.messages()).isEmpty();
    }

    @Test
    void whatIsUnderWayMayHaveBeenCharged() {
        answered("100");
        pictures(10);
        watch.answered(new BigDecimal("70"), new BigDecimal("20"));
        pictures(30);
        watch.answered(new BigDecimal("30"), new BigDecimal("20"));

        assertThat(log.messages()).isEmpty();
    }

    @Test
    void nothingIsComparedWhileATaskRunsOrAfterOneThatCantBeCounted() {
        answered("100");
        watch.taskBegins("a");
        watch.taskBegins("a"); // a redelivery
        pictures(1);
        answered("80");
        watch.taskEnds("a");
        answered("70");
        pictures(1);
        watch.uncounted();
        answered("60");
        watch.taskPaid("b", new Price("creditsPerSecond", BigDecimal.TEN, BigDecimal.ONE)); // begun elsewhere
        answered("50");

        assertThat(log.messages()).isEmpty();
    }

    @Test
    void creditsThatAreBoughtBeginANewComparison() {
        answered("10");
        pictures(5);
        answered("105");
        pictures(5);
        answered("95");
        assertThat(log.messages()).isEmpty();
        pictures(5);
        answered("85");

        assertThat(log.messages()).singleElement().asString().contains("is creditsPerPicture 2?");
    }

    private void answered(String balance) {
        watch.answered(new BigDecimal(balance), BigDecimal.ZERO);
    }

    private void pictures(int number) {
        for (int i = 0; i < number; i++) {
            watch.paid(new Price("creditsPerPicture", BigDecimal.ONE, BigDecimal.ONE));
        }
    }

    private void clips(int number, String seconds, String price) {
        for (int i = 0; i < number; i++) {
            watch.taskBegins("t" + i);
            watch.taskPaid("t" + i, new Price("creditsPerSecond", new BigDecimal(seconds), new BigDecimal(price)));
        }
    }
}
