package io.github.cameldewatermark.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.sandbox.TestClock;
import io.github.cameldewatermark.testkit.LogLines;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every journal says about a key after each thing that may happen to its owner. */
@Timeout(120)
public abstract class JournalContract {

    protected static final String KEY = "0123456789abcdef".repeat(4);
    protected static final String OTHER = "fedcba9876543210".repeat(4);
    protected static final String THIRD = "00112233".repeat(8);

    protected final TestClock clock = new TestClock(Instant.now()); // as the times of files are compared with it
    private final List<Journal> open = new ArrayList<>();

    /** Opens a journal on the same place, as another process does. */
    protected abstract Journal newJournal(long maxSize) throws Exception;

    /** Opens one of which the process can be killed. No other is open until then. */
    protected Journal mortal() throws Exception {
        return journal();
    }

    /** Kills its process. */
    protected abstract void kill(Journal mortal) throws Exception;

    /** Lets time pass for all that is stored. */
    protected abstract void forward(Duration time) throws Exception;

    /** The reference of each line of the ledger, with whether it was billed before it. */
    protected abstract List<String> ledger() throws Exception;

    @AfterEach
    protected void closeAll() {
        open.forEach(Journal::close);
    }

    protected Journal journal() throws Exception {
        return journal(1 << 30);
    }

    protected Journal journal(long maxSize) throws Exception {
        return opened(newJournal(maxSize));
    }

    protected <T extends Journal> T opened(T journal) {
        open.add(journal);
        return journal;
    }

    @Test
    void aKeyIsClaimedByOne() throws Exception {
        Journal one = journal();
        Journal two = journal();

        Entry claim = one.claim(KEY, "erase", "photo.jpg");
        Entry seen = two.claim(KEY, "erase", "copy.jpg");

        assertThat(claim.state()).isEqualTo(State.CLAIMED);
        assertThat(one.isMine(claim)).isTrue();
        assertThat(seen).isEqualTo(claim);
        assertThat(two.isMine(seen)).isFalse();
    }

    @Test
    void anEntryIsReadAsItWasWritten() throws Exception {
        String name = " été \\ \ud83d\ude00 \ud800 a=b\r\nc.jpg" + "x".repeat(10_000);
        Entry claim = journal().claim(KEY, "erase", name);

        assertThat(journal().claim(KEY, "erase", "copy.jpg")).isEqualTo(claim);
        assertThat(claim.name()).isEqualTo(name);
    }

    @Test
    void aClaimThatIsGivenUpIsForTheNext() throws Exception {
        Journal one = journal();
        one.remove(one.claim(KEY, "erase", "photo.jpg"));

        Journal two = journal();

        assertThat(two.isMine(two.claim(KEY, "erase", "photo.jpg"))).isTrue();
    }

    @Test
    void theClaimOfADeadOwnerIsTakenOver() throws Exception {
        Journal dead = mortal();
        dead.claim(KEY, "erase", "photo.jpg");
        kill(dead);
        Journal next = journal();

        Entry taken = next.claim(KEY, "erase", "photo.jpg");

        assertThat(taken.state()).isEqualTo(State.CLAIMED);
        assertThat(next.isMine(taken)).isTrue();
        // who shares the journal waits, too
        assertThat(next.isMine(next.claim(KEY, "erase", "photo.jpg"))).isFalse();
    }

    @Test
    void theClaimOfAnOwnerWhoIsClosedIsTakenOver() throws Exception {
        Journal closed = journal();
        closed.claim(KEY, "erase", "photo.jpg");
        closed.close();
        Journal next = journal();

        assertThat(next.isMine(next.claim(KEY, "erase", "photo.jpg"))).isTrue();
    }

    @Test
    void theUploadOfADeadOwnerIsTakenOverWithItsTask() throws Exception {
        Journal dead = mortal();
        dead.change(dead.claim(KEY, "video", "clip.mp4").in(State.UPLOADED).withTask("task-1"));
        kill(dead);
        Journal next = journal();

        Entry taken = next.claim(KEY, "video", "clip.mp4");

        assertThat(taken.state()).isEqualTo(State.UPLOADED);
        assertThat(taken.taskId()).isEqualTo("task-1");
        assertThat(next.isMine(taken)).isTrue();
        next.change(taken.in(State.SUBMITTED));
        assertThat(journal().claim(KEY, "video", "clip.mp4").state()).isEqualTo(State.SUBMITTED);
    }

