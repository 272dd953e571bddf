package io.github.cameldewatermark.runtime;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkersTest {

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final Workers workers = new Workers(pool, 1);
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void tearDown() {
        end.countDown();
        pool.shutdownNow();
    }

    @Test
    void oneTaskAtATimeHasThePermit() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        workers.execute(this::awaitEnd);
        workers.execute(second::countDown);

        assertThat(second.await(200, MILLISECONDS)).isFalse();
        end.countDown();
        assertThat(second.await(10, SECONDS)).isTrue();
    }

    @Test
    void aTaskThatHasGivenItsPermitBackMayBlockForEver() throws Exception {
        CountDownLatch others = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            workers.execute(() -> {
                workers.release();
                others.countDown();
                awaitEnd();
            });
        }

        assertThat(others.await(20, SECONDS)).isTrue();
    }

    @Test
    void ifTooManyBlockNoMoreIsBegun() throws Exception {
        Workers few = new Workers(pool, 1, 3);
        AtomicInteger begun = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            few.execute(() -> {
                begun.incrementAndGet();
                few.release();
                awaitEnd();
            });
        }

        await().during(Duration.ofMillis(300)).until(() -> begun.get() == 4); // the last keeps its permit
        end.countDown();
        await().until(() -> begun.get() == 10);
    }

    @Test
    void tasksTakeTurnsAndTheNextStepOfAnExchangeGoesFirst() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(3);
        workers.execute(this::awaitEnd);
        for (String name : List.of("first", "second", "next step")) {
            Runnable task = () -> {
                order.add(name);
                done.countDown();
            };
            if (name.equals("next step")) {
                workers.executeNext(task);
            } else {
                workers.execute(task);
            }
        }
        end.countDown();

        assertThat(done.await(10, SECONDS)).isTrue();
        assertThat(order).containsExactly("next step", "first", "second");
    }

    @Test
    void aThreadKnowsWhetherItIsAWorkerAlsoWithoutAPermit() throws Exception {
        List<Boolean> is = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        workers.execute(() -> {
            is.add(workers.isWorker());
            workers.release();
            workers.release();
            is.add(workers.isWorker());
            done.countDown();
        });

        assertThat(done.await(10, SECONDS)).isTrue();
        assertThat(is).containsExactly(true, true);
        assertThat(workers.isWorker()).isFalse();
    }

    @Test
    void aTaskThatFailsGivesItsPermitBack() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        workers.execute(() -> {
            throw new IllegalStateException("for the test");
        });
        workers.execute(second::countDown);

        assertThat(second.await(10, SECONDS)).isTrue();
    }

    @Test
    void whatWaitsWhenThePoolIsShutDownIsRunByWhoeverIsThereOrByTheCaller() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        List<String> ran = new CopyOnWriteArrayList<>();
        workers.execute(() -> {
            first.countDown();
            awaitEnd();
        });
        workers.execute(() -> ran.add("second"));
        workers.execute(() -> ran.add("third"));
        assertThat(first.await(10, SECONDS)).isTrue();
        workers.close();
        pool.shutdown();

        assertThatThrownBy(() -> workers.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        workers.runRest();

        assertThat(ran).containsExactly("second", "third");
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
