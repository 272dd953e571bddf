package io.github.cameldewatermark.client.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldewatermark.client.CreditInfo;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkCreditException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** One account and its looks, which come to an end when the test says so. */
class BalanceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(7);
    private static final BigDecimal ONE = BigDecimal.ONE;

    private final VirtualTimer time = new VirtualTimer();
    private final Delays waits = new Delays(time, Runnable::run);
    private final List<CompletableFuture<CreditInfo>> looks = new ArrayList<>();
    private final List<Duration> patience = new ArrayList<>();
    private final List<CompletableFuture<CreditInfo>> directLooks = new ArrayList<>();
    private final Balance balance = new Balance("https://platform", null, this::look, this::lookDirectly, time.clock());

    private CompletableFuture<CreditInfo> look(Duration howLong) {
        CompletableFuture<CreditInfo> look = new CompletableFuture<>();
        looks.add(look);
        patience.add(howLong);
        return look;
    }

    private CompletableFuture<CreditInfo> lookDirectly() {
        CompletableFuture<CreditInfo> look = new CompletableFuture<>();
        directLooks.add(look);
        return look;
    }

    @Test
    void isUnknownBeforeItIsLookedUp() {
        assertThat(balance.available()).isNull();
        assertThat(looks).isEmpty();
    }

    @Test
    void isLookedUpOnceForAllWhoAskMeanwhile() {
        CompletableFuture<CreditInfo> first = recent();
        CompletableFuture<CreditInfo> second = recent();
        assertThat(first).isNotDone();

        answer(0, "20");

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(looks).hasSize(1);
        assertThat(patience).containsExactly(PATIENCE);
        assertAvailable("20");
    }

    @Test
    void isLookedUpAgainAfterTenSeconds() {
        known("20");

        time.pass(Duration.ofMillis(9_999));
        assertThat(recent()).isCompleted();
        assertThat(looks).hasSize(1);

        time.pass(Duration.ofMillis(1));
        CompletableFuture<CreditInfo> again = recent();
        assertThat(again).isNotDone();
        answer(1, "3");
        assertThat(again).isCompleted();
        assertAvailable("3");
    }

    @Test
    void aLookThatFailedIsDoneAgainByWhoWantsToSpendButWillDoForWhoOnlyAsks() {
        CompletableFuture<CreditInfo> first = recent();
        looks.get(0).completeExceptionally(new IllegalStateException("away"));
        assertThat(first).isCompletedExceptionally();

        assertThat(balance.latest()).isCompletedExceptionally();
        assertThat(looks).hasSize(1);
        assertThat(recent()).isNotDone();
        assertThat(looks).hasSize(2);
        answer(1, "20");
        assertThat(balance.latest()).isCompleted();
        assertThat(looks).hasSize(2);
        assertThat(directLooks).isEmpty();
    }

    @Test
    void whoHasPatienceIsNotRefusedWithWhoHasNoneAndWhoHasNoneDoesNotWaitForOthers() {
        CompletableFuture<CreditInfo> patient = recent();
        CompletableFuture<CreditInfo> impatient = balance.recent(Duration.ZERO, waits);

        looks.get(1).completeExceptionally(new IllegalStateException("429"));
        assertThat(impatient).isCompletedExceptionally();
        assertThat(patient).isNotDone();

        answer(0, "20");
        assertThat(patient).isCompleted();
        assertThat(patience).containsExactly(PATIENCE, Duration.ZERO);
    }

    @Test
    void whoOnlyAsksDoesNotWaitForTheLooksOfOthers() {
        recent();
        balance.recent(Duration.ZERO, waits);

        CompletableFuture<CreditInfo> latest = balance.latest();
        directLooks.get(0).completeExceptionally(new IllegalStateException("401"));

        assertThat(latest).isCompletedExceptionally();
        assertThat(looks).hasSize(2).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void aLookThatCannotEvenBeBegunHoldsUpNobody() {
        Balance broken = new Balance(
                "https://platform",
                null,
                howLong -> {
                    throw new IllegalStateException("no");
                },
                this::lookDirectly,
                time.clock());

        assertThat(broken.recent(PATIENCE, waits)).isCompletedExceptionally();
        assertThat(broken.recent(PATIENCE, waits)).isCompletedExceptionally();
    }

    @Test
    void whatIsBeingSpentCountsAsSpent() {
        known("7");
        BigDecimal minimum = new BigDecimal("5");

        balance.reserve(ONE, minimum, "erase", "a.jpg");
        balance.reserve(ONE, minimum, "erase", "b.jpg");
        balance.reserve(ONE, minimum, "erase", "c.jpg");

        assertAvailable("4");
        assertThatThrownBy(() -> balance.reserve(ONE, minimum, "erase", "d.jpg"))
                .isInstanceOfSatisfying(DewatermarkCreditException.class, e -> {
                    assertThat(e.availableCredit()).isEqualByComparingTo("4");
                    assertThat(e.minimumCredit()).isEqualByComparingTo("5");
                })
                .hasMessage("d.jpg was not sent, so nothing was charged: the account has 4 credits, and the option"
                        + " minimumCredit is 5");
        assertAvailable("4");
    }

    @Test
    void whatWasNotChargedIsThereAgain() {
        known("5");

        balance.reserve(ONE, null, "erase", "a.jpg");
        balance.settle(ONE, false);
        assertAvailable("5");

        balance.reserve(ONE, null, "erase", "b.jpg");
        balance.settle(ONE, true);
        assertAvailable("4");
    }

    @Test
    void whatWasSpentBeforeALookIsInItsAnswer() {
        known("20");
        balance.spent(new BigDecimal("1.2"));
        assertAvailable("18.8");

        time.pass(Duration.ofSeconds(10));
        recent();
        answer(1, "18.8");

        assertAvailable("18.8");
    }

    @Test
    void whatIsSpentDuringALookCountsUntilTheNext() {
        known("20");
        balance.reserve(ONE, null, "erase", "a.jpg");
        time.pass(Duration.ofSeconds(10));
        recent();
        balance.settle(ONE, true);
        balance.spent(ONE);
        answer(1, "20");
        assertAvailable("18");

        time.pass(Duration.ofSeconds(10));
        recent();
        answer(2, "18");
        assertAvailable("18");
    }

    @Test
    void whoSpentAnUnknownAmountLooksAnewAndNotAtAnAnswerThatMayBeOlder() {
        known("20");
        balance.spentUnknown();
        CompletableFuture<CreditInfo> second = recent();
        assertThat(second).isNotDone();
        balance.spentUnknown();
        CompletableFuture<CreditInfo> third = recent();
        answer(1, "18");
        assertThat(second).isCompleted();
        assertThat(third).isNotDone();

        CompletableFuture<CreditInfo> fourth = recent();
        assertThat(fourth).isNotDone();
        answer(2, "16");
        assertThat(third).isCompleted();
        assertThat(fourth).isCompleted();
        assertThat(recent()).isCompleted();
        assertThat(looks).hasSize(3);
        assertAvailable("16");
    }

    @Test
    void whatSomebodyElseLooksUpWillDo() {
        assertThat(balance.note(() -> CompletableFuture.completedFuture(credits("9"))))
                .isCompletedWithValue(credits("9"));

        assertThat(recent()).isCompleted();
        assertThat(looks).isEmpty();
        assertAvailable("9");
    }

    @Test
    void closingTheWaitsEndsThemButNotTheLookOfTheOthers() {
        Delays others = new Delays(time, Runnable::run);
        CompletableFuture<CreditInfo> mine = recent();
        CompletableFuture<CreditInfo> theirs = balance.recent(PATIENCE, others);

        waits.close();

        assertThatThrownBy(mine::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(DewatermarkTransportException.class, e -> {
                    assertThat(e.billed()).isEqualTo(Billed.NO);
                    assertThat(e.retryable()).isTrue();
                });
        assertThat(theirs).isNotDone();
        answer(0, "20");
        assertThat(theirs).isCompleted();
        assertThatCode(theirs::join).doesNotThrowAnyException();
    }

    private CompletableFuture<CreditInfo> recent() {
        return balance.recent(PATIENCE, waits);
    }

    private void known(String credits) {
        recent();
        answer(0, credits);
    }

    private void answer(int look, String credits) {
        looks.get(look).complete(credits(credits));
    }

    private static CreditInfo credits(String credits) {
        return new CreditInfo(new BigDecimal(credits), "user-1");
    }

    private void assertAvailable(String credits) {
        assertThat(balance.available()).isEqualByComparingTo(credits);
    }
}
