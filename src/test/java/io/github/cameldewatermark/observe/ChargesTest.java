package io.github.cameldewatermark.observe;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.client.Price;
import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ChargesTest {

    private static final Price PRICE = new Price("creditsPerSecond", BigDecimal.valueOf(6), new BigDecimal("1.2"));

    private final Charges charges = new Charges();

    @Test
    void picturesAddUp() {
        charges.picture(BigDecimal.ONE);
        charges.picture(BigDecimal.ONE);

        assertTotal("2");
    }

    @Test
    void aTaskCountsWhenItIsCompletedAndOnlyOnce() {
        charges.submitting("t1", null);
        assertTotal("0");

        completed("t1", PRICE);
        completed("t1", PRICE);

        assertTotal("1.2");
    }

    @Test
    void nothingIsKeptOfATaskThatIsDone() {
        String id = new String("t1");
        WeakReference<String> kept = new WeakReference<>(id);
        charges.submitting(id, PRICE);
        completed(id, PRICE);
        id = null;

        await().atMost(20, SECONDS).until(() -> {
            System.gc();
            return kept.refersTo(null);
        });
        assertTotal("1.2");
    }

    @Test
    void aTaskThatAnotherProcessSubmittedWasChargedThere() {
        completed("t1", PRICE);

        assertTotal("0");
    }

    @Test
    void aRefundedTaskCostsNothing() {
        charges.submitting("t1", null);
        charges.refunded("t1");
        completed("t1", PRICE);

        assertTotal("0");
    }

    @Test
    void aPriceThatIsKnownBeforeIsRememberedUntilTheEnd() {
        charges.submitting("t1", PRICE);
        assertThat(charges.price("t1")).isEqualTo(PRICE);
        assertTotal("0");

        completed("t1", charges.price("t1"));

        assertThat(charges.price("t1")).isNull();
        assertTotal("1.2");
    }

    @Test
    void aTaskOfUnknownLengthHasNoPrice() {
        charges.submitting("t1", null);
        completed("t1", null);

        assertTotal("0");
    }

    @Test
    void tasksThatAreNeverSeenAgainDoNotFillTheHeap() {
        charges.submitting("first", null);
        for (int i = 0; i < 50_000; i++) {
            charges.submitting("t" + i, null);
        }
        completed("first", PRICE);
        completed("t0", PRICE);

        assertTotal("1.2");
    }

    @Test
    void aTaskThatAnotherProcessSubmittedCountsIfThatIsNews() {
        charges.completed("t1", PRICE, true);

        assertTotal("1.2");
    }

    @Test
    void aTaskThatAnotherProcessFoundCompletedWasChargedThere() {
        charges.submitting("t1", PRICE);

        charges.completed("t1", PRICE, false);
        completed("t1", PRICE);

        assertTotal("0");
    }

    /** Without a journal. */
    private void completed(String taskId, Price price) {
        charges.completed(taskId, price, charges.isSubmitted(taskId));
    }

    private void assertTotal(String credits) {
        assertThat(charges.total()).isEqualByComparingTo(credits);
    }
}
