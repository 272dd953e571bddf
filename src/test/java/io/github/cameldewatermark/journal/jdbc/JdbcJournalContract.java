package io.github.cameldewatermark.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.journal.Charge;
import io.github.cameldewatermark.journal.Claim;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.Journal;
import io.github.cameldewatermark.journal.JournalContract;
import io.github.cameldewatermark.journal.SpendingLimit;
import io.github.cameldewatermark.journal.State;
import io.github.cameldewatermark.testkit.LogLines;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the journal in a database does with every database. */
abstract class JdbcJournalContract extends JournalContract {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final Map<Journal, TestDataSource> nodes = new HashMap<>();
    private DataSource database;

    /** A database without tables. */
    abstract DataSource database() throws Exception;

    boolean autoCommit() {
        return true;
    }

    @BeforeEach
    void openDatabase() {
        assertThatCode(() -> database = database()).doesNotThrowAnyException();
    }

    @AfterEach
    void allConnectionsCameBackAsTheyWere() throws SQLException {
        closeAll();
        for (TestDataSource dataSource : nodes.values()) {
            dataSource.assertAllCameBackAsTheyWere();
        }
    }

    @Override
    protected JdbcJournal newJournal(long maxSize) {
        return node(JdbcJournal.DEFAULT_PREFIX, true, maxSize, LONG);
    }

    private JdbcJournal node(String prefix, boolean create, long maxSize, Duration lease) {
        TestDataSource dataSource = new TestDataSource(database, autoCommit());
        Jdbc jdbc = new Jdbc(dataSource, prefix, create);
        JdbcJournal journal = new JdbcJournal(jdbc, Duration.ofDays(1), maxSize, clock, lease);
        nodes.put(journal, dataSource);
        return opened(journal);
    }

    private JdbcJournal node(Duration lease) {
        return node(JdbcJournal.DEFAULT_PREFIX, true, 1 << 30, lease);
    }

    /** It can't do anything any more, and its lease is over. */
    @Override
    protected void kill(Journal mortal) throws Exception {
        nodes.get(mortal).cutOff(true);
        execute("UPDATE DEWATERMARK_OWNER SET LEASE_END = CURRENT_TIMESTAMP - INTERVAL '1' SECOND");
    }

    private void revive(Journal dead) {
        nodes.get(dead).cutOff(false);
    }

    @Override
    protected void forward(Duration time) throws Exception {
        clock.pass(time);
        for (String column : List.of("ENTRY SET LAST_USE = LAST_USE", "PART SET STORED = STORED")) {
            execute("UPDATE DEWATERMARK_" + column + " - INTERVAL '" + time.toSeconds() + "' SECOND");
        }
    }

    @Override
    protected List<String> ledger() throws Exception {
        return rows("SELECT BILLED, REFERENCE FROM DEWATERMARK_LEDGER ORDER BY BILLED, SENT, REFERENCE");
    }

    @Test
    void aPriceThatIsKnownStaysWhenTheTaskIsResumedByItsId() throws Exception {
        Journal journal = journal();
        journal.ledger()
                .chargedOnce(new Charge(
                        Instant.now(), "pdf", "a.pdf", BigDecimal.valueOf(2), Billed.UNKNOWN, "task-1", "task-1"));

        Claim.withoutJournal(journal.ledger(), "pdf", "task-1", "task-1").completed(null);
        Claim.withoutJournal(journal.ledger(), "pdf", "task-2", "task-2").completed(null);

        assertThat(rows("SELECT BILLED, CREDITS FROM DEWATERMARK_LEDGER ORDER BY REFERENCE"))
                .containsExactly("YES 2.0000", "YES null");
    }

    @Test
    void aCheckFailsWhileTheDatabaseIsDown() throws Exception {
        JdbcJournal journal = node(LONG);
        journal.check();
        nodes.get(journal).cutOff(true);

        assertThatThrownBy(journal::check).isInstanceOf(IOException.class);

        nodes.get(journal).cutOff(false);
        journal.check();
    }