    @Test
    void whatADeadOwnerWasSendingIsUnknownAndInTheLedgerOnce() throws Exception {
        Journal dead = mortal();
        Entry sending = sending(dead.claim(KEY, "erase", "photo.jpg"));
        dead.change(sending);
        kill(dead);
        try (LogLines log = LogLines.infos()) {
            Entry first = journal().claim(KEY, "erase", "photo.jpg");
            Entry second = journal().claim(KEY, "erase", "photo.jpg");

            assertThat(first.state()).isEqualTo(State.UNKNOWN);
            assertThat(first.reason()).contains("its process ended");
            assertThat(second).isEqualTo(first);
            assertThat(log.messages())
                    .filteredOn(line -> line.contains("photo.jpg was being sent at"))
                    .hasSize(1);
        }
        assertThat(ledger()).containsExactly("UNKNOWN " + reference(sending));
    }

    /** Killed after the line of the ledger, before the mark. */
    @Test
    void whatIsInTheLedgerAlreadyIsNotWrittenAgain() throws Exception {
        Journal dead = mortal();
        Entry sending = sending(dead.claim(KEY, "erase", "photo.jpg"));
        dead.change(sending);
        dead.ledger().charged(sending.charge(Billed.UNKNOWN));
        kill(dead);

        assertThat(journal().claim(KEY, "erase", "photo.jpg").state()).isEqualTo(State.UNKNOWN);

        assertThat(ledger()).hasSize(1);
    }

    /** Killed after the answer was kept, before the line of the ledger. */
    @Test
    void whatIsMissingInTheLedgerIsWrittenByTheNext() throws Exception {
        Journal dead = mortal();
        Entry missing = kept(dead, KEY, "a picture");
        Entry written = kept(dead, OTHER, "another picture");
        dead.ledger().charged(written.charge(Billed.YES));
        kill(dead);

        journal().claim(THIRD, "erase", "photo.jpg");
        journal().claim(THIRD, "erase", "photo.jpg");

        assertThat(ledger()).containsExactlyInAnyOrder("YES " + reference(written), "YES " + reference(missing));
    }

    @Test
    void aLineOfTheLedgerThatIsWantedOnceIsThereOnce() throws Exception {
        Journal journal = journal();
        Charge charge = sending(journal.claim(KEY, "erase", "photo.jpg")).charge(Billed.YES);

        assertThat(journal.ledger().chargedOnce(charge)).isTrue();
        assertThat(journal().ledger().chargedOnce(charge)).isFalse();

        assertThat(ledger()).containsExactly("YES " + charge.reference());
    }

    @Test
    void whatIsBeingSentByALivingOwnerIsHis() throws Exception {
        Journal one = journal();
        Entry sending = sending(one.claim(KEY, "erase", "photo.jpg"));
        one.change(sending);

        assertThat(journal().claim(KEY, "erase", "photo.jpg")).isEqualTo(sending);
    }

    /** Upkeep is due with the first claim after an hour, and must not touch what is under way. */
    @Test
    void whatIsUnderWayHereIsLeftAloneByUpkeep() throws Exception {
        Journal journal = journal();
        Entry sending = sending(journal.claim(KEY, "erase", "photo.jpg"));
        journal.change(sending);
        Entry claim = journal.claim(OTHER, "erase", "other.jpg");
        forward(Duration.ofHours(2));

        journal.claim(THIRD, "erase", "third.jpg");

        Journal other = journal();
        assertThat(other.claim(KEY, "erase", "photo.jpg")).isEqualTo(sending);
        assertThat(other.claim(OTHER, "erase", "other.jpg")).isEqualTo(claim);
        assertThat(ledger()).isEmpty();
    }

    /** Such as on a full disk: the owner lives, but has failed to write the end. */
    @Test
    void whatWasGivenUpWithoutAnEndIsSettledByUpkeep() throws Exception {
        Journal journal = journal();
        Entry sending = sending(journal.claim(KEY, "erase", "photo.jpg"));
        journal.change(sending);
        journal.release(sending);
        journal.release(journal.claim(OTHER, "erase", "other.jpg"));
        forward(Duration.ofHours(2));

        journal.claim(THIRD, "erase", "third.jpg");

        Journal other = journal();
        assertThat(other.claim(KEY, "erase", "photo.jpg").state()).isEqualTo(State.UNKNOWN);
        assertThat(other.isMine(other.claim(OTHER, "erase", "other.jpg"))).isTrue();
    }

