package io.github.cameldewatermark.errorhandling;

import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** A broker delivers again what is rolled back: what that costs, and how it costs nothing. */
@Timeout(120)
class BrokerTest {

    @TempDir
    private Path folder;

    private final AtomicInteger failures = new AtomicInteger(1);
    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private Sandbox sandbox;
    private TestContext context;
    private ActiveMQConnectionFactory connections;

    @BeforeEach
    void setUp() throws Exception {
        String url = "vm://" + Math.abs(UUID.randomUUID().hashCode());
        broker.setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration("in-vm", url)
                .addAddressSetting("#", new AddressSettings().setMaxDeliveryAttempts(5)));
        broker.start();
        connections = new ActiveMQConnectionFactory(url);
        sandbox = TestClips.sandbox(Duration.ofMillis(200));
        context = TestContext.at(sandbox).property("folder", folder);
        context.camel().addComponent("jms", JmsComponent.jmsComponentTransacted(connections));
    }

    @AfterEach
    void tearDown() throws Exception {
        context.close();
        connections.close();
        broker.stop();
        sandbox.close();
    }

    /** A step that works from the second time on. */
    private void fail(Exchange exchange) {
        if (failures.getAndDecrement() > 0) {
            throw new IllegalStateException("the archive is away");
        }
    }

    @Test
    void aRollbackAfterThePaidStepIsPaidForAgain() throws Exception {
        MockEndpoint end = context.mock("mock:end");
        end.expectedMessageCount(1);
        context.start(routes -> routes.from("jms:pictures?transacted=true")
                .to("dewatermark:erase")
                .process(BrokerTest.this::fail)
                .to("mock:end"));

        context.sendTo("jms:pictures", jpeg(), Map.of());

        end.assertIsSatisfied();
        assertThat(sandbox.ledger()).hasSize(2);
    }

    private RouteBuilder inTwoRoutes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                // tag::two-routes[]
                // rolled back, and so delivered again, is only what is free
                onException(DewatermarkException.class)
                        .onWhen(simple("${exception.retryable} == false"))
                        .handled(true)
                        .to("jms:pictures.failed");

                // the paid step, and what keeps its result: nothing else
                from("jms:pictures?transacted=true")
                        .to("dewatermark:erase")
                        .to("file:{{folder}}/clean?fileName=${header.picture}");

                // may be rolled back as often as it likes: the file stays, and is taken again with the next poll
                from("file:{{folder}}/clean?move=.done")
                        .transacted()
                        .to("sql:INSERT INTO picture VALUES (:#${header.CamelFileName})")
                        .to("direct:archive");
                // end::two-routes[]
                from("direct:archive").errorHandler(noErrorHandler()).process(BrokerTest.this::fail);
            }
        };
    }

    @Test
    void inTwoRoutesItIsPaidForOnceHoweverOftenTheRestIsRolledBack() throws Exception {
        JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");
        try (var keepsIt = database.getConnection()) {
            JdbcTemplate table = new JdbcTemplate(database);
            table.execute("CREATE TABLE picture (name VARCHAR(100) PRIMARY KEY)");
            failures.set(2);
            context.bind("dataSource", database)
                    .bind("transactionManager", new DataSourceTransactionManager(database))
                    .start(inTwoRoutes());

            context.sendTo("jms:pictures", jpeg(), Map.of("picture", "a.jpg"));

            await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(folder.resolve("clean/.done/a.jpg")));
            assertThat(failures).hasValue(-1);
            assertThat(table.queryForList("SELECT name FROM picture", String.class))
                    .containsExactly("a.jpg");
            assertThat(sandbox.ledger()).hasSize(1);
        } finally {
            database.dispose();
        }
    }

    @Test
    void whatMayBeBilledIsNotRolledBack() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());
        JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:mem:", "sa", "");
        context.bind("dataSource", database)
                .bind("transactionManager", new DataSourceTransactionManager(database))
                .start(inTwoRoutes());

        context.sendTo("jms:pictures", jpeg(), Map.of("picture", "a.jpg"));

        byte[] failed =
                context.camel().createConsumerTemplate().receiveBody("jms:pictures.failed", 20_000, byte[].class);
        assertThat(failed).isEqualTo(jpeg());
        assertThat(sandbox.requests().count(Call.ERASE)).isOne();
        database.dispose();
    }

    @Test
    void aClipInTheJournalIsNotPaidForAgain() throws Exception {
        MockEndpoint end = context.mock("mock:end");
        end.expectedMessageCount(1);
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::journal-and-broker[]
                from("jms:clips?transacted=true")
                        .to("dewatermark:video?journalDirectory={{folder}}/journal")
                        .to("direct:archive");
                // end::journal-and-broker[]
                from("direct:archive").process(BrokerTest.this::fail).to("mock:end");
            }
        });

        context.sendTo("jms:clips", TestClips.clip("a"), Map.of());

        end.assertIsSatisfied();
        assertThat(sandbox.requests().count(Call.DOWNLOAD)).isEqualTo(2);
        assertThat(sandbox.ledger()).hasSize(1);
    }
}
