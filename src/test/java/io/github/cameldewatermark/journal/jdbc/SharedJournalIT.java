package io.github.cameldewatermark.journal.jdbc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.JavaProcess;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two processes with one journal in a database: one stands still for longer than its lease, and continues then. */
@Timeout(180)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process can't be stopped by a signal there")
class SharedJournalIT {

    private static final long LEASE = 2000;

    private final List<JavaProcess> nodes = new ArrayList<>();
    private final Sandbox sandbox = Sandbox.builder().start();

    @TempDir
    private Path folder;

    private Server database;
    private String url;
    private JavaProcess one;

    @BeforeEach
    void startNodes() throws Exception {
        database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", folder.toString())
                .start();
        url = "jdbc:h2:tcp://localhost:" + database.getPort() + "/./journal;DB_CLOSE_DELAY=-1";
        one = start("one");
        start("two");
        for (JavaProcess node : nodes) {
            node.awaitLine(SharedJournalNode.STARTED, 60);
        }
    }

    @AfterEach
    void stopAll() {
        nodes.forEach(JavaProcess::close);
        database.stop();
        sandbox.close();
    }

    @Test
    void whileItWasSendingTheOtherIsToldTheTruthAndAfterwardsGetsTheAnswer() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.delay(Duration.ofSeconds(3)));
        drop("one", "a.jpg");
        soon().until(() -> states().equals(List.of("SENDING")));
        one.signal("STOP");

        drop("two", "b.jpg");
        soon().until(() -> files("two/failed").equals(List.of("b.jpg")));
        assertThat(states()).containsExactly("UNKNOWN");

        one.signal("CONT");
        soon().until(() -> files("one/outbox").equals(List.of("a.jpg")));
        drop("two", "c.jpg");
        soon().until(() -> files("two/outbox").equals(List.of("c.jpg")));
        assertThat(sandbox.ledger()).hasSize(1);
        assertThat(column("SELECT BILLED FROM DEWATERMARK_LEDGER")).containsExactly("YES");
    }

    @Test
    void beforeItSentAnythingTheOtherPaysAndItGetsThatAnswer() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.status(429).retryAfter("5"));
        drop("one", "a.jpg");
        soon().until(() -> sandbox.requests().count(Call.ERASE) == 1 && states().equals(List.of("CLAIMED")));
        one.signal("STOP");

        drop("two", "b.jpg");
        soon().until(() -> files("two/outbox").equals(List.of("b.jpg")));

        one.signal("CONT");
        soon().until(() -> files("one/outbox").equals(List.of("a.jpg")));
        assertThat(sandbox.ledger()).hasSize(1);
        assertThat(column("SELECT BILLED FROM DEWATERMARK_LEDGER")).containsExactly("YES");
    }

    private JavaProcess start(String name) throws IOException {
        JavaProcess node = JavaProcess.start(
                SharedJournalNode.class,
                List.of("-Xmx128m"),
                folder.resolve(name).toString(),
                url,
                sandbox.baseUrl(),
                sandbox.apiKey(),
                String.valueOf(LEASE));
        nodes.add(node);
        return node;
    }

    private void drop(String node, String name) throws IOException {
        TestFiles.drop(
                folder.resolve(node).resolve("inbox").resolve(name),
                TestPictures.resource("/samples/images/coffee.jpg"));
    }

    private List<String> states() throws SQLException {
        return column("SELECT STATE FROM DEWATERMARK_ENTRY");
    }

    private List<String> column(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }

    private List<String> files(String path) throws IOException {
        if (!Files.exists(folder.resolve(path))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve(path))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(60, SECONDS)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .pollDelay(Duration.ZERO);
    }
}
