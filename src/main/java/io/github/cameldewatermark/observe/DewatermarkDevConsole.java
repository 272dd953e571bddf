package io.github.cameldewatermark.observe;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.task.TasksInFlight;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonObject;

/** Shows what all dewatermark components of the context are doing, for example at {@code /q/dev/dewatermark}. */
@DevConsole(
        name = "dewatermark",
        displayName = "Dewatermark",
        description = "Tasks in flight, calls and credits of the Dewatermark API")
public class DewatermarkDevConsole extends AbstractDevConsole {

    /** The option that limits how many tasks are shown for each component. */
    public static final String LIMIT = "limit";

    public DewatermarkDevConsole() {
        super("camel", "dewatermark", "Dewatermark", "Tasks in flight, calls and credits of the Dewatermark API");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        components().forEach((name, component) -> {
            text.append("%n    Component: %s".formatted(name))
                    .append("%n        Inflight Exchanges: %d".formatted(component.getInflightExchanges()))
                    .append("%n        Waiting Exchanges: %d".formatted(component.getWaitingExchanges()))
                    .append("%n        Inflight Tasks: %d".formatted(component.getInflightTasks()))
                    .append("%n        Calls: %d (%s)".formatted(component.getCalls(), callsByKind(component)))
                    .append("%n        Failed Calls: %d".formatted(component.getFailedCalls()))
                    .append("%n        Rate Limit Waits: %d".formatted(component.getRateLimitWaits()))
                    .append("%n        Credits Charged: %s".formatted(component.getCreditsCharged()))
                    .append("%n        Credits Available: %s".formatted(orUnknown(component.getCreditsAvailable())))
                    .append("%n        Spending Left: %s".formatted(orUnknown(component.getSpendingLeft())))
                    .append("%n        Remembered Results: %d".formatted(component.getRememberedResults()))
                    .append("%n        Failures: %d".formatted(component.getFailures()));
            component.browseFailures().forEach(failure -> text.append("%n        Failure: ".formatted())
                    .append(failure));
            Activity.lines(tasks(component, options))
                    .forEach(task -> text.append("%n        Task: ".formatted()).append(task));
            text.append(System.lineSeparator());
        });
        return text.toString();
    }

    @Override
    protected JsonObject doCallJson(Map<String, Object> options) {
        JsonObject root = new JsonObject();
        root.put(
                "components",
                components().entrySet().stream()
                        .map(component -> json(component.getKey(), component.getValue(), options))
                        .toList());
        return root;
    }

    private static JsonObject json(String name, DewatermarkComponent component, Map<String, Object> options) {
        JsonObject calls = new JsonObject();
        for (ApiCall call : ApiCall.values()) {
            calls.put(call.name(), component.calls(call));
        }
        Instant now = Instant.now();
        JsonObject json = new JsonObject();
        json.put("name", name);
        json.put("inflightExchanges", component.getInflightExchanges());
        json.put("waitingExchanges", component.getWaitingExchanges());
        json.put("inflightTasks", component.getInflightTasks());
        json.put("calls", component.getCalls());
        json.put("callsByKind", calls);
        json.put("failedCalls", component.getFailedCalls());
        json.put("rateLimitWaits", component.getRateLimitWaits());
        json.put("creditsCharged", component.getCreditsCharged());
        json.put("creditsAvailable", component.getCreditsAvailable());
        json.put("spendingLeft", component.getSpendingLeft());
        json.put("rememberedResults", component.getRememberedResults());
        json.put("failures", component.browseFailures());
        json.put("tasks", tasks(component, options).map(task -> json(task, now)).toList());
        return json;
    }

    private static String orUnknown(BigDecimal credits) {
        return credits == null ? "unknown" : credits.toPlainString();
    }

    /** Returns a task as JSON. Times are in milliseconds, as in Camel's other consoles. */
    private static JsonObject json(TasksInFlight.Snapshot task, Instant now) {
        JsonObject json = new JsonObject();
        json.put("taskId", task.taskId());
        json.put("name", task.name());
        json.put("progress", task.progress());
        json.put("age", task.age(now).toMillis());
        json.put("nextPoll", task.untilNextPoll(now).toMillis());
        return json;
    }

    private static String callsByKind(DewatermarkComponent component) {
        return Arrays.stream(ApiCall.values())
                .map(call -> call + ": " + component.calls(call))
                .collect(Collectors.joining(" "));
    }

    private static Stream<TasksInFlight.Snapshot> tasks(DewatermarkComponent component, Map<String, Object> options) {
        String limit = (String) options.get(LIMIT);
        long most = limit == null ? Long.MAX_VALUE : Long.parseLong(limit);
        return component.tasksInFlight().stream().limit(most);
    }

    private Map<String, DewatermarkComponent> components() {
        Map<String, DewatermarkComponent> components = new TreeMap<>();
        for (String name : getCamelContext().getComponentNames()) {
            if (getCamelContext().hasComponent(name) instanceof DewatermarkComponent component) {
                components.put(name, component);
            }
        }
        return components;
    }
}
