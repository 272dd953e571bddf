package io.github.cameldewatermark.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.client.VideoTask;
import io.github.cameldewatermark.client.VideoTask.Status;
import org.junit.jupiter.api.Test;

class ChargesTest {

    private final Charges charges = new Charges();

    @Test
    void aPictureIsOneCredit() {
        charges.picture();
        charges.picture();

        assertTotal("2");
    }

    @Test
    void aTaskCountsWhenItIsCompletedAndOnlyOnce() {
        charges.submitting("t1");
        assertTotal("0");

        charges.completed(task("t1", 6.0));
        charges.completed(task("t1", 6.0));

        assertTotal("1.2");
    }

    @Test
    void aTaskThatAnotherProcessSubmittedWasChargedThere() {
        charges.completed(task("t1", 6.0));

        assertTotal("0");
    }

    @Test
    void aRefundedTaskCostsNothing() {
        charges.submitting("t1");
        charges.refunded("t1");
        charges.completed(task("t1", 6.0));

        assertTotal("0");
    }

    @Test
    void aTaskOfUnknownLengthHasNoPrice() {
        charges.submitting("t1");
        charges.completed(task("t1", null));

        assertTotal("0");
        assertThat(Charges.price(task("t1", null))).isNull();
    }

    @Test
    void aPriceIsRoundedToThousandths() {
        assertThat(Charges.price(task("t1", 10.01))).isEqualTo("2.002");
        assertThat(Charges.price(task("t1", 0.0126))).isEqualTo("0.003");
    }

    @Test
    void tasksThatAreNeverSeenAgainDoNotFillTheHeap() {
        charges.submitting("first");
        for (int i = 0; i < 50_000; i++) {
            charges.submitting("t" + i);
        }
        charges.completed(task("first", 6.0));
        charges.completed(task("t0", 6.0));

        assertTotal("1.2");
    }

    private void assertTotal(String credits) {
        assertThat(charges.total()).isEqualByComparingTo(credits);
    }

    private static VideoTask task(String id, Double seconds) {
        return new VideoTask(id, Status.COMPLETED, 1, true, seconds, null, null, null);
    }
}
