package io.github.cameldewatermark.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How many pictures are converted at once. What is under way is held open by converting further ones in its middle. */
class ConversionsTest {

    private static final long MIB = 1024 * 1024;

    private final Deque<Runnable> workers = new ArrayDeque<>();
    private final Delays delays = new Delays(null, workers::add);
    private final List<String> done = new ArrayList<>();

    @Test
    void asManyAsThereAreProcessorsAreConvertedAtOnce() {
        Conversions conversions = new Conversions(2, 1000 * MIB);

        conversions.run("erase", "a", MIB, delays, () -> {
            conversions.run("erase", "b", MIB, delays, () -> {
                start(conversions, "c", MIB);
                assertThat(done).isEmpty();
                return finish("b");
            });
            return finish("a");
        });

        assertThat(done).containsExactly("b", "a");
        work();
        assertThat(done).containsExactly("b", "a", "c");
    }

    @Test
    void asManyAsHalfOfTheHeapHoldsAreConvertedAtOnce() {
        Conversions conversions = new Conversions(8, 100 * MIB);

        conversions.run("erase", "a", 30 * MIB, delays, () -> {
            start(conversions, "too much", 21 * MIB);
            assertThat(done).isEmpty();
            // it would fit, but who came first has the turn
            start(conversions, "behind", MIB);
            assertThat(done).isEmpty();
            return finish("a");
        });
        work();

        assertThat(done).containsExactly("a", "too much", "behind");
    }

    @Test
    void oneThatTakesMoreThanHalfOfTheHeapIsConvertedAlone() {
        Conversions conversions = new Conversions(8, 100 * MIB);

        conversions.run("erase", "small", MIB, delays, () -> {
            start(conversions, "large", 70 * MIB);
            assertThat(done).isEmpty();
            return finish("small");
        });
        work();
        assertThat(done).containsExactly("small", "large");
    }

    @Test
    void oneThatTheHeapDoesNotHoldIsAnInputErrorThatSaysHowMuchIsNeeded() {
        Conversions conversions = new Conversions(8, 100 * MIB);

        assertThatExceptionOfType(DewatermarkInputException.class)
                .isThrownBy(() -> start(conversions, "huge.webp", 90 * MIB))
                .withMessage(
                        "huge.webp needs about 90 MiB of heap to be converted, but only 75 of 100 MiB are available for that;"
                                + " start Java with at least -Xmx121m, or convert it first. Nothing was sent, nothing was"
                                + " charged.");
        assertThat(done).isEmpty();
    }

    @Test
    void afterAFailureTheNextOneHasItsTurn() {
        Conversions conversions = new Conversions(1, 100 * MIB);

        CompletableFuture<String> failed = conversions.run("erase", "a", MIB, delays, () -> {
            start(conversions, "b", MIB);
            throw new IllegalStateException("broken");
        });
        assertThat(Failures.cause(catchThrowable(failed::join))).isInstanceOf(IllegalStateException.class);
        work();

        assertThat(done).containsExactly("b");
    }

    @Test
    void whatWaitsWhenTheRouteIsStoppedEndsWithoutAConversionAndForFree() {
        Conversions conversions = new Conversions(1, 100 * MIB);
        Delays others = new Delays(null, workers::add);
        List<CompletableFuture<String>> waiting = new ArrayList<>();

        conversions.run("erase", "a", MIB, others, () -> {
            waiting.add(start(conversions, "b", MIB));
            conversions.run("erase", "c", MIB, others, () -> finish("c"));
            delays.close();
            work();
            return finish("a");
        });
        work();

        assertStopped(waiting.get(0));
        assertThat(done).containsExactly("a", "c");
        assertStopped(start(conversions, "d", MIB));
    }

    /** Its place isn't lost when its turn has come, but the worker that would convert it comes too late. */
    @Test
    void aTurnThatComesWhileTheRouteIsStoppedIsGivenOn() {
        Conversions conversions = new Conversions(1, 100 * MIB);
        Delays others = new Delays(null, workers::add);
        List<CompletableFuture<String>> waiting = new ArrayList<>();

        conversions.run("erase", "a", MIB, others, () -> {
            waiting.add(start(conversions, "b", MIB));
            conversions.run("erase", "c", MIB, others, () -> finish("c"));
            return finish("a");
        });
        Runnable hop = workers.remove();
        delays.close();
        work();
        hop.run();
        work();

        assertStopped(waiting.get(0));
        assertThat(done).containsExactly("a", "c");
    }

    private static void assertStopped(CompletableFuture<String> future) {
        assertThat(future).isCompletedExceptionally();
        Throwable error = Failures.cause(catchThrowable(future::join));
        assertThat(error).isInstanceOfSatisfying(DewatermarkTransportException.class, e -> {
            assertThat(e.billed()).isEqualTo(Billed.NO);
            assertThat(e.retryable()).isTrue();
            assertThat(e).hasMessageEndingWith("Nothing was sent, nothing was charged.");
        });
    }

    private CompletableFuture<String> start(Conversions conversions, String name, long bytes) {
        Supplier<String> conversion = () -> finish(name);
        return conversions.run("erase", name, bytes, delays, conversion);
    }

    private String finish(String name) {
        done.add(name);
        return name;
    }

    private void work() {
        while (!workers.isEmpty()) {
            workers.remove().run();
        }
    }
}
