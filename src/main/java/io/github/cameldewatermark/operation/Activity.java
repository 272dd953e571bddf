package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.CallStatistics;
import io.github.cameldewatermark.video.TasksInFlight;

/**
 * What a component does and has done, to look at.
 *
 * @param tasks   the video tasks that are being waited for
 * @param calls   how many there were
 * @param charges what they cost
 */
public record Activity(TasksInFlight tasks, CallStatistics calls, Charges charges) {

    public Activity() {
        this(new TasksInFlight(), new CallStatistics(), new Charges());
    }
}
