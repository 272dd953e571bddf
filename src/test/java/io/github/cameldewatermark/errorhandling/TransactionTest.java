package io.github.cameldewatermark.errorhandling;

import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.testkit.TestContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Steps that cost in a route with a transaction of a database: what is rolled back, and what can't be. */
@Timeout(60)
class TransactionTest {

    @TempDir
    private Path folder;

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private Sandbox sandbox;
    private TestContext context;
    private JdbcConnectionPool database;
    private JdbcTemplate table;

    @BeforeEach
    void setUp() {
        sandbox = Sandbox.start();
        database = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
        table = new JdbcTemplate(database);
        table.execute("CREATE TABLE picture (name VARCHAR(100) NOT NULL, what VARCHAR(100))");
        context = TestContext.at(sandbox)
                .property("folder", folder)
                .bind("dataSource", database)
                .bind("transactionManager", new DataSourceTransactionManager(database));
    }

    @AfterEach
    void tearDown() {
        context.close();
        table.execute("SHUTDOWN");
        database.dispose();
        sandbox.close();
    }

    private void start() throws Exception {
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .transacted()
                        .to("sql:INSERT INTO picture VALUES (:#${header.CamelFileName}, 'taken')")
                        .to("dewatermark:erase")
                        .to("sql:INSERT INTO picture VALUES (:#${header.CamelFileName}, 'clean')")
                        .to("direct:deliver");
                from("direct:deliver").errorHandler(noErrorHandler()).process(this::deliver);
            }

            private void deliver(Exchange exchange) {
                threads.add(Thread.currentThread());
                assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                        .isTrue();
                assertThat(table.queryForList("SELECT what FROM picture", String.class))
                        .containsExactly("taken", "clean");
                if (exchange.getMessage().getHeader("fails") != null) {
                    throw new IllegalStateException("the outbox is full");
                }
            }
        });
    }

    @Test
    void theStepsAfterItRunOnTheSameThreadInTheSameTransaction() throws Exception {
        start();

        TestContext.body(context.send(jpeg(), Map.of(Exchange.FILE_NAME, "a.jpg")));

        assertThat(table.queryForList("SELECT what FROM picture", String.class)).containsExactly("taken", "clean");
        assertThat(threads).containsExactly(Thread.currentThread());
        assertThat(sandbox.ledger()).hasSize(1);
    }

    @Test
    void aLaterFailureRollsBackTheDatabaseButNotTheCredit() throws Exception {
        start();

        Exchange exchange = context.send(jpeg(), Map.of(Exchange.FILE_NAME, "a.jpg", "fails", true));

        assertThat(exchange.getException()).isNotNull();
        assertThat(table.queryForList("SELECT what FROM picture", String.class)).isEmpty();
        assertThat(sandbox.ledger()).hasSize(1);
    }
}
