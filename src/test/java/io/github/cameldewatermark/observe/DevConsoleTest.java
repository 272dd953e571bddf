package io.github.cameldewatermark.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.TestClock;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.NoSecretsLogged;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsole.MediaType;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the dev console shows, as Camel calls it, while a task is in flight. */
@Timeout(60)
@ExtendWith(NoSecretsLogged.class)
class DevConsoleTest {

    private static final Duration TASK = Duration.ofSeconds(100);

    private final TestClock clock = new TestClock();

    @AutoClose
    private final Sandbox sandbox = TestClips.sandbox(TASK, clock);

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    private DevConsole console;

    @BeforeEach
    void setUp() throws Exception {
        context.camel().setDevConsole(true);
        context.start("dewatermark:video");
        console = registry().resolveById("dewatermark");
    }

    @AfterEach
    void tearDown() {
        clock.pass(TASK); // lets the tasks end
    }

    @Test
    void isFoundAmongAllConsoles() {
        registry().loadDevConsoles(true);

        assertThat(registry().getConsoleIDs()).contains("dewatermark");
    }

    @Test
    void showsHowFarTasksAre() throws Exception {
        String taskId = submit("holiday.mp4");
        clock.pass(Duration.ofSeconds(25));
        await().until(() -> context.component().tasksInFlight().get(0).progress() > 0);

        JsonNode task = json().path("tasks").path(0);
        assertThat(task.path("taskId").asText()).isEqualTo(taskId);
        assertThat(task.path("name").asText()).isEqualTo("holiday.mp4");
        assertThat(task.path("progress").asDouble()).isEqualTo(0.25);
        assertThat(task.path("age").asLong()).isPositive();
        assertThat(task.path("nextPoll").asLong())
                .isBetween(0L, context.options().getMaxPollInterval());
        assertThat(text())
                .containsPattern(
                        "Task: " + taskId + " \\(name: holiday.mp4 progress: 25% age: \\S+ next poll: \\S+\\)");
    }

    @Test
    void showsWhatWasDoneAndWhatItCost() throws Exception {
        submit("holiday.mp4");
        clock.pass(TASK);
        await().until(() -> context.component().getInflightExchanges() == 0);

        JsonNode done = json();
        assertThat(done.path("inflightExchanges").asInt()).isZero();
        assertThat(done.path("inflightTasks").asInt()).isZero();
        assertThat(done.path("tasks").isEmpty()).isTrue();
        assertThat(done.path("calls").asLong())
                .isEqualTo(sandbox.requests().all().size());
        assertThat(done.path("callsByKind").path("VIDEO_SUBMIT").asLong()).isOne();
        assertThat(done.path("callsByKind").path("VIDEO_STATUS").asLong())
                .isEqualTo(sandbox.requests().count(Call.STATUS));
        assertThat(done.path("failedCalls").asLong()).isZero();
        assertThat(done.path("rateLimitWaits").asLong()).isZero();
        assertThat(done.path("creditsCharged").asText()).isEqualTo("1.2");
        assertThat(text()).contains("video submit: 1", "Credits Charged: 1.2");
    }

    @Test
    void showsWhatFailedAndWhatIsLeft() throws Exception {
        assertThat(text()).contains("Credits Available: unknown", "Spending Left: unknown", "Failures: 0");
        context.options().setMaximumSpend("5/1h");
        context.sendTo("dewatermark:credit", null, Map.of());
        context.sendTo("dewatermark:erase", "no picture".getBytes(), Map.of());

        JsonNode done = json();
        assertThat(done.path("creditsAvailable").asText()).isEqualTo("1000");
        assertThat(done.path("spendingLeft").asText()).isEqualTo("5");
        assertThat(done.path("waitingExchanges").asInt()).isZero();
        assertThat(done.path("rememberedResults").asInt()).isZero();
        assertThat(done.path("failures").path(0).asText()).isEqualTo("DewatermarkFormatException, billed NO: 1");
        assertThat(text())
                .contains(
                        "Credits Available: 1000",
                        "Spending Left: 5",
                        "Remembered Results: 0",
                        "Failure: DewatermarkFormatException, billed NO: 1");
    }

    @Test
    void showsNoMoreTasksThanAskedFor() throws Exception {
        String oldest = submit("one.mp4");
        submit("two.mp4");

        JsonNode limited = json(Map.of("limit", "1"));
        assertThat(limited.path("inflightTasks").asInt()).isEqualTo(2);
        assertThat(limited.path("tasks")).hasSize(1);
        assertThat(limited.path("tasks").path(0).path("taskId").asText()).isEqualTo(oldest);
    }

    @Test
    void showsEachComponentByItsName() throws Exception {
        context.camel().addComponent("another", new DewatermarkComponent());

        JsonNode components = all(Map.of()).path("components");
        assertThat(components.findValuesAsText("name")).containsExactly("another", "dewatermark");
        assertThat(text()).contains("Component: another", "Component: dewatermark");
    }

    @Test
    void showsNeitherKeyNorSignedUrl() throws Exception {
        submit("holiday.mp4");

        assertThat(text() + all(Map.of()))
                .contains("holiday.mp4")
                .doesNotContain(sandbox.apiKey(), "Signature", "http");
    }

    private String submit(String name) {
        context.sendClip(name);
        return sandbox.tasks().get(context.component().getInflightTasks() - 1).taskId();
    }

    private DevConsoleRegistry registry() {
        return DevConsoleRegistry.get(context.camel());
    }

    private String text() {
        return (String) console.call(MediaType.TEXT);
    }

    /** Of the only component. */
    private JsonNode json() throws Exception {
        return json(Map.of());
    }

    private JsonNode json(Map<String, Object> options) throws Exception {
        return all(options).path("components").path(0);
    }

    private JsonNode all(Map<String, Object> options) throws Exception {
        JsonObject json = (JsonObject) console.call(MediaType.JSON, options);
        return new ObjectMapper().readTree(json.toJson());
    }
}