    @Test
    void anAnswerIsThereForAllUntilItIsUnusedForTheRetention() throws Exception {
        kept(journal(), KEY, "a picture");
        forward(Duration.ofHours(23));

        Journal two = journal();
        Entry found = two.claim(KEY, "erase", "again.jpg");
        assertThat(found.state()).isEqualTo(State.RESULT);
        assertThat(found.fact("session")).isEqualTo("s1");
        assertThat(text(two.part(found, "picture"))).isEqualTo("a picture");
        assertThat(two.part(found, "mask")).isNull();

        forward(Duration.ofHours(23)); // since its last use
        assertThat(journal().claim(KEY, "erase", "again.jpg").state()).isEqualTo(State.RESULT);

        forward(Duration.ofHours(2));
        assertThat(journal().claim(KEY, "erase", "again.jpg").state()).isEqualTo(State.CLAIMED);
    }

    @Test
    void theAnswersUsedLongestAgoGoWhenAllAreTooLarge() throws Exception {
        Journal journal = journal(100);
        kept(journal, KEY, "x".repeat(60));
        forward(Duration.ofMinutes(1));

        kept(journal, OTHER, "x".repeat(60));

        assertThat(journal.claim(KEY, "erase", "photo.jpg").state()).isEqualTo(State.CLAIMED);
        assertThat(journal.claim(OTHER, "erase", "photo.jpg").state()).isEqualTo(State.RESULT);
    }

    @Test
    void anAnswerLargerThanTheJournalStaysAsLongAsItIsTheNewest() throws Exception {
        Journal journal = journal(10);

        kept(journal, KEY, "x".repeat(60));

        assertThat(text(journal.part(journal.claim(KEY, "erase", "photo.jpg"), "picture")))
                .hasSize(60);
    }

    @Test
    void claimsAndMarksAreNeverRemovedForTheirAgeOrForRoom() throws Exception {
        Journal journal = journal(10);
        journal.change(sending(journal.claim(KEY, "erase", "photo.jpg")).unknown("a test"));
        Entry claim = journal.claim(OTHER, "erase", "other.jpg");
        forward(Duration.ofDays(400));

        kept(journal, THIRD, "x".repeat(60));

        Journal later = journal(10);
        assertThat(later.claim(KEY, "erase", "photo.jpg").state()).isEqualTo(State.UNKNOWN);
        assertThat(later.claim(OTHER, "erase", "other.jpg")).isEqualTo(claim);
    }

    @Test
    void whatIsKnownStaysUntilSomethingIsSentAgainAndComesBackIfThatIsRefused() throws Exception {
        Journal journal = journal();
        kept(journal, KEY, "a picture");
        Entry known = journal.claim(KEY, "erase", "photo.jpg");
        Journal other = journal();

        Entry claim = journal.claimAgain(known);
        assertThat(journal.isMine(claim)).isTrue();
        assertThat(other.claim(KEY, "erase", "photo.jpg")).isEqualTo(known);

        Entry sending = sending(claim);
        journal.change(sending);
        assertThat(other.claim(KEY, "erase", "photo.jpg")).isEqualTo(sending);

        journal.change(known);
        journal.release(claim);
        assertThat(other.claim(KEY, "erase", "photo.jpg")).isEqualTo(known);
        assertThat(text(other.part(known, "picture"))).isEqualTo("a picture");
    }

    @Test
    void theAnswerToASecondPaymentTakesThePlaceOfTheFirst() throws Exception {
        Journal journal = journal();
        kept(journal, KEY, "a picture");
        Entry sending = sending(journal.claimAgain(journal.claim(KEY, "erase", "photo.jpg")));
        journal.change(sending);

        journal.keep(sending.in(State.RESULT), parts("another picture"));
        journal.release(sending);

        Entry result = journal.claim(KEY, "erase", "photo.jpg");
        assertThat(text(journal.part(result, "picture"))).isEqualTo("another picture");
    }

    @Test
    void whoIsRefusedMaySendAgain() throws Exception {
        Journal journal = journal();
        kept(journal, KEY, "a picture");
        Entry known = journal.claim(KEY, "erase", "photo.jpg");
        Claim claim = Claim.toPay(journal, journal.claimAgain(known), known, () -> {});

        claim.sending(BigDecimal.ONE);
        claim.refused();
        assertThat(journal().claim(KEY, "erase", "photo.jpg")).isEqualTo(known);
        claim.sending(BigDecimal.ONE);
        claim.keep("event-2", Map.of(), parts("another picture"));
        claim.end(null);

        Entry result = journal().claim(KEY, "erase", "photo.jpg");
        assertThat(result.id()).isEqualTo("event-2");
        assertThat(text(journal.part(result, "picture"))).isEqualTo("another picture");
        assertThat(ledger()).containsExactly("YES " + reference(result));
    }