    @Test
    void theLineOfTheLedgerSaysWhatWasPaidFor() throws Exception {
        Entry result = kept(journal(), KEY, "a picture");
        journal().ledger().charged(result.charge(Billed.YES));

        assertThat(rows("SELECT OPERATION, FILE_NAME, CREDITS, BILLED, ID, REFERENCE FROM DEWATERMARK_LEDGER"))
                .containsExactly("erase photo.jpg 1.0000 YES event-1 " + reference(result));
    }

    @Test
    void whatWasTakenForUnknownCanTurnOutToBeCharged() throws Exception {
        Journal journal = journal();
        Entry sending = sending(journal.claim(KEY, "erase", "photo.jpg"));

        journal.ledger().charged(sending.charge(Billed.UNKNOWN));
        journal.ledger().charged(sending.charge(Billed.YES));
        journal.ledger().charged(sending.charge(Billed.UNKNOWN));

        assertThat(ledger()).containsExactly("YES " + reference(sending));
    }

    @Test
    void aLeaseThatIsNotRenewedIsOver() throws Exception {
        JdbcJournal standing = node(Duration.ofMillis(300));
        standing.claim(KEY, "erase", "photo.jpg");
        nodes.get(standing).cutOff(true);
        Journal next = journal();

        await().until(() -> next.isMine(next.claim(KEY, "erase", "photo.jpg")));
    }

    @Test
    void aLeaseIsRenewedWhileSomethingIsWorkedOnEvenAfterAFailure() throws Exception {
        JdbcJournal working = node(Duration.ofSeconds(3));
        Entry claim = working.claim(KEY, "erase", "photo.jpg");
        List<String> first = rows("SELECT LEASE_END FROM DEWATERMARK_OWNER");
        try (LogLines log = LogLines.infosOf(Lease.class)) {
            nodes.get(working).cutOff(true);
            await().until(() -> !log.messages().isEmpty());
            assertThat(log.messages().get(0)).contains("can't be renewed", "Connection refused");
            nodes.get(working).cutOff(false);
        }

        await().until(() -> !rows("SELECT LEASE_END FROM DEWATERMARK_OWNER").equals(first));
        assertThat(journal().claim(KEY, "erase", "photo.jpg")).isEqualTo(claim);
        working.change(sending(claim));
    }

