package io.github.cameldewatermark.journal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.journal.folder.FolderJournal;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who pays for a key, and what the others get. */
@Timeout(60)
class ClaimsTest {

    private static final String KEY = "0123456789abcdef".repeat(4);

    @TempDir
    private Path folder;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final Delays delays = new Delays(timer, workers);
    private final List<Journal> open = new ArrayList<>();
    private final AtomicInteger paid = new AtomicInteger();

    @AfterEach
    void stop() {
        delays.close();
        workers.shutdownNow();
        timer.shutdownNow();
        open.forEach(Journal::close);
    }

    @Test
    void ofThoseWhoAskAtOnceOnePaysAndAllGetTheAnswer() throws Exception {
        Claims claims = claims();
        CompletableFuture<Void> answer = new CompletableFuture<>();

        List<CompletableFuture<String>> asked = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            asked.add(settle(claims, false, claim -> answer.thenApply(come -> kept(claim))));
        }
        assertThat(asked).noneMatch(CompletableFuture::isDone);
        answer.complete(null);

        for (CompletableFuture<String> each : asked) {
            assertThat(each.get(20, SECONDS)).isIn("paid", "RESULT");
        }
        assertThat(paid).hasValue(1);
    }

    /** As two components that have the same bean. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofTwoWhoShareAJournalOnePays(boolean payAgain) throws Exception {
        Journal journal = claims().journal();
        if (payAgain) {
            settle(new Claims(journal), false, claim -> completed(kept(claim))).get();
        }
        CompletableFuture<Void> answer = new CompletableFuture<>();
        CompletableFuture<String> first =
                settle(new Claims(journal), payAgain, claim -> answer.thenApply(come -> kept(claim)));

        CompletableFuture<String> second = settle(new Claims(journal), payAgain, claim -> completed(kept(claim)));
        assertThat(second).isNotDone();
        answer.complete(null);

        assertThat(first.get(20, SECONDS)).isEqualTo("paid");
        assertThat(second.get(20, SECONDS)).isEqualTo("RESULT");
        assertThat(paid).hasValue(payAgain ? 2 : 1);
    }

    @Test
    void whoWaitsForAnotherProcessGetsItsAnswer() throws Exception {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        CompletableFuture<String> first = settle(claims(), false, claim -> answer.thenApply(come -> kept(claim)));
        CompletableFuture<String> second = settle(claims(), false, claim -> completed(kept(claim)));

        assertThat(second).isNotDone();
        answer.complete(null);

        assertThat(first.get(20, SECONDS)).isEqualTo("paid");
        assertThat(second.get(20, SECONDS)).isEqualTo("RESULT");
        assertThat(paid).hasValue(1);
    }

    @Test
    void ifTheFirstWasRefusedForNothingTheNextPays() throws Exception {
        Claims claims = claims();
        CompletableFuture<Void> refusal = new CompletableFuture<>();
        CompletableFuture<String> first = settle(
                claims,
                false,
                claim -> refusal.thenApply(come -> {
                    claim.sending(BigDecimal.ONE);
                    claim.refused();
                    throw failure(Billed.NO);
                }));
        CompletableFuture<String> second = settle(claims, false, claim -> completed(kept(claim)));
        refusal.complete(null);

        assertThatThrownBy(() -> first.get(20, SECONDS)).hasCauseInstanceOf(DewatermarkTransportException.class);
        assertThat(second.get(20, SECONDS)).isEqualTo("paid");
    }

    @Test
    void whatMayHaveBeenChargedIsUnknownForAllUntilSomebodyWantsToPayAgain() throws Exception {
        Claims claims = claims();
        CompletableFuture<String> lost = settle(claims, false, claim -> {
            claim.sending(BigDecimal.ONE);
            throw failure(Billed.UNKNOWN);
        });

        assertThatThrownBy(lost::get).isInstanceOf(ExecutionException.class);
        assertThat(settle(claims, false, claim -> completed(kept(claim))).get()).isEqualTo("UNKNOWN");
        assertThat(settle(claims(), false, claim -> completed(kept(claim))).get())
                .isEqualTo("UNKNOWN");
        assertThat(paid).hasValue(0);

        assertThat(settle(claims, true, claim -> completed(kept(claim))).get()).isEqualTo("paid");
        assertThat(settle(claims, true, claim -> completed(kept(claim))).get()).isEqualTo("paid");
        assertThat(settle(claims, false, claim -> completed(kept(claim))).get()).isEqualTo("RESULT");
    }

    @Test
    void whoWantsToPayAgainKeepsWhatIsKnownUntilSomethingIsSent() throws Exception {
        Claims claims = claims();
        settle(claims, false, claim -> completed(kept(claim))).get();

        CompletableFuture<String> broke = settle(claims, true, claim -> {
            throw failure(Billed.NO);
        });
        assertThatThrownBy(broke::get).isInstanceOf(ExecutionException.class);
        CompletableFuture<String> refused = settle(claims, true, claim -> {
            claim.sending(BigDecimal.ONE);
            claim.refused();
            throw failure(Billed.NO);
        });
        assertThatThrownBy(refused::get).isInstanceOf(ExecutionException.class);

        assertThat(settle(claims, false, claim -> completed(kept(claim))).get()).isEqualTo("RESULT");
        assertThat(paid).hasValue(1);
    }

    @Test
    void whoWantsToPayAgainWhileSomebodyIsPayingGetsThatAnswer() throws Exception {
        Claims claims = claims();
        CompletableFuture<Void> answer = new CompletableFuture<>();
        settle(claims, false, claim -> answer.thenApply(come -> kept(claim)));
        CompletableFuture<String> here = settle(claims, true, claim -> completed(kept(claim)));
        CompletableFuture<String> elsewhere = settle(claims(), true, claim -> completed(kept(claim)));

        answer.complete(null);

        assertThat(here.get(20, SECONDS)).isEqualTo("RESULT");
        assertThat(elsewhere.get(20, SECONDS)).isEqualTo("RESULT");
        assertThat(paid).hasValue(1);
    }

    @Test
    void aWaitEndsWhenItsRouteIsStopped() throws Exception {
        Claims claims = claims();
        settle(claims, false, claim -> new CompletableFuture<>());
        CompletableFuture<String> waiting = settle(claims, false, claim -> completed(kept(claim)));

        delays.close();

        assertThatThrownBy(() -> waiting.get(20, SECONDS))
                .cause()
                .isInstanceOfSatisfying(DewatermarkTransportException.class, e -> {
                    assertThat(e.billed()).isEqualTo(Billed.NO);
                    assertThat(e.retryable()).isTrue();
                    assertThat(e).hasMessageContaining("photo.jpg was waiting");
                });
    }

    @Test
    void anErrorOfTheWorkGivesUpTheClaim() throws Exception {
        Claims claims = claims();
        CompletableFuture<String> broken = settle(claims, false, claim -> {
            throw new OutOfMemoryError("a test");
        });

        assertThatThrownBy(broken::get).hasRootCauseInstanceOf(OutOfMemoryError.class);
        assertThat(settle(claims, false, claim -> completed(kept(claim))).get()).isEqualTo("paid");
    }

    private Claims claims() {
        FolderJournal journal = new FolderJournal(folder, Duration.ofDays(1), 1 << 30);
        open.add(journal);
        return new Claims(journal);
    }

    private String kept(Claim claim) {
        claim.sending(BigDecimal.ONE);
        claim.keep("event", Map.of(), Map.of("picture", Content.of("picture", new byte[9])));
        paid.incrementAndGet();
        return "paid";
    }

    private CompletableFuture<String> settle(
            Claims claims, boolean payAgain, Function<Claim, CompletableFuture<String>> pay) {
        return claims.hold(new Claims.Work(KEY, "erase", "photo.jpg", payAgain), delays)
                .thenCompose(held -> completed(held)
                        .thenCompose(work -> work.known() == null
                                ? pay.apply(work)
                                : completed(work.known().state().name()))
                        .whenComplete((answer, error) -> held.end(error)));
    }

    private static <T> CompletableFuture<T> completed(T value) {
        return CompletableFuture.completedFuture(value);
    }

    private static DewatermarkTransportException failure(Billed billed) {
        return new DewatermarkTransportException("erase", "a test", billed, false, null);
    }
}
