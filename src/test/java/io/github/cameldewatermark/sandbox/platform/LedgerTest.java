package io.github.cameldewatermark.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_763_794_508_123L);
    private static final Account ACCOUNT = new Account("user-1", BigDecimal.TEN);

    @TempDir
    Path folder;

    @Test
    void anEventIsChargedOnceAndRefundedOnce() throws IOException {
        try (Ledger ledger = open()) {
            charge(ledger, "a", "0.1");
            charge(ledger, "a", "0.1");
            ledger.refund("a", NOW);
            ledger.refund("a", NOW);
            charge(ledger, "a", "0.1");

            assertThat(ledger.entries()).hasSize(2);
            assertThat(ledger.balance(ACCOUNT)).isEqualByComparingTo("10");
        }
    }

    @Test
    void whatWasNotChargedIsNotRefunded() throws IOException {
        try (Ledger ledger = open()) {
            ledger.refund("a", NOW);

            assertThat(ledger.entries()).isEmpty();
        }
    }

    @Test
    void manySmallAmountsAddUpExactly() throws IOException {
        try (Ledger ledger = open()) {
            for (int i = 0; i < 100; i++) {
                charge(ledger, "event-" + i, "0.1");
            }

            assertThat(ledger.balance(ACCOUNT)).isEqualByComparingTo("0");
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> charge(ledger, "more", "0.000001"))
                    .matches(e -> e.reason() == Refusal.Reason.FORBIDDEN);
        }
    }

    @Test
    void aBalanceNeverGoesBelowZeroHoweverManyChargeAtOnce() throws Exception {
        try (Ledger ledger = open()) {
            AtomicInteger refused = new AtomicInteger();
            ExecutorService threads = Executors.newFixedThreadPool(8);
            for (int i = 0; i < 50; i++) {
                String event = "event-" + i;
                threads.execute(() -> {
                    try {
                        charge(ledger, event, "1");
                    } catch (Refusal e) {
                        refused.incrementAndGet();
                    }
                });
            }
            threads.shutdown();

            assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            assertThat(refused).hasValue(40);
            assertThat(ledger.balance(ACCOUNT)).isEqualByComparingTo("0");
            assertThat(Files.readAllLines(file())).hasSize(10);
        }
    }

    @Test
    void itIsTheSameAfterItWasOpenedAgain() throws IOException {
        try (Ledger ledger = open()) {
            charge(ledger, "a", "1.23");
            charge(ledger, "b", "2");
            ledger.refund("b", NOW);
        }
        try (Ledger again = open()) {
            assertThat(again.balance(ACCOUNT)).isEqualByComparingTo("8.77");
            assertThat(again.chargeOf("a")).hasValueSatisfying(entry -> {
                assertThat(entry.time()).isEqualTo(NOW);
                assertThat(entry.amount()).isEqualTo(new BigDecimal("1.23"));
            });
            charge(again, "a", "1.23");
            again.refund("b", NOW);
            assertThat(again.entries()).hasSize(3);
        }
    }

    @Test
    void aLineThatWasNotFinishedIsForgotten() throws IOException {
        try (Ledger ledger = open()) {
            charge(ledger, "a", "1");
        }
        Files.writeString(file(), "{\"time\":1763794508,\"userId\":\"us", StandardOpenOption.APPEND);
        try (Ledger again = open()) {
            assertThat(again.entries()).hasSize(1);
            charge(again, "b", "1");
        }
        try (Ledger third = open()) {
            assertThat(third.entries()).extracting(LedgerEntry::eventId).containsExactly("a", "b");
        }
    }

    private static void charge(Ledger ledger, String event, String amount) {
        ledger.charge(ACCOUNT, NOW, Call.ERASE, "session", event, new BigDecimal(amount));
    }

    private Ledger open() throws IOException {
        return new Ledger(file(), Refusal.Reason.FORBIDDEN);
    }

    private Path file() {
        return folder.resolve("ledger.jsonl");
    }
}
