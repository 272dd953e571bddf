package io.github.cameldewatermark.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.Journal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.UUID;
import org.apache.camel.main.Main;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal in a database as a bean, as the reference says. */
class JournalBeanTest {

    @TempDir
    private Path folder;

    @Test
    void itMayBeABeanOfAYamlFile() throws Exception {
        Path file = Files.writeString(folder.resolve("journal.camel.yaml"), """
                - beans:
                    - name: journal
                      type: io.github.cameldewatermark.journal.jdbc.JdbcJournal
                      constructors:
                        0: "#bean:dataSource"
                    - name: other
                      type: io.github.cameldewatermark.journal.jdbc.JdbcJournal
                      constructors:
                        0: "#bean:dataSource"
                        1: "PUBLIC.CLEAN_"
                        2: true
                        3: "1d"
                        4: 1000000000
                """);
        assertWorks("camel.main.routesIncludePattern", file.toUri().toString(), "journal", "other");
    }

    @Test
    void itMayBeABeanOfTheProperties() throws Exception {
        assertWorks(
                "camel.beans.journal",
                "#class:io.github.cameldewatermark.journal.jdbc.JdbcJournal(#bean:dataSource)",
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
            for (String bean : beans) {
                Journal journal = camel.lookup(bean, Journal.class);
                Entry claimed = journal.claim("a".repeat(64), "erase", "photo.jpg");
                assertThat(journal.isMine(claimed)).isTrue();
                journal.remove(claimed);
                journal.release(claimed);
                journal.close();
            }
        } finally {
            camel.stop();
            dataSource.getConnection().createStatement().execute("SHUTDOWN");
        }
    }
}
