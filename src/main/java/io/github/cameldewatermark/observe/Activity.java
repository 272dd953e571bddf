package io.github.cameldewatermark.observe;

import io.github.cameldewatermark.client.throttle.CallStatistics;
import io.github.cameldewatermark.task.TasksInFlight;
import java.time.Instant;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;

/**
 * What a component is doing and has done, for monitoring.
 *
 * @param tasks   the tasks that are being waited for
 * @param calls   the numbers of calls, by kind and outcome
 * @param charges the credits charged
 */
public record Activity(TasksInFlight tasks, CallStatistics calls, Charges charges) {

    private static final String[] COLUMNS = {"row", "taskId", "name", "progress", "age", "nextPoll"};
    private static final String[] DESCRIPTIONS = {
        "Oldest first",
        "The id of the task",
        "What it cleans",
        "0 to 1, as of the last poll",
        "Seconds since waiting began",
        "Seconds until the next poll, 0 while it is under way or held back"
    };
    private static final OpenType<?>[] TYPES = {
        SimpleType.INTEGER, SimpleType.STRING, SimpleType.STRING, SimpleType.DOUBLE, SimpleType.LONG, SimpleType.LONG
    };

    public Activity() {
        this(new TasksInFlight(), new CallStatistics(), new Charges());
    }

    /** Returns the tasks for JMX consoles. Rows are keyed by number, as two exchanges may wait for the same task. */
    public TabularData taskTable(Instant now) {
        try {
            CompositeType row = new CompositeType("task", "A task in flight", COLUMNS, DESCRIPTIONS, TYPES);
            TabularData table =
                    new TabularDataSupport(new TabularType("tasks", "Tasks in flight", row, new String[] {COLUMNS[0]}));
            for (TasksInFlight.Snapshot task : tasks.list()) {
                Object[] values = {
                    table.size() + 1,
                    task.taskId(),
                    task.name(),
                    task.progress(),
                    task.age(now).toSeconds(),
                    task.untilNextPoll(now).toSeconds()
                };
                table.put(new CompositeDataSupport(row, COLUMNS, values));
            }
            return table;
        } catch (OpenDataException e) {
            throw new IllegalStateException(e);
        }
    }
}
