package io.github.cameldewatermark.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the journal that is a table does with every database. */
abstract class JdbcTaskJournalContract extends TaskJournalContract {

    private CountingDataSource dataSource;

    /** A database without tables. */
    abstract DataSource database() throws Exception;

    boolean autoCommit() {
        return true;
    }

    @Override
    @BeforeEach
    void open() {
        assertThatCode(() -> dataSource = new CountingDataSource(database(), autoCommit()))
                .doesNotThrowAnyException();
        super.open();
    }

    @AfterEach
    void allConnectionsCameBackAsTheyWere() {
        dataSource.assertAllCameBackAsTheyWere();
    }

    @Override
    TaskJournal open(Clock clock) {
        return new JdbcTaskJournal(dataSource, JdbcTaskJournal.DEFAULT_TABLE, true, clock);
    }

    @Test
    void theTableCanBeMadeByHandAsTheReferenceSays() throws Exception {
        execute(ddlOfTheReference());

        journal = new JdbcTaskJournal(dataSource, JdbcTaskJournal.DEFAULT_TABLE, false, clock);

        String text = "\u4e2d".repeat(10_240);
        TaskRecord recorded = journal.record(new TaskRecord(text, "t1", text, clock.instant()));
        assertThat(journal.find(text)).isEqualTo(recorded);
        journal.remove(recorded);
        assertThat(journal.find(text)).isNull();
    }

    @Test
    void theRowOfATaskIsReadableByAnOperator() throws Exception {
        journal.record(new TaskRecord("clips/\u00fcber.mp4", "t1", "two\nlines", clock.instant()));

        assertThat(row("SELECT KEY_HASH, TASK_KEY, TASK_ID, CLIP_NAME, CREATED FROM DEWATERMARK_TASK"))
                .containsExactly(
                        "326760f339bcf207db584a25e4d796fe8f5edf00fbbaf36d61c203d45d46d690",
                        "clips/\\u00fcber.mp4",
                        "t1",
                        "two\\u000alines",
                        "2026-01-01T00:00:00.000Z");
    }

    @Test
    void aTableThatIsNotToBeCreatedIsMissedWithAClearError() {
        journal = new JdbcTaskJournal(dataSource, "MY_TASKS", false, clock);

        assertThatThrownBy(() -> journal.record(task("clip", "t1")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("The task journal, table MY_TASKS, can't be written now: ")
                .hasCauseInstanceOf(SQLException.class);
        assertThatThrownBy(() -> journal.find("clip"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("The task journal, table MY_TASKS, can't be read now: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MY_TASKS", "public.my_tasks_2"})
    void theTableMayHaveAnotherNameAndASchema(String table) throws Exception {
        journal = new JdbcTaskJournal(dataSource, table, true, clock);

        journal.record(task("clip", "t1"));

        assertThat(row("SELECT TASK_ID FROM " + table)).containsExactly("t1");
        execute("DROP TABLE " + table);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "a-b", "a b", "a;", "a.b.c", ".a", "a.", "t\u00e4sk", "x'--", "\"a\""})
    void whatIsNoNameOfATableIsRefused(String table) {
        assertThatThrownBy(() -> new JdbcTaskJournal(dataSource, table, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Not a name of a table: ");
    }

    @Test
    void manyNodesMayCreateTheTableAtOnce() throws Exception {
        List<TaskRecord> learnt = atOnce(16, thread -> open(clock).record(task("clip", "t" + thread)));

        assertThat(learnt).containsOnly(journal.find("clip"));
    }

    @Test
    void rowsThatAreOutOfDateAreDeletedNowAndThen() throws Exception {
        journal.record(task("clip 1", "t1"));
        clock.pass(TaskJournal.RETENTION);
        journal.record(task("clip 2", "t2"));
        assertThat(row("SELECT COUNT(*) FROM DEWATERMARK_TASK")).containsExactly("2");

        clock.pass(Duration.ofHours(1));
        journal.record(task("clip 3", "t3"));

        assertThat(row("SELECT COUNT(*) FROM DEWATERMARK_TASK")).containsExactly("2");
        assertThat(journal.find("clip 2")).isNotNull();
    }

    @Test
    void aRowThatWasAlteredIsAClearError() throws Exception {
        journal.record(task("clip", "t1"));
        execute("UPDATE DEWATERMARK_TASK SET CREATED = 'yesterday'");

        assertThatThrownBy(() -> journal.find("clip"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the row of the key clip was altered");
    }

    @Test
    void aTaskIdThatDoesNotFitIsAClearErrorAndNotCutOff() throws IOException {
        assertThatThrownBy(() -> journal.record(task("clip", "t".repeat(256))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("can't be written now");
        assertThat(journal.find("clip")).isNull();
    }

    private static String ddlOfTheReference() throws IOException {
        String reference = Files.readString(Path.of("src/main/docs/dewatermark-component.adoc"));
        Matcher ddl = Pattern.compile("CREATE TABLE [^;]*").matcher(reference);
        assertThat(ddl.find()).isTrue();
        return ddl.group();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            if (!autoCommit()) {
                connection.commit();
            }
        }
    }

    private List<String> row(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                values.add(row.getString(i));
            }
            assertThat(row.next()).isFalse();
            return values;
        }
    }
}