    @Test
    void aTaskIsRememberedFromItsUploadToItsEnd() throws Exception {
        Journal journal = journal();
        Claim claim = toPay(journal, journal.claim(KEY, "video", "clip.mp4"));
        claim.uploaded("task-1");
        claim.submitted();
        claim.end(null);
        Journal other = journal();
        Entry submitted = other.claim(KEY, "video", "clip.mp4");
        assertThat(submitted.state()).isEqualTo(State.SUBMITTED);

        Claim task = known(other, submitted);
        assertThat(task.completed(BigDecimal.TEN)).isTrue();
        assertThat(task.completed(BigDecimal.TEN)).isFalse();
        task.handedOn(BigDecimal.TEN);

        assertThat(journal.claim(KEY, "video", "clip.mp4").state()).isEqualTo(State.RESULT);
        assertThat(ledger()).containsExactly("YES task-1");
    }

    /** As that of a PDF, of which the platform can't tell whether its submit has arrived. */
    @Test
    void aTaskWhoseSubmitIsUnclearIsUnknownUntilItsEndIsSeen() throws Exception {
        Journal journal = journal();
        Claim claim = unclear(journal, "task-1");
        assertThat(claim.entry().state()).isEqualTo(State.UNKNOWN);
        assertThat(ledger()).containsExactly("UNKNOWN task-1");
        claim.end(null);
        Journal other = journal();
        Entry unknown = other.claim(KEY, "pdf", "a.pdf");
        assertThat(unknown).isEqualTo(claim.entry());

        known(other, unknown).completed(BigDecimal.valueOf(2));
        known(other, unknown).handedOn(BigDecimal.valueOf(2));

        Entry delivered = journal.claim(KEY, "pdf", "a.pdf");
        assertThat(delivered.state()).isEqualTo(State.RESULT);
        assertThat(delivered.isResultKnown()).isTrue();
        assertThat(ledger()).contains("YES task-1");
    }

    @Test
    void aTaskWhoseSubmitIsUnclearAndThatFailedIsNotCharged() throws Exception {
        Journal journal = journal();
        Claim claim = unclear(journal, "task-1");
        claim.end(null);

        known(journal, claim.entry()).refunded();

        assertThat(ledger()).contains("NO task-1");
        assertThat(journal.claim(KEY, "pdf", "a.pdf").state()).isEqualTo(State.CLAIMED);
    }

    @Test
    void aTaskWhoseIdWasHandedOnIsNotPaidForCertain() throws Exception {
        Journal journal = journal();
        Claim claim = toPay(journal, journal.claim(KEY, "pdf", "a.pdf"));
        claim.uploaded("task-1");
        claim.sending(BigDecimal.valueOf(2));
        claim.submitted();
        claim.end(null);

        known(journal, claim.entry()).idHandedOn();

        Entry handedOn = journal.claim(KEY, "pdf", "a.pdf");
        assertThat(handedOn.state()).isEqualTo(State.RESULT);
        assertThat(handedOn.isResultKnown()).isFalse();
        assertThat(ledger()).isEmpty();
    }

    @Test
    void aSubmitThatIsRefusedLeavesTheUpload() throws Exception {
        Journal journal = journal();
        Claim claim = toPay(journal, journal.claim(KEY, "pdf", "a.pdf"));
        claim.uploaded("task-1");
        claim.sending(BigDecimal.valueOf(2));

        claim.refused();
        claim.end(new IOException("refused"));

        assertThat(journal.claim(KEY, "pdf", "a.pdf"))
                .returns(State.UPLOADED, Entry::state)
                .returns("task-1", Entry::taskId);
        assertThat(ledger()).isEmpty();
    }

    private static Claim unclear(Journal journal, String taskId) throws IOException {
        Claim claim = toPay(journal, journal.claim(KEY, "pdf", "a.pdf"));
        claim.uploaded(taskId);
        claim.sending(BigDecimal.valueOf(2));
        claim.unclear();
        return claim;
    }

