package io.github.cameldewatermark.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Properties;
import java.util.UUID;
import org.apache.camel.main.Main;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal in a database as a bean, as the reference says. */
class TaskJournalBeanTest {

    @TempDir
    private Path folder;

    @Test
    void itMayBeABeanOfAYamlFile() throws Exception {
        Path file = Files.writeString(folder.resolve("journal.camel.yaml"), """
                - beans:
                    - name: journal
                      type: io.github.cameldewatermark.video.JdbcTaskJournal
                      constructors:
                        0: "#bean:dataSource"
                    - name: other
                      type: io.github.cameldewatermark.video.JdbcTaskJournal
                      constructors:
                        0: "#bean:dataSource"
                        1: "PUBLIC.MY_TASKS"
                        2: true
                """);
        assertWorks("camel.main.routesIncludePattern", file.toUri().toString(), "journal", "other");
    }

    @Test
    void itMayBeABeanOfTheProperties() throws Exception {
        assertWorks(
                "camel.beans.journal",
                "#class:io.github.cameldewatermark.video.JdbcTaskJournal(#bean:dataSource)",
                "journal");
    }

    private static void assertWorks(String property, String value, String... beans) throws Exception {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        Properties properties = new Properties();
        properties.setProperty(property, value);
        Main camel = new Main();
        camel.setOverrideProperties(properties);
        camel.bind("dataSource", dataSource);
        camel.start();
        try {
            TaskRecord task =
                    new TaskRecord("clip", "t1", "clip.mp4", Instant.now().truncatedTo(ChronoUnit.MILLIS));
            for (String bean : beans) {
                TaskJournal journal = camel.lookup(bean, TaskJournal.class);
                assertThat(journal.find("clip")).isNull();
                assertThat(journal.record(task)).isEqualTo(task);
                assertThat(journal.find("clip")).isEqualTo(task);
            }
        } finally {
            camel.stop();
            dataSource.getConnection().createStatement().execute("SHUTDOWN");
        }
    }
}
