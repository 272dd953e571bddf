package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.Delays;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.RateGate;
import io.github.cameldewatermark.video.TaskJournal;
import io.github.cameldewatermark.video.TasksInFlight;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;

/**
 * What operations get from their component.
 *
 * @param camelContext for resources
 * @param client       calls the API with the key of the endpoint
 * @param gate         shared by all who use this key
 * @param timer        only hops to a worker
 * @param workers      run what comes after a wait
 * @param tempFolder   for what doesn't fit into memory
 * @param tasks        the video tasks that are being waited for
 * @param journal      where video tasks are remembered, {@code null} if they aren't
 */
public record OperationContext(
        CamelContext camelContext,
        DewatermarkClient client,
        RateGate gate,
        ScheduledExecutorService timer,
        Executor workers,
        TempFolder tempFolder,
        TasksInFlight tasks,
        TaskJournal journal) {

    /** Waits that end when the operation is closed. */
    Delays newDelays() {
        return new Delays(timer, workers);
    }
}