    @Test
    void whatIsReservedCountsForAllUntilItIsKnownWhatBecameOfIt() throws Exception {
        SpendingLimit limit = SpendingLimit.parse("3/1h");
        Journal one = journal();
        Journal two = journal();
        Charge refused = charge("a", "1", Duration.ZERO);
        Charge charged = charge("b", "1.5", Duration.ZERO);

        assertThat(one.ledger().reserve(refused, limit)).isNull();
        assertThat(two.ledger().reserve(charged, limit)).isNull();
        assertThat(one.ledger().spent(limit.period())).isEqualByComparingTo("2.5");
        assertThat(one.ledger().reserve(charge("c", "1", Duration.ZERO), limit))
                .isAfterOrEqualTo(clock.instant().plus(limit.period()));
        assertThat(two.ledger().roomFor(new BigDecimal("0.6"), limit)).isNotNull();
        assertThat(two.ledger().roomFor(new BigDecimal("0.5"), limit)).isNull();
        assertThat(two.ledger().roomFor(null, limit))
                .as("of which the price isn't known")
                .isNotNull();

        one.ledger().charged(refused.in(Billed.NO));
        two.ledger().charged(charged.in(Billed.YES));
        assertThat(two.ledger().spent(limit.period())).isEqualByComparingTo("1.5");
        assertThat(journal().ledger().reserve(charge("c", "1", Duration.ZERO), limit))
                .isNull();
        assertThat(one.ledger().spent(limit.period())).isEqualByComparingTo("2.5");
    }

    @Test
    void whatWasSpentLongAgoDoesNotCount() throws Exception {
        Journal journal = journal();
        SpendingLimit limit = SpendingLimit.parse("3/1h");
        journal.ledger().charged(charge("a", "3", Duration.ofMinutes(61)).in(Billed.YES));
        journal.ledger().charged(charge("b", "1", Duration.ofMinutes(50)).in(Billed.YES));
        journal.ledger().charged(charge("c", "2", Duration.ofMinutes(30)));

        assertThat(journal.ledger().spent(limit.period())).isEqualByComparingTo("3");
        assertThat(journal.ledger().spent(Duration.ofDays(1))).isEqualByComparingTo("6");
        assertThat(journal.ledger().roomFor(BigDecimal.ONE, limit)).isBetween(in(10), in(11));
        assertThat(journal.ledger().roomFor(new BigDecimal("1.1"), limit)).isBetween(in(30), in(31));
        assertThat(journal.ledger().roomFor(new BigDecimal("3.1"), limit)).isEqualTo(Instant.MAX);
    }

    @Test
    void whatIsReservedAgainIsCountedOnce() throws Exception {
        Journal journal = journal();
        SpendingLimit limit = SpendingLimit.parse("2/1h");

        assertThat(journal.ledger().reserve(charge("task-1", "1", Duration.ZERO), limit))
                .isNull();
        assertThat(journal.ledger().reserve(charge("task-1", "2", Duration.ZERO), limit))
                .isNull();
        assertThat(journal.ledger().spent(limit.period())).isEqualByComparingTo("2");

        assertThat(journal.ledger().reserve(charge("task-1", "3", Duration.ZERO), limit))
                .isNotNull();
        assertThat(journal.ledger().spent(limit.period()))
                .as("what is reserved stays")
                .isEqualByComparingTo("2");
    }