    @Test
    void aLeaseIsGivenBackWhenNothingIsWorkedOn() throws Exception {
        JdbcJournal working = node(Duration.ofMillis(300));
        Entry claim = working.claim(KEY, "erase", "photo.jpg");
        assertThat(rows("SELECT ID FROM DEWATERMARK_OWNER")).hasSize(1);
        working.remove(claim);
        working.release(claim);

        await().until(() -> rows("SELECT ID FROM DEWATERMARK_OWNER").isEmpty());
        int before = nodes.get(working).taken();
        assertThat(working.isMine(working.claim(KEY, "erase", "photo.jpg"))).isTrue();
        assertThat(nodes.get(working).taken()).isLessThan(before + 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SENDING", "UPLOADED"})
    void anOwnerWhoStoodStillMayNotSendWhatWasTakenOver(State next) throws Exception {
        Journal standing = mortal();
        Entry claim = standing.claim(KEY, "erase", "photo.jpg");
        kill(standing);
        Journal other = journal();
        Entry taken = other.claim(KEY, "erase", "photo.jpg");
        revive(standing);
        execute("INSERT INTO DEWATERMARK_OWNER VALUES ('" + claim.owner()
                + "', CURRENT_TIMESTAMP + INTERVAL '99' SECOND)"); // as if it had a lease again already

        assertThatThrownBy(() -> standing.change(claim.in(next)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("photo.jpg")
                .hasMessageContaining("DEWATERMARK_ENTRY")
                .hasMessageContaining("the lease expired");
        standing.remove(claim);
        standing.release(claim);

        other.change(taken.in(next));
    }

    @Test
    void anOwnerWhoStoodStillMayNotSendEvenIfNobodyHasTakenOver() throws Exception {
        Journal standing = mortal();
        Entry claim = standing.claim(KEY, "erase", "photo.jpg");
        kept(standing, OTHER, "a picture");
        Entry again = standing.claimAgain(standing.claim(OTHER, "erase", "photo.jpg"));
        kill(standing);
        revive(standing);

        assertThatThrownBy(() -> standing.change(sending(claim))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> standing.change(sending(again))).isInstanceOf(IOException.class);
    }

    @Test
    void nothingIsTakenOverFromAnOwnerWhoseLeaseIsRenewedAtThatMoment() throws Exception {
        Journal journal = mortal();
        journal.claim(KEY, "erase", "photo.jpg");
        JdbcJournal next = node(LONG);
        Entry found = next.claim(KEY, "erase", "photo.jpg");

        assertThat(next.replace(found, found.ownedBy(next.me()))).isFalse();
        kill(journal);
        assertThat(next.replace(found, found.ownedBy(next.me()))).isTrue();
    }

    @Test
    void whoWantsToPayAgainNeedsALeaseToo() throws Exception {
        Journal journal = journal();
        kept(journal, KEY, "a picture");
        Journal other = journal();
        Entry known = other.claim(KEY, "erase", "photo.jpg");
        nodes.get(other).cutOff(true);
        Entry claim = other.claimAgain(known);
        nodes.get(other).cutOff(false);

        assertThatThrownBy(() -> other.change(sending(claim))).isInstanceOf(IOException.class);
        other.release(claim);

        Entry next = other.claimAgain(known);
        other.change(sending(next));
    }

    @Test
    void ofTwoWhoWantToPayAgainOneSends() throws Exception {
        Journal one = journal();
        kept(one, KEY, "a picture");
        Journal two = journal();
        Entry known = one.claim(KEY, "erase", "photo.jpg");
        Entry first = one.claimAgain(known);
        Entry second = two.claimAgain(known);

        one.change(sending(first));

        assertThatThrownBy(() -> two.change(sending(second))).isInstanceOf(IOException.class);
    }

    @Test
    void anAnswerThatComesLateReplacesWhatIsUnknown() throws Exception {
        Journal standing = mortal();
        Entry sending = sending(standing.claim(KEY, "erase", "photo.jpg"));
        standing.change(sending);
        kill(standing);
        Journal other = journal();
        assertThat(other.claim(KEY, "erase", "photo.jpg").state()).isEqualTo(State.UNKNOWN);
        revive(standing);

        standing.keep(sending.in(State.RESULT).withId("event-1"), parts("a picture"));
        standing.ledger().charged(sending.withId("event-1").charge(Billed.YES));

        Entry result = other.claim(KEY, "erase", "photo.jpg");
        assertThat(result.state()).isEqualTo(State.RESULT);
        assertThat(text(other.part(result, "picture"))).isEqualTo("a picture");
        assertThat(ledger()).containsExactly("YES " + reference(sending));
    }

    @Test
    void anAnswerThatComesLateReplacesWhatIsBeingSentButNoOtherAnswer() throws Exception {
        Journal standing = mortal();
        Entry sending = sending(standing.claim(KEY, "erase", "photo.jpg"));
        standing.change(sending);
        kill(standing);
        Journal other = journal();
        Entry again = sending(other.claimAgain(other.claim(KEY, "erase", "photo.jpg")));
        other.change(again);
        revive(standing);

        standing.keep(sending.in(State.RESULT), parts("the first"));
        other.keep(again.in(State.RESULT), parts("the second"));

        Journal third = journal();
        Entry result = third.claim(KEY, "erase", "photo.jpg");
        assertThat(text(third.part(result, "picture"))).isEqualTo("the first");
        assertThat(rows("SELECT COUNT(*) FROM DEWATERMARK_PART")).containsExactly("1");
    }

    @Test
    void anAnswerWhoseEntryIsGoneIsKept() throws Exception {
        Journal journal = journal();
        Entry sending = sending(journal.claim(KEY, "erase", "photo.jpg"));
        journal.change(sending);
        execute("DELETE FROM DEWATERMARK_ENTRY");

        journal.keep(sending.in(State.RESULT), parts("a picture"));

        assertThat(journal.claim(KEY, "erase", "photo.jpg").state()).isEqualTo(State.RESULT);
    }

    @Test
    void anUploadThatIsGivenUpIsForTheNextAtOnce() throws Exception {
        Journal one = journal();
        one.claim(OTHER, "video", "other.mp4"); // it lives, and works
        Entry uploaded = one.claim(KEY, "video", "clip.mp4").in(State.UPLOADED).withTask("task-1");
        one.change(uploaded);
        one.release(uploaded);

        Journal next = journal();
        Entry taken = next.claim(KEY, "video", "clip.mp4");

        assertThat(next.isMine(taken)).isTrue();
        assertThat(taken.taskId()).isEqualTo("task-1");
    }

    @Test
    void anAnswerThatBreaksOffIsNotKept() throws Exception {
        Journal journal = journal();
        Entry sending = sending(journal.claim(KEY, "erase", "photo.jpg"));
        journal.change(sending);
        Map<String, Content> parts = Map.of("picture", new Generated(5 << 20, 4 << 20));

        assertThatThrownBy(() -> journal.keep(sending.in(State.RESULT), parts))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has changed its length");

        assertThat(rows("SELECT COUNT(*) FROM DEWATERMARK_PART")).containsExactly("0");
        assertThat(journal().claim(KEY, "erase", "photo.jpg")).isEqualTo(sending);
    }

    /** Each piece of 256 kB is read when it is needed, and the connection is given back between them. */
    @Test
    void aLargeAnswerIsReadPieceByPiece() throws Exception {
        int length = 12 << 20;
        Journal journal = journal();
        Entry sending = sending(journal.claim(KEY, "erase", "photo.jpg"));
        journal.change(sending);
        journal.keep(sending.in(State.RESULT), Map.of("picture", new Generated(length, length)));

        assertThat(rows("SELECT COUNT(*), MAX(OCTET_LENGTH(DATA)) FROM DEWATERMARK_PART"))
                .containsExactly("48 262144");
        Content part = journal.part(journal.claim(KEY, "erase", "photo.jpg"), "picture");
        assertThat(part.length()).isEqualTo(length);
        TestDataSource dataSource = nodes.get(journal);
        int before = dataSource.taken();
        try (InputStream kept = part.open();
                InputStream original = new Generated(length, length).open()) {
            for (int read = 0; read < length; read += 1024) {
                assertThat(kept.readNBytes(1024)).isEqualTo(original.readNBytes(1024));
                assertThat(dataSource.taken() - before).isEqualTo(read / (256 * 1024) + 1);
            }
            assertThat(kept.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM DEWATERMARK_PART WHERE NUMBER = 1",
                "UPDATE DEWATERMARK_PART SET DATA = CAST('abc' AS BYTEA) WHERE NUMBER = 1",
                "UPDATE DEWATERMARK_PART SET DATA = CAST('abc' AS BYTEA) WHERE NUMBER = 0"
            })
    void anAnswerThatIsDamagedIsAFailure(String damage) throws Exception {
        Journal journal = journal();
        kept(journal, KEY, "x".repeat(300_000));
        execute(damage);

        assertThatThrownBy(() -> text(journal.part(journal.claim(KEY, "erase", "photo.jpg"), "picture")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no longer in the table DEWATERMARK_PART, or not all of it");
    }

    @Test
    void whatBelongsToNoAnswerGoesAfterSomeTime() throws Exception {
        Journal journal = journal();
        kept(journal, KEY, "a picture");
        Entry sending = sending(journal.claimAgain(journal.claim(KEY, "erase", "photo.jpg")));
        journal.change(sending);
        journal.keep(sending.in(State.RESULT), parts("another picture"));
        assertThat(rows("SELECT COUNT(*) FROM DEWATERMARK_PART")).containsExactly("2");
        forward(Duration.ofHours(23));
        Entry result = journal.claim(KEY, "erase", "photo.jpg");
        journal.part(result, "picture");
        forward(Duration.ofHours(2));

        journal.claim(OTHER, "erase", "photo.jpg");

        assertThat(rows("SELECT COUNT(*) FROM DEWATERMARK_PART")).containsExactly("1");
        assertThat(text(journal.part(result, "picture"))).isEqualTo("another picture");
        forward(Duration.ofHours(25));
        journal.claim(OTHER, "erase", "photo.jpg");
        assertThat(rows("SELECT COUNT(*) FROM DEWATERMARK_PART")).containsExactly("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ENTRY = ''",
                "ENTRY = 'no entry at all'",
                "ENTRY = REPLACE(ENTRY, 'photo', 'other')||'x=y'",
                "STATE = 'CLAIMED'",
                "OWNER = 'me'"
            })
    void anEntryThatWasAlteredCountsAsUnknown(String change) throws Exception {
        kept(journal(), KEY, "a picture");
        execute("UPDATE DEWATERMARK_ENTRY SET " + change);
        try (LogLines log = LogLines.infos()) {
            Entry entry = journal().claim(KEY, "erase", "photo.jpg");

            assertThat(entry.state()).isEqualTo(State.UNKNOWN);
            assertThat(entry.reason()).contains("unreadable");
            assertThat(journal().latestResults(9)).isEmpty();
            assertThat(journal().claim(KEY, "erase", "photo.jpg")).isEqualTo(entry);
            assertThat(log.messages()).singleElement().asString().contains(KEY, "DEWATERMARK_ENTRY");
        }
    }

    /** Otherwise the header that the exception asks for would do nothing. */
    @Test
    void anEntryThatWasAlteredCanBePaidForAgain() throws Exception {
        kept(journal(), KEY, "a picture");
        execute("UPDATE DEWATERMARK_ENTRY SET ENTRY = 'no entry at all'");
        Journal journal = journal();
        Entry known = journal.claim(KEY, "erase", "photo.jpg");

        Entry again = sending(journal.claimAgain(known));
        journal.change(again);
        journal.keep(again.in(State.RESULT), parts("another picture"));
        journal.release(again);

        Entry paid = journal().claim(KEY, "erase", "photo.jpg");
        assertThat(paid.state()).isEqualTo(State.RESULT);
        assertThat(text(journal().part(paid, "picture"))).isEqualTo("another picture");
    }

    @Test
    void anEntryOfANewerVersionIsLeftAlone() throws Exception {
        kept(journal(), KEY, "a picture");
        execute("UPDATE DEWATERMARK_ENTRY SET ENTRY = 'version=7'");

        assertThatThrownBy(() -> journal().claim(KEY, "erase", "photo.jpg"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another version of camel-dewatermark (format 7)");
        assertThat(rows("SELECT ENTRY FROM DEWATERMARK_ENTRY")).containsExactly("version=7");
    }

    @Test
    void ofNodesThatRaceForManyKeysEachHasOneWinner() throws Exception {
        List<Journal> racing = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            racing.add(journal()); // they make the tables at once, too
        }
        List<List<String>> won = atOnce(4, node -> {
            List<String> mine = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Journal journal = racing.get(node);
                Entry entry = journal.claim("%064x".formatted(i), "erase", "photo.jpg");
                if (journal.isMine(entry)) {
                    journal.change(sending(entry));
                    mine.add(entry.key());
                }
            }
            return mine;
        });

        assertThat(won.stream().flatMap(List::stream)).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void ofNodesThatRaceForWhatIsLeftOneTakesItOverAndTheLedgerHasOneLine() throws Exception {
        Journal dead = mortal();
        dead.claim(KEY, "erase", "photo.jpg");
        Entry sending = sending(dead.claim(OTHER, "erase", "photo.jpg"));
        dead.change(sending);
        kill(dead);
        List<Journal> racing = List.of(journal(), journal(), journal(), journal());

        List<Boolean> won = atOnce(4, node -> {
            Journal journal = racing.get(node);
            assertThat(journal.claim(OTHER, "erase", "photo.jpg").state()).isEqualTo(State.UNKNOWN);
            return journal.isMine(journal.claim(KEY, "erase", "photo.jpg"));
        });

        assertThat(won).containsOnlyOnce(true);
        assertThat(ledger()).containsExactly("UNKNOWN " + reference(sending));
    }

    @Test
    void aDatabaseThatIsDownIsAClearErrorUntilItIsThere() throws Exception {
        Journal journal = journal();
        nodes.get(journal).cutOff(true);
        Entry entry = new Entry(KEY, "erase", "photo.jpg", State.CLAIMED, "me", clock.instant(), Map.of());

        assertThatThrownBy(() -> journal.claim(KEY, "erase", "photo.jpg"))
                .isInstanceOf(IOException.class)
                .hasMessage("The tables DEWATERMARK_... can't be used now: Connection refused")
                .hasCauseInstanceOf(SQLException.class);
        for (ThrowingCallable step : List.<ThrowingCallable>of(
                () -> journal.replace(entry, entry),
                () -> journal.keep(entry, Map.of()),
                () -> journal.remove(entry),
                () -> journal.ledger().charged(sending(entry).charge(Billed.YES)),
                () -> journal.ledger().chargedOnce(sending(entry).charge(Billed.YES)),
                () -> journal.part(entry.with(Map.of("length.picture", "1")), "picture"))) {
            assertThatThrownBy(step)
                    .isInstanceOf(IOException.class)
                    .hasMessage("The tables DEWATERMARK_... can't be used now: Connection refused");
        }

        nodes.get(journal).cutOff(false);
        assertThat(journal.isMine(journal.claim(KEY, "erase", "photo.jpg"))).isTrue();
    }

    @Test
    void tablesThatAreNotToBeCreatedAreMissedWithAClearError() throws Exception {
        JdbcJournal journal = node(JdbcJournal.DEFAULT_PREFIX, false, 1000, LONG);

        assertThatThrownBy(() -> journal.claim(KEY, "erase", "photo.jpg"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("The tables DEWATERMARK_... can't be used now: ");

        kept(journal(), KEY, "a picture");
        assertThat(journal.claim(KEY, "erase", "photo.jpg").state()).isEqualTo(State.RESULT);
    }

    @Test
    void whatIsTakenOverIsReservedOnce() throws Exception {
        SpendingLimit limit = SpendingLimit.parse("1/1h");
        Journal running = journal();
        running.remove(running.claim(OTHER, "erase", "photo.jpg"));
        Entry held = journal().claim(KEY, "erase", "held.jpg");
        assertThat(running.ledger().reserve(held.charge(Billed.UNKNOWN), limit)).isNull();
        execute("UPDATE DEWATERMARK_OWNER SET LEASE_END = CURRENT_TIMESTAMP - INTERVAL '1' SECOND WHERE ID = '"
                + held.owner() + "'");

        Entry taken =
                running.claim(KEY, "erase", "held.jpg").since(clock.instant().plusSeconds(1));

        assertThat(running.ledger().reserve(taken.charge(Billed.UNKNOWN), limit))
                .isNull();
        journal().claim(OTHER, "erase", "photo.jpg"); // cleans up
        assertThat(running.ledger().spent(limit.period())).isEqualByComparingTo("1");
    }

    /** Else a limit would read all that was ever charged. */
    @Test
    void whatWasChargedHasAnIndexByItsTime() throws Exception {
        journal().check();
        List<String> first = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            for (String table : List.of("DEWATERMARK_LEDGER", "dewatermark_ledger")) {
                ResultSet columns = connection.getMetaData().getIndexInfo(null, null, table, false, false);
                while (columns.next()) {
                    if (columns.getInt("ORDINAL_POSITION") == 1) {
                        first.add(columns.getString("COLUMN_NAME"));
                    }
                }
            }
        }
        assertThat(first).anyMatch("SENT"::equalsIgnoreCase);
    }

    @Test
    void aLimitCountsByOneClockAndNotByThoseOfTheNodes() throws Exception {
        SpendingLimit limit = SpendingLimit.parse("2/1h");
        assertThat(journal().ledger().reserve(charge("slow", "1", Duration.ofHours(2)), limit))
                .isNull();
        assertThat(journal().ledger().reserve(charge("fast", "1", Duration.ofHours(-2)), limit))
                .isNull();
        clock.pass(Duration.ofHours(2));

        Instant room = journal().ledger().reserve(charge("third", "1", Duration.ZERO), limit);

        assertThat(room)
                .isBetween(Instant.now().plusSeconds(3000), Instant.now().plusSeconds(3700));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MINE_", "public.my2_", "other.my2_"})
    void theTablesMayHaveOtherNamesAndASchema(String prefix) throws Exception {
        execute("CREATE SCHEMA IF NOT EXISTS other");
        JdbcJournal journal = node(prefix, true, 1000, LONG);

        kept(journal, KEY, "a picture");

        assertThat(rows("SELECT STATE FROM " + prefix + "ENTRY")).containsExactly("RESULT");
        for (String table : List.of("ENTRY", "PART", "LEDGER", "OWNER")) {
            journal.close();
            execute("DROP TABLE " + prefix + table);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "a-b", "a b", "a;", "a.b.c", ".a", "a.", "t\u00e4sk", "x'--", "\"a\""})
    void whatIsNoBeginningOfANameIsRefused(String prefix) {
        assertThatThrownBy(() -> new JdbcJournal(database, prefix, true, Duration.ofDays(1), 1000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Not a valid prefix for table names: ");
    }

    @Test
    void itsThreadEndsWhenItIsClosed() throws Exception {
        Journal journal = journal();
        journal.claim(KEY, "erase", "photo.jpg");
        assertThat(leaseThreads()).isNotEmpty().allMatch(Thread::isDaemon);

        closeAll();

        await().until(() -> leaseThreads().isEmpty());
        assertThat(rows("SELECT ID FROM DEWATERMARK_OWNER")).isEmpty();
        assertThatThrownBy(() -> journal.claim(OTHER, "erase", "photo.jpg"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void itsThreadEndsWhenThereIsNothingToDo() throws Exception {
        JdbcJournal journal = node(Duration.ofMillis(300));
        for (int i = 0; i < 2; i++) {
            Entry claim = journal.claim(KEY, "erase", "photo.jpg");
            assertThat(leaseThreads()).isNotEmpty();

            journal.remove(claim);
            journal.release(claim);

            await().until(() -> leaseThreads().isEmpty());
        }
    }

    private static List<Thread> leaseThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("dewatermark-journal-lease"))
                .toList();
    }

    interface Node<T> {
        T run(int number) throws Exception;
    }

    private static <T> List<T> atOnce(int nodes, Node<T> node) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(nodes);
        CyclicBarrier start = new CyclicBarrier(nodes);
        try {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < nodes; i++) {
                int number = i;
                tasks.add(() -> {
                    start.await();
                    return node.run(number);
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> rows(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                String[] values = new String[row.getMetaData().getColumnCount()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = row.getString(i + 1);
                }
                rows.add(String.join(" ", Arrays.asList(values)));
            }
            return rows;
        }
    }

    /** Bytes that aren't in memory; there may be fewer than there should be. */
    private record Generated(long length, long there) implements Content {
        @Override
        public String name() {
            return "generated";
        }

        @Override
        public InputStream open() {
            Random random = new Random(7);
            return new InputStream() {
                private long left = there;

                @Override
                public int read() {
                    return left-- > 0 ? random.nextInt(256) : -1;
                }
            };
        }
    }
}
