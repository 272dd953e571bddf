package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.throttle.CallStatistics;
import io.github.cameldewatermark.video.TasksInFlight;

/**
 * What a component is doing and has done, for monitoring.
 *
 * @param tasks   the video tasks that are being waited for
 * @param calls   the numbers of calls, by kind and outcome
 * @param charges the credits charged
 */
public record Activity(TasksInFlight tasks, CallStatistics calls, Charges charges) {

    public Activity() {
        this(new TasksInFlight(), new CallStatistics(), new Charges());
    }
}
