package io.github.cameldewatermark.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.TestClock;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.management.Attribute;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a JMX console sees of the component. */
@Timeout(60)
class ManagementTest {

    private static final Duration TASK = Duration.ofSeconds(100);

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final TestClock clock = new TestClock();

    @AutoClose
    private final Sandbox sandbox = TestClips.sandbox(TASK, clock);

    @AutoClose
    private final TestContext context = TestContext.at(sandbox).managed();

    private ObjectName component;

    @BeforeEach
    void setUp() throws Exception {
        context.start("dewatermark:video?apiKey=" + sandbox.apiKey());
        component = new ObjectName(domain() + ",type=components,name=\"dewatermark\"");
    }

    @AfterEach
    void tearDown() {
        clock.pass(TASK); // lets the task end
    }

    @Test
    void theCountersAreAttributes() throws Exception {
        context.sendClip("holiday.mp4");
        assertThat(attribute("InflightExchanges")).isEqualTo(1);
        assertThat(attribute("InflightTasks")).isEqualTo(1);

        clock.pass(TASK);
        await().until(() -> attribute("InflightExchanges").equals(0));

        assertThat(attribute("InflightTasks")).isEqualTo(0);
        assertThat(attribute("Calls")).isEqualTo((long) sandbox.requests().all().size());
        assertThat((long) attribute("Polls")).isPositive();
        assertThat(attribute("FailedCalls")).isEqualTo(0L);
        assertThat(attribute("RateLimitWaits")).isEqualTo(0L);
        assertThat((BigDecimal) attribute("CreditsCharged")).isEqualByComparingTo("1.2");
        assertThat(attribute("WaitingExchanges")).isEqualTo(0);
        assertThat(attribute("RememberedResults")).isEqualTo(0L);
        assertThat(attribute("CreditsAvailable")).isNull();
        assertThat(attribute("SpendingLeft")).isNull();
    }

    @Test
    void failuresAreCountedByTheirKind() throws Exception {
        context.send("no clip".getBytes());

        assertThat(attribute("Failures")).isEqualTo(1L);
        assertThat(server.invoke(component, "browseFailures", null, null))
                .isEqualTo(List.of("DewatermarkFormatException, billed NO: 1"));
    }

    @Test
    void whatEveryComponentHasIsThereAsWell() throws Exception {
        assertThat(attribute("ComponentName")).isEqualTo("dewatermark");
        assertThat(attribute("State")).isEqualTo("Started");
    }

    @Test
    void eachTaskIsALine() throws Exception {
        context.sendClip("one.mp4");
        context.sendClip("two.mp4");
        clock.pass(Duration.ofSeconds(25));
        await().until(() -> context.component().tasksInFlight().stream().allMatch(task -> task.progress() == 0.25));

        List<?> tasks = (List<?>) server.invoke(component, "browseInflightTasks", null, null);

        assertThat(tasks).hasSize(2);
        assertThat(tasks.get(1))
                .asString()
                .startsWith(sandbox.tasks().get(1).taskId() + " (name: two.mp4 progress: 25% age: ");
    }

    @Test
    void neitherTheKeyNorASignedUrlIsInAnyAttributeOfTheContext() throws Exception {
        context.sendClip("holiday.mp4");
        List<?> tasks = (List<?>) server.invoke(component, "browseInflightTasks", null, null);

        List<Object> seen = new ArrayList<>(tasks);
        for (ObjectName bean : server.queryNames(new ObjectName(domain() + ",*"), null)) {
            String[] names = List.of(server.getMBeanInfo(bean).getAttributes()).stream()
                    .map(MBeanAttributeInfo::getName)
                    .toArray(String[]::new);
            seen.add(bean);
            for (Attribute attribute : server.getAttributes(bean, names).asList()) {
                seen.add(attribute.getValue());
            }
        }

        assertThat(seen)
                .hasSizeGreaterThan(100)
                .noneMatch(value -> String.valueOf(value).contains(sandbox.apiKey()))
                .noneMatch(value -> String.valueOf(value).contains("Signature"));
    }

    private Object attribute(String name) throws Exception {
        return server.getAttribute(component, name);
    }

    private String domain() {
        return "org.apache.camel:context=" + context.camel().getManagementName();
    }
}
