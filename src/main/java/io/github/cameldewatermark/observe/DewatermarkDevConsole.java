package io.github.cameldewatermark.observe;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.task.TasksInFlight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.StringHelper;
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
        DewatermarkComponent.all(getCamelContext()).forEach((name, component) -> {
            text.append("%n    Component: %s".formatted(name));
            figures(component).forEach((figure, value) -> line(text, title(figure), value));
            line(text, "Calls By Kind", callsByKind(component));
            line(text, "Failures", component.getFailures());
            component.browseFailures().forEach(failure -> line(text, "Failure", failure));
            Activity.lines(tasks(component, options)).forEach(task -> line(text, "Task", task));
            text.append(System.lineSeparator());
        });
        return text.toString();
    }

    private static void line(StringBuilder text, String title, Object value) {
        text.append("%n        %s: %s".formatted(title, Objects.toString(value, "unknown")));
    }

    /** Returns {@code Failed Calls} for {@code failedCalls}. */
    private static String title(String figure) {
        return StringHelper.capitalize(figure.replaceAll("([A-Z])", " $1"));
    }

    @Override
    protected JsonObject doCallJson(Map<String, Object> options) {
        Instant now = Instant.now();
        List<JsonObject> components = new ArrayList<>();
        DewatermarkComponent.all(getCamelContext()).forEach((name, component) -> {
            JsonObject json = new JsonObject(Map.of("name", name));
            json.putAll(figures(component));
            JsonObject calls = new JsonObject();
            for (ApiCall call : ApiCall.values()) {
                calls.put(call.name(), component.activity().calls().calls(call));
            }
            json.put("callsByKind", calls);
            json.put("failures", component.browseFailures());
            json.put(
                    "tasks",
                    tasks(component, options).map(task -> json(task, now)).toList());
            components.add(json);
        });
        return new JsonObject(Map.of("components", components));
    }

    private static Map<String, Object> figures(DewatermarkComponent component) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("inflightExchanges", component.getInflightExchanges());
        figures.put("waitingExchanges", component.getWaitingExchanges());
        figures.put("inflightTasks", component.getInflightTasks());
        figures.put("calls", component.getCalls());
        figures.put("failedCalls", component.getFailedCalls());
        figures.put("rateLimitWaits", component.getRateLimitWaits());
        figures.put("creditsCharged", component.getCreditsCharged());
        figures.put("creditsAvailable", component.getCreditsAvailable());
        figures.put("spendingLeft", component.getSpendingLeft());
        figures.put("rememberedResults", component.getRememberedResults());
        return figures;
    }

    private static String callsByKind(DewatermarkComponent component) {
        return Arrays.stream(ApiCall.values())
                .map(call -> call + ": " + component.activity().calls().calls(call))
                .collect(Collectors.joining(" "));
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

    private static Stream<TasksInFlight.Snapshot> tasks(DewatermarkComponent component, Map<String, Object> options) {
        String limit = (String) options.get(LIMIT);
        return component.tasksInFlight().stream().limit(limit == null ? Long.MAX_VALUE : Long.parseLong(limit));
    }
}
