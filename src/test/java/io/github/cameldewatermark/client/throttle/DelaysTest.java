package io.github.cameldewatermark.client.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DelaysTest {

    private final VirtualTimer timer = new VirtualTimer();
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final Delays delays = new Delays(timer, work::add);

    @Test
    void whatComesAfterAWaitIsLeftToAWorker() {
        CompletableFuture<Void> wait = delays.after(Duration.ofSeconds(5));

        timer.pass(Duration.ofMillis(4999));
        assertThat(work).isEmpty();
        timer.pass(Duration.ofMillis(1));
        assertThat(wait).isNotDone();
        work.remove().run();
        assertThat(wait).isCompleted();
    }

    @Test
    void theThreadIsAWorkerAndNotTheTimer() throws Exception {
        ScheduledExecutorService realTimer = Executors.newSingleThreadScheduledExecutor(named("timer"));
        ExecutorService workers = Executors.newSingleThreadExecutor(named("worker"));
        try (Delays real = new Delays(realTimer, workers)) {
            CompletableFuture<String> thread = real.after(Duration.ofMillis(20))
                    .thenApply(x -> Thread.currentThread().getName());

            assertThat(thread.get(5, TimeUnit.SECONDS)).isEqualTo("worker");
        } finally {
            realTimer.shutdownNow();
            workers.shutdownNow();
        }
    }

    @Test
    void closingEndsAllWaitsOnAWorker() {
        CompletableFuture<Void> first = delays.after(Duration.ofDays(1));
        CompletableFuture<Void> second = delays.after(Duration.ofDays(2));

        delays.close();

        assertThat(first).isNotDone();
        assertThat(work).hasSize(2);
        work.forEach(Runnable::run);
        assertStopped(first);
        assertStopped(second);
        assertThat(timer.untilNext()).as("the timer is rid of them").isEmpty();
    }

    @Test
    void aWaitThatBeginsAfterClosingEndsAtOnce() {
        delays.close();

        CompletableFuture<Void> wait = delays.after(Duration.ofDays(1));

        work.remove().run();
        assertStopped(wait);
    }

    @Test
    void aWaitThatIsOverIsNotEndedAgain() {
        CompletableFuture<Void> wait = delays.after(Duration.ofSeconds(1));
        timer.pass(Duration.ofSeconds(1));
        work.remove().run();

        delays.close();

        assertThat(work).isEmpty();
        assertThat(wait).isCompleted();
    }

    @Test
    void withoutWorkersAWaitStillEnds() {
        Delays rejected = new Delays(timer, task -> {
            throw new RejectedExecutionException();
        });
        CompletableFuture<Void> byTime = rejected.after(Duration.ofSeconds(1));
        timer.pass(Duration.ofSeconds(1));
        assertStopped(byTime);

        CompletableFuture<Void> byClosing = rejected.after(Duration.ofSeconds(1));
        rejected.close();
        assertStopped(byClosing);
    }

    @Test
    void withoutATimerAWaitEndsAtOnce() {
        ScheduledExecutorService dead = Executors.newSingleThreadScheduledExecutor();
        dead.shutdown();

        try (Delays stopped = new Delays(dead, Runnable::run)) {
            assertStopped(stopped.after(Duration.ofSeconds(1)));
        }
    }

    private static void assertStopped(CompletableFuture<Void> wait) {
        assertThat(wait).isCompletedExceptionally();
        assertThatThrownBy(wait::join).isInstanceOf(CancellationException.class);
    }

    private static java.util.concurrent.ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
