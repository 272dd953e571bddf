package io.github.cameldewatermark.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.faults.Cell.Result;
import io.github.cameldewatermark.faults.Cell.State;
import io.github.cameldewatermark.faults.FaultyRelay.Mode;
import io.github.cameldewatermark.published.ReferenceTable;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every trouble with every call, always and once: what the route sees, and what the platform has charged for it. */
class FaultMatrixTest {

    /** Most cells do nothing but wait. */
    private static final int AT_ONCE = 24;

    private static final int MINUTES = 5;

    private static final Map<Cell, Result> RESULTS = new LinkedHashMap<>();

    @BeforeAll
    static void run() throws Exception {
        Map<Cell, Future<Result>> running = new LinkedHashMap<>();
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (Trouble trouble : Trouble.ALL) {
                for (Call call : Call.values()) {
                    for (Mode mode : List.of(Mode.ALWAYS, Mode.ONCE)) {
                        Cell cell = new Cell(call, trouble, mode);
                        running.put(cell, pool.submit(cell::run));
                    }
                }
            }
            for (Map.Entry<Cell, Future<Result>> cell : running.entrySet()) {
                RESULTS.put(cell.getKey(), cell.getValue().get(MINUTES, TimeUnit.MINUTES));
            }
        } finally {
            pool.shutdownNow();
            pool.awaitTermination(1, TimeUnit.MINUTES); // so that a failure leaves no sandbox behind, either
        }
    }

    @Test
    void nothingIsEverChargedTwice() {
        assertThat(RESULTS.values()).allSatisfy(result -> {
            assertThat(result.last().charges()).isLessThanOrEqualTo(1);
            assertThat(result.last().charged())
                    .isLessThanOrEqualTo(result.cell().price());
        });
    }

    @Test
    void billedIsWhatTheLedgerSays() {
        assertThat(of(State::isFailure)).isNotEmpty().allSatisfy(result -> {
            assertThat(result.first().error()).isInstanceOf(DewatermarkException.class);
            BigDecimal charged = result.first().charged();
            switch (error(result).billed()) {
                case NO -> assertThat(charged).isZero();
                case YES ->
                    assertThat(charged).isEqualByComparingTo(result.cell().price());
                case UNKNOWN -> assertThat(result.cell().call()).isIn(Call.ERASE, Call.SUBMIT);
            }
        });
    }

    @Test
    void whatIsRetryableEndsWellForOneChargeWhenTheTroubleIsOver() {
        assertThat(of(state -> state.isFailure() && ((DewatermarkException) state.error()).retryable()))
                .isNotEmpty()
                .allSatisfy(result -> {
                    assertThat(result.usable()).isTrue();
                    assertThat(result.last().charged())
                            .isEqualByComparingTo(result.cell().price());
                });
    }

    @Test
    void aSuccessIsWholeAndChargedOnce() {
        assertThat(of(State::isSuccess)).isNotEmpty().allSatisfy(result -> {
            boolean unnoticed = result.cell().call() == Call.DOWNLOAD
                    && result.cell().trouble().isUnnoticed();
            assertThat(result.usable()).isNotEqualTo(unnoticed);
            assertThat(result.first().charged())
                    .isEqualByComparingTo(result.cell().price());
        });
    }

    /** So that the table has to say only whether it passes. */
    @Test
    void aTroubleThatHappensJustOncePassesOrEndsInTheSameWay() {
        assertThat(of(State::isFailure))
                .filteredOn(result -> result.cell().mode() == Mode.ONCE)
                .isNotEmpty()
                .allSatisfy(once -> {
                    Cell cell = once.cell();
                    Result always = RESULTS.get(new Cell(cell.call(), cell.trouble(), Mode.ALWAYS));
                    assertThat(error(once)).hasSameClassAs(error(always));
                    assertThat(error(once).billed()).isEqualTo(error(always).billed());
                    assertThat(error(once).retryable()).isEqualTo(error(always).retryable());
                });
    }

    @Test
    void everyCallIsCounted() {
        assertThat(RESULTS.values()).allMatch(Result::counted);
    }

    @Test
    void theTableIsInTheDocuments() throws IOException {
        ReferenceTable.assertHas("faults.adoc", "outcomes", new OutcomeTable(RESULTS).toString());
    }

    private static Collection<Result> of(Predicate<State> first) {
        return RESULTS.values().stream()
                .filter(result -> first.test(result.first()))
                .toList();
    }

    private static DewatermarkException error(Result result) {
        return (DewatermarkException) result.first().error();
    }
}
