package io.github.cameldewatermark.faults;

import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.client.CreditInfo;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.faults.FaultyRelay.Mode;
import io.github.cameldewatermark.faults.Trouble.Reach;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.sandbox.platform.LedgerEntry;
import io.github.cameldewatermark.sandbox.platform.LedgerEntry.Kind;
import io.github.cameldewatermark.sandbox.platform.Prices;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** One kind of trouble with one kind of call, on a platform of its own. */
record Cell(Call call, Trouble trouble, Mode mode) {

    private static final byte[] CLIP = TestClips.mp4(6, 2000);
    private static final byte[] PICTURE = TestPictures.jpeg(16, 16, 1);
    private static final int UNHURRIED = 30_000;
    private static final int THROTTLE_WAIT = 1500;
    private static final int TASK_TIMEOUT = 1500;

    /**
     * How it stands when an attempt of the route has ended.
     *
     * @param error   {@code null}: it went well
     * @param calls   of the kind in trouble
     * @param charges entries of the ledger, whether they were taken back or not
     * @param charged credits
     */
    record State(Exception error, long calls, long charges, BigDecimal charged) {
        boolean isSuccess() {
            return error == null;
        }

        boolean isFailure() {
            return error != null;
        }
    }

    /**
     * What came of it.
     *
     * @param cell    of what
     * @param first   what the route sees
     * @param last    after a redelivery without trouble, if it is retryable; else the same as the first
     * @param usable  whether the last is a success with the right body
     * @param counted whether the component has counted as many calls as there were
     */
    record Result(Cell cell, State first, State last, boolean usable, boolean counted) {}

    /** What the route has to pay for. */
    BigDecimal price() {
        return switch (call) {
            case CREDIT -> BigDecimal.ZERO;
            case ERASE -> Prices.OF_THE_DOCUMENT.picture();
            default -> Prices.OF_THE_DOCUMENT.second().multiply(BigDecimal.valueOf(6));
        };
    }

    Result run() throws Exception {
        try (Sandbox sandbox = sandbox();
                FaultyRelay relay = new FaultyRelay(sandbox.baseUrl(), call, trouble, mode);
                TestContext context = TestContext.at(relay.url(), sandbox.apiKey())) {
            AtomicReference<State> first = new AtomicReference<>();
            setUp(context);
            context.start(redeliveringOnce(error -> {
                first.set(state(error, sandbox, relay, context));
                relay.heal();
            }));
            if (trouble.reach() == Reach.NOT_CONNECTED && mode == Mode.ONCE) {
                healAfterTheFirstFailure(relay, context);
            }
            Exchange end = context.send(body());
            State last = state(end.getException(), sandbox, relay, context);
            first.compareAndSet(null, last);
            boolean counted = trouble.reach() == Reach.NOT_CONNECTED
                    || context.component().getCalls() == relay.requests();
            return new Result(this, first.get(), last, last.isSuccess() && isRight(end), counted);
        }
    }

    private RouteBuilder redeliveringOnce(Consumer<Exception> before) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                onException(DewatermarkException.class)
                        .onWhen(simple("${exception.retryable}"))
                        .maximumRedeliveries(1)
                        .redeliveryDelay(0)
                        .onRedelivery(e -> before.accept(e.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)));
                from("direct:in").to("dewatermark:" + operation());
            }
        };
    }

    private static Sandbox sandbox() {
        return Sandbox.builder()
                .taskDuration(Duration.ofMillis(100))
                .pictureEngine(new WhiteningPictures())
                .clipEngine(TestClips.copying(6))
                .start();
    }

    private void setUp(TestContext context) {
        context.options().setConnectTimeout(UNHURRIED);
        context.options().setResponseTimeout(trouble.isSlow() ? Trouble.RESPONSE_TIMEOUT : UNHURRIED);
        context.options().setMaxThrottleWait(THROTTLE_WAIT);
        if (call == Call.STATUS && mode == Mode.ALWAYS && !trouble.isDripping()) {
            context.options().setTaskTimeout(TASK_TIMEOUT);
        }
    }

    private String operation() {
        return switch (call) {
            case CREDIT -> "credit";
            case ERASE -> "erase";
            default -> "video";
        };
    }

    private Object body() {
        return switch (call) {
            case CREDIT -> null;
            case ERASE -> PICTURE;
            default -> CLIP;
        };
    }

    private boolean isRight(Exchange end) {
        Object body = end.getMessage().getBody();
        return switch (call) {
            case CREDIT -> body instanceof CreditInfo;
            case ERASE -> TestContext.body(end).length > 100;
            default -> Arrays.equals(TestContext.body(end), CLIP);
        };
    }

    private State state(Exception error, Sandbox sandbox, FaultyRelay relay, TestContext context) {
        BigDecimal net =
                sandbox.ledger().stream().map(LedgerEntry::signedAmount).reduce(BigDecimal.ZERO, BigDecimal::subtract);
        long charges = sandbox.ledger().stream()
                .filter(entry -> entry.kind() == Kind.CHARGE)
                .count();
        // those that were refused aren't seen by the relay
        long unseen = context.component().getCalls() - relay.requests();
        return new State(error, relay.requests(call) + Math.max(0, unseen), charges, net);
    }

    /** The relay can't see the attempt that was refused, but the component counts it. */
    private static void healAfterTheFirstFailure(FaultyRelay relay, TestContext context) {
        CompletableFuture.runAsync(
                () -> {
                    await().pollInterval(Duration.ofMillis(10))
                            .atMost(Duration.ofSeconds(30))
                            .until(() -> context.component().getFailedCalls() > 0);
                    relay.heal();
                },
                work -> new Thread(work, "healer").start());
    }

    @Override
    public String toString() {
        return call + ", " + trouble + ", " + mode;
    }
}