    @Test
    void howeverManyReserveAtOnceTheLimitHolds() throws Exception {
        SpendingLimit limit = SpendingLimit.parse("7/1h");
        List<Journal> journals = List.of(journal(), journal());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> attempts = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Charge charge = charge("attempt-" + i, "1", Duration.ZERO);
                Journal journal = journals.get(i % 2);
                attempts.add(threads.submit(() -> journal.ledger().reserve(charge, limit) == null));
            }
            int reserved = 0;
            for (Future<Boolean> attempt : attempts) {
                reserved += attempt.get() ? 1 : 0;
            }
            assertThat(reserved).isEqualTo(7);
        } finally {
            threads.shutdown();
        }
        assertThat(journal().ledger().spent(limit.period())).isEqualByComparingTo("7");
    }

    @Test
    void aPictureIsReservedUntilItIsPaid() throws Exception {
        Journal journal = journal();
        Claim claim = toPay(journal, journal.claim(KEY, "erase", "photo.jpg"));

        claim.reserveInLedger(SpendingLimit.parse("1/1h"), BigDecimal.ONE);
        claim.sending(BigDecimal.ONE);
        claim.refused();
        claim.sending(BigDecimal.ONE);
        assertThat(ledger()).containsExactly("RESERVED " + reference(claim.entry()));
        claim.keep("event-1", Map.of(), parts("a picture"));
        claim.end(null);

        assertThat(ledger()).contains("YES " + reference(claim.entry()));
        assertThat(journal.ledger().spent(Duration.ofHours(1))).isEqualByComparingTo("1");
    }

    @Test
    void whatIsReservedAndCertainlyNotPaidDoesNotCount() throws Exception {
        Journal journal = journal();
        for (Exception end :
                List.of(new DewatermarkInputException("erase", "it can't be sent"), new Exception("a bug"))) {
            Claim claim = toPay(journal, journal.claim(KEY, "erase", "photo.jpg"));

            claim.reserveInLedger(SpendingLimit.parse("1/1h"), BigDecimal.ONE);
            claim.end(end);

            assertThat(journal.ledger().spent(Duration.ofHours(1))).isZero();
            forward(Duration.ofSeconds(1));
        }
    }

    @Test
    void whatAKilledProcessHasReservedAndSentIsCountedOnce() throws Exception {
        Journal dead = mortal();
        Claim claim = toPay(dead, dead.claim(KEY, "erase", "photo.jpg"));
        claim.reserveInLedger(SpendingLimit.parse("1/1h"), BigDecimal.ONE);
        claim.sending(BigDecimal.ONE);
        kill(dead);

        Journal journal = journal();
        assertThat(journal.claim(KEY, "erase", "photo.jpg").state()).isEqualTo(State.UNKNOWN);

        assertThat(ledger()).contains("UNKNOWN " + reference(claim.entry()));
        assertThat(journal.ledger().spent(Duration.ofHours(1))).isEqualByComparingTo("1");
    }

    /** Held back by a rate limit, for example, also after an attempt that was refused. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAKilledProcessHasReservedAndNotSentIsGivenBack(boolean wasRefused) throws Exception {
        SpendingLimit limit = SpendingLimit.parse("3/1h");
        Journal dead = mortal();
        Claim held = toPay(dead, dead.claim(KEY, "erase", "held.jpg"));
        held.reserveInLedger(limit, BigDecimal.ONE);
        if (wasRefused) {
            held.sending(BigDecimal.ONE);
            held.refused();
        }
        Claim sent = toPay(dead, dead.claim(OTHER, "erase", "sent.jpg"));
        sent.reserveInLedger(limit, BigDecimal.ONE);
        sent.sending(BigDecimal.ONE);
        assertThat(dead.ledger().spent(limit.period())).isEqualByComparingTo("2");
        kill(dead);
        forward(Duration.ofSeconds(1));

        Journal journal = journal();
        Claim next = toPay(journal, journal.claim(KEY, "erase", "held.jpg"));

        assertThat(journal.ledger().spent(limit.period())).isEqualByComparingTo("1");
        assertThat(ledger()).filteredOn(line -> line.startsWith("NO ")).hasSize(1);
        next.reserveInLedger(limit, BigDecimal.ONE);
        journal().claim(THIRD, "erase", "photo.jpg");
        assertThat(journal.ledger().spent(limit.period())).isEqualByComparingTo("2");
        assertThat(ledger()).filteredOn(line -> line.startsWith("NO ")).hasSize(1);
    }

    @Test
    void whatIsReservedAtACloseIsGivenBack() throws Exception {
        Journal closed = journal();
        toPay(closed, closed.claim(KEY, "erase", "held.jpg"))
                .reserveInLedger(SpendingLimit.parse("1/1h"), BigDecimal.ONE);
        closed.close();

        Journal journal = journal();
        journal.claim(OTHER, "erase", "photo.jpg");

        assertThat(journal.ledger().spent(Duration.ofHours(1))).isZero();
    }

    /** As the ledger couldn't be written when it was paid. */
    @Test
    void whatWasReservedForWhatWasPaidBeforeIsNotGivenBack() throws Exception {
        SpendingLimit limit = SpendingLimit.parse("9/30d");
        Journal journal = journal();
        Claim paid = toPay(journal, journal.claim(KEY, "erase", "photo.jpg"));
        paid.reserveInLedger(limit, BigDecimal.ONE);
        paid.sending(BigDecimal.ONE);
        journal.keep(paid.entry().in(State.RESULT), parts("a picture"));
        journal.release(paid.entry());
        journal.close();
        forward(Duration.ofDays(2));
        Journal dead = mortal();
        Claim again = toPay(dead, dead.claim(KEY, "erase", "photo.jpg"));
        again.reserveInLedger(limit, BigDecimal.ONE);
        kill(dead);

        Journal next = journal();
        next.claim(OTHER, "erase", "other.jpg");

        assertThat(next.ledger().spent(limit.period())).isEqualByComparingTo("1");
    }

    @Test
    void aTaskIsReservedUntilItsEndIsSeen() throws Exception {
        Journal journal = journal();
        SpendingLimit limit = SpendingLimit.parse("5/1h");
        Claim paid = toPay(journal, journal.claim(KEY, "video", "clip.mp4"));
        paid.uploaded("task-1");
        paid.reserveInLedger(limit, null);
        paid.submitted();
        paid.end(null);
        Claim failed = toPay(journal, journal.claim(OTHER, "video", "other.mp4"));
        failed.uploaded("task-2");
        failed.reserveInLedger(limit, BigDecimal.valueOf(2));
        failed.submitted();
        failed.end(null);
        assertThat(journal().ledger().spent(limit.period())).isEqualByComparingTo("3");

        known(journal, paid.entry()).completed(new BigDecimal("1.2"));
        known(journal, failed.entry()).refunded();

        assertThat(journal().ledger().spent(limit.period())).isEqualByComparingTo("1.2");
        assertThat(ledger()).contains("YES task-1", "NO task-2");
    }

    @Test
    void whatIsSpentIsKnownOfEachDay() throws Exception {
        Journal journal = journal();
        ZoneId zone = ZoneId.of("Asia/Tokyo");
        LocalDate today = clock.instant().atZone(zone).toLocalDate();
        journal.ledger().charged(charge("a", "1", Duration.ZERO).in(Billed.YES));
        journal.ledger().charged(charge("b", "2.5", Duration.ZERO).in(Billed.UNKNOWN));
        journal.ledger().charged(charge("c", "9", Duration.ZERO).in(Billed.NO));
        journal.ledger().charged(charge("d", "4", Duration.ofDays(2)).in(Billed.YES));
        journal.ledger().charged(charge("e", "7", Duration.ofDays(40)).in(Billed.YES));
        journal.ledger().reserve(charge("f", "1", Duration.ZERO), SpendingLimit.parse("9/1h"));

        Map<LocalDate, BigDecimal> days = journal().ledger().perDay(today.minusDays(10), zone);

        assertThat(days).containsOnlyKeys(today.minusDays(2), today);
        assertThat(days.get(today)).isEqualByComparingTo("4.5");
        assertThat(days.get(today.minusDays(2))).isEqualByComparingTo("4");
    }

    @Test
    void theLatestEntriesAreListedAndLookedAtWithoutBeingUsed() throws Exception {
        Journal journal = journal();
        Instant paid = kept(journal, KEY, "a picture").since();
        forward(Duration.ofSeconds(10));
        kept(journal, OTHER, "another picture");
        assertThat(journal.latestResults(5)).extracting(Entry::key).containsExactly(OTHER, KEY);

        forward(Duration.ofSeconds(10));
        journal.claim(THIRD, "erase", "under-way.jpg");
        assertThat(text(journal.peek(KEY, paid, "picture"))).isEqualTo("a picture");
        assertThat(journal.peek(KEY, paid, "mask")).isNull();
        assertThat(journal.peek(KEY, paid.minusMillis(1), "picture")).isNull();
        assertThat(journal.peek("ab".repeat(32), paid, "picture")).isNull();

        assertThat(journal.latestResults(1)).extracting(Entry::key).containsExactly(OTHER);
    }

    @Test
    void whatIsRefundedAfterARefusalDoesNotCount() throws Exception {
        Journal journal = journal();
        SpendingLimit limit = SpendingLimit.parse("2/1h");
        Charge task = charge("task-1", "2", Duration.ZERO);
        assertThat(journal.ledger().reserve(task, limit)).isNull();
        journal.ledger().charged(task.in(Billed.NO)); // its submit is refused
        assertThat(journal.ledger().reserve(task, limit)).isNull(); // and repeated

        journal.ledger().chargedOnce(task.in(Billed.NO)); // it has failed

        assertThat(journal.ledger().spent(limit.period())).isZero();
    }

    @Test
    void whatIsChargedAfterARefusalCounts() throws Exception {
        Journal journal = journal();
        Charge task = charge("task-1", "2", Duration.ZERO);
        assertThat(journal.ledger().reserve(task, SpendingLimit.parse("2/1h"))).isNull();
        journal.ledger().charged(task.in(Billed.NO));

        assertThat(journal.ledger().chargedOnce(task.in(Billed.YES))).isTrue(); // submitted where there is no limit

        assertThat(journal.ledger().spent(Duration.ofHours(1))).isEqualByComparingTo("2");
    }

    @Test
    void thatSomethingHasCostNothingIsSaidOnlyOfWhatIsThere() throws Exception {
        assertThat(journal()
                        .ledger()
                        .chargedOnce(charge("task-1", "2", Duration.ZERO).in(Billed.NO)))
                .isFalse();

        assertThat(ledger()).isEmpty();
    }

    @Test
    void aChargeCountsAsLongAsItsReservation() throws Exception {
        Journal journal = journal();
        assertThat(journal.ledger().reserve(charge("task-1", "2", Duration.ZERO), SpendingLimit.parse("2/1h")))
                .isNull();

        journal.ledger()
                .chargedOnce(
                        charge("task-1", "2", Duration.ofMinutes(70)).in(Billed.YES)); // with the time of its upload

        assertThat(journal.ledger().spent(Duration.ofHours(1))).isEqualByComparingTo("2");
    }

    @Test
    void whoIsKilledWhilePayingAgainIsInTheLedgerAtTheNextStart() throws Exception {
        Journal dead = mortal();
        Entry result = kept(dead, KEY, "a picture");
        dead.release(result);
        dead.change(sending(dead.claimAgain(dead.claim(KEY, "erase", "photo.jpg"))));
        kill(dead);

        journal().claim(THIRD, "erase", "photo.jpg");

        assertThat(ledger()).anyMatch(line -> line.startsWith("UNKNOWN"));
    }

    protected Charge charge(String reference, String credits, Duration ago) {
        return new Charge(
                clock.instant().minus(ago),
                "erase",
                "photo, 1.jpg",
                new BigDecimal(credits),
                Billed.UNKNOWN,
                "",
                reference);
    }

    private Instant in(int minutes) {
        return clock.instant().plus(Duration.ofMinutes(minutes));
    }

    @Test
    void onlyWhatStillIsAsGivenIsReplacedOrRemoved() throws Exception {
        Journal journal = journal();
        Entry claim = journal.claim(KEY, "video", "clip.mp4");
        Entry submitted = claim.in(State.SUBMITTED).withTask("task-1");
        journal.change(submitted);
        journal.release(submitted);

        Journal other = journal();
        other.remove(claim);
        assertThat(other.replace(claim, submitted.unknown("a test"))).isFalse();
        assertThat(other.claim(KEY, "video", "clip.mp4")).isEqualTo(submitted);

        assertThat(other.replace(submitted, submitted.in(State.RESULT))).isTrue();
        assertThat(journal.claim(KEY, "video", "clip.mp4")).isEqualTo(submitted.in(State.RESULT));

        other.remove(submitted.in(State.RESULT));
        assertThat(journal.isMine(journal.claim(KEY, "video", "clip.mp4"))).isTrue();
    }

    @Test
    void anAnswerOfAnyLengthIsReadAsItWasKept() throws Exception {
        Journal journal = journal();
        for (int length : new int[] {0, 1, 256 * 1024, 256 * 1024 + 1}) {
            String key = "%064x".formatted(length);
            kept(journal, key, "x".repeat(length));

            Content part = journal.part(journal.claim(key, "erase", "photo.jpg"), "picture");

            assertThat(part.length()).isEqualTo(length);
            assertThat(text(part)).hasSize(length);
            assertThat(text(part)).hasSize(length); // readable any number of times
        }
    }

    protected Entry kept(Journal journal, String key, String picture) throws Exception {
        Entry sending = sending(journal.claim(key, "erase", "photo.jpg"));
        journal.change(sending);
        Entry result = sending.in(State.RESULT).with(Map.of("session", "s1")).withId("event-1");
        journal.keep(result, parts(picture));
        journal.release(result);
        return result;
    }

    protected static Map<String, Content> parts(String picture) {
        return Map.of("picture", Content.of("picture", picture.getBytes()));
    }

    protected static Claim known(Journal journal, Entry entry) {
        return Claim.ofKnown(journal, entry, () -> {});
    }

    private static Claim toPay(Journal journal, Entry entry) {
        return Claim.toPay(journal, entry, null, () -> {});
    }

    protected static Entry sending(Entry claim) {
        return claim.in(State.SENDING).priced(BigDecimal.ONE);
    }

    protected static String reference(Entry entry) {
        return entry.charge(Billed.YES).reference();
    }

    protected static String text(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return new String(in.readAllBytes());
        }
    }
}
