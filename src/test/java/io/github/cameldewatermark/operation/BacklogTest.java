package io.github.cameldewatermark.operation;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BacklogTest {

    private final Backlog backlog = new Backlog();
    private final List<Backlog.Place> places = new ArrayList<>(
            IntStream.range(0, Backlog.LIMIT).mapToObj(i -> backlog.enter()).toList());

    @Test
    void nobodyWaitsBelowTheLimit() throws Exception {
        places.get(0).awaitRoom();

        assertThat(backlog.size()).isEqualTo(Backlog.LIMIT);
    }

    @Test
    void whoeverIsTooManyWaitsUntilAnotherIsDone() throws Exception {
        CompletableFuture<Void> wait = waitFor(backlog.enter());
        places.get(0).answered();
        assertWaits(wait);

        places.get(0).leave();

        wait.get(10, SECONDS);
    }

    @Test
    void whoeverIsTooManyWaitsUntilItIsAnswered() throws Exception {
        Backlog.Place own = backlog.enter();
        CompletableFuture<Void> wait = waitFor(own);
        assertWaits(wait);

        own.answered();

        wait.get(10, SECONDS);
    }

    @Test
    void whatWaitsForATaskDoesNotCount() throws Exception {
        CompletableFuture<Void> wait = waitFor(backlog.enter());
        assertWaits(wait);

        backlog.beginsToWaitForTask();

        wait.get(10, SECONDS);
        backlog.endsToWaitForTask();
        assertWaits(waitFor(backlog.enter()));
    }

    @Test
    void acceptsNothingOnceItIsClosed() {
        backlog.close();

        assertThatThrownBy(backlog::enter).isInstanceOf(RejectedExecutionException.class);
    }

    private static CompletableFuture<Void> waitFor(Backlog.Place place) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        place.awaitRoom();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                BacklogTest::inAThreadOfItsOwn);
    }

    /** The common pool may have only one, which would wait for ever. */
    private static void inAThreadOfItsOwn(Runnable wait) {
        Thread thread = new Thread(wait, "waits for room");
        thread.setDaemon(true);
        thread.start();
    }

    private static void assertWaits(CompletableFuture<Void> wait) {
        assertThatThrownBy(() -> wait.get(200, MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }
}
