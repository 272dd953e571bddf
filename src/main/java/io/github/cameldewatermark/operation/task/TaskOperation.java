package io.github.cameldewatermark.operation.task;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.Task;
import io.github.cameldewatermark.client.Task.Status;
import io.github.cameldewatermark.client.TaskClient;
import io.github.cameldewatermark.client.TaskKind;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.client.throttle.RateGate;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.operation.Operation;
import io.github.cameldewatermark.operation.OperationContext;
import io.github.cameldewatermark.operation.Outcome;
import io.github.cameldewatermark.operation.task.RunningTask.Stage;
import io.github.cameldewatermark.task.PollSchedule;
import io.github.cameldewatermark.task.TaskFailures;
import io.github.cameldewatermark.task.TaskPoller;
import io.github.cameldewatermark.task.TaskSubmitter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cleans a file in a task. Only the submit costs money, and each exchange submits once: each step is noted on the exchange and,
 * before the submit, in the journal, and a redelivery continues from there.
 */
public final class TaskOperation extends Operation {

    private static final Logger LOG = LoggerFactory.getLogger(TaskOperation.class);

    private final TaskKind kind;
    private final TaskFailures failures;
    private final TaskFile.Factory files;
    private final TaskSearch search;
    private final TaskUpload upload;
    private final TaskSubmitter submitter;
    private final TaskPoller poller;
    private final TaskDelivery delivery;

    /** @param files what is cleaned */
    public TaskOperation(OperationContext context, TaskFile.Factory files) {
        super(files.client().kind().operation(), context);
        TaskClient client = files.client();
        this.kind = client.kind();
        this.failures = new TaskFailures(kind);
        this.files = files;
        CallDispatcher calls = context.newCalls();
        // storage is another server with rate limits of its own
        CallDispatcher storage = context.newCalls(new RateGate(Clock.systemUTC()));
        DewatermarkConfiguration options = context.options();
        PollSchedule schedule = new PollSchedule(
                Duration.ofMillis(options.getPollInterval()),
                Duration.ofMillis(options.getMaxPollInterval()),
                Duration.ofMillis(options.getTaskTimeout()));
        this.search = new TaskSearch(client, calls);
        this.upload = new TaskUpload(context, client, calls, storage);
        this.submitter = new TaskSubmitter(client, calls);
        this.poller = new TaskPoller(
                client, calls, context.delays(), schedule, context.activity().tasks(), Clock.systemUTC());
        this.delivery = new TaskDelivery(context, client, calls, storage);
    }

    /** Reads the message, finds the task of its file or submits one, polls it, and delivers its result. */
    @Override
    public CompletableFuture<Outcome> execute(Exchange exchange) {
        TaskJob job = new TaskJob(context, files, exchange);
        return Failures.inFuture(() -> search.find(job))
                .thenCompose(task -> isToPay(job, task) ? pay(job, task) : CompletableFuture.completedFuture(task))
                .whenComplete((task, error) -> job.release(error))
                .thenCompose(task -> context.options().isWaitForCompletion()
                        ? poll(job, task).thenCompose(completed -> delivery.outcome(job, completed))
                        : CompletableFuture.completedFuture(handedOn(job, task)));
    }

    private static boolean isToPay(TaskJob job, Task task) {
        return task == null || job.steps().task().stage() == Stage.UPLOADED;
    }

    /**
     * Makes the mask, sees to the credits, uploads the file and submits its task.
     *
     * @param uploaded the task that the file is uploaded to already, or {@code null}
     */
    private CompletableFuture<Task> pay(TaskJob job, Task uploaded) {
        String what = uploaded == null ? job.content().name() : kind.title() + " " + uploaded.taskId();
        return job.mask().thenCompose(mask -> credits.require(what)
                .thenCompose(enough -> uploaded == null ? upload(job) : CompletableFuture.completedFuture(null))
                .thenCompose(ready -> submit(job, mask, uploaded == null)));
    }

    /** Before a file is uploaded, it is clear whether its task may be paid, as far as can be told then. */
    private CompletableFuture<Void> upload(TaskJob job) {
        String name = job.content().name();
        context.requireLimit(kind.operation(), name, job.file().estimate());
        return upload.upload(job);
    }

    private CompletableFuture<Task> submit(TaskJob job, Content mask, boolean uploadedNow) {
        job.steps().reserveInLedger();
        String taskId = job.steps().task().taskId();
        String what = uploadedNow
                ? job.content().name() + ", " + job.content().length() + " bytes"
                : "a " + kind.file() + " that was uploaded before";
        job.steps().submitting();
        return submitter.submit(taskId, mask, job.steps()).whenComplete((submitted, error) -> {
            if (error == null && submitted.status() != Status.CREATED) {
                LOG.info("{} {} is submitted: {}", kind.title(), taskId, what);
                credits.spent(job.price(submitted));
                job.steps().submitted();
            } else if (error == null) {
                LOG.warn("{} {} may be submitted, and isn't submitted again: {}", kind.title(), taskId, what);
                credits.spent(job.price(submitted));
                job.steps().maybeSubmitted();
            } else {
                credits.failed(error);
                job.steps().left();
            }
        });
    }

    private CompletableFuture<Task> poll(TaskJob job, Task submitted) {
        context.backlog().beginsToWaitForTask();
        boolean certain = job.steps().task().stage() == Stage.SUBMITTED;
        String name = job.name(submitted.taskId());
        return poller.completion(submitted, name, certain).whenComplete((completed, error) -> {
            context.backlog().endsToWaitForTask();
            if (error == null) {
                job.steps().completed(job.price(completed));
                return;
            }
            job.steps().left();
            if (Failures.cause(error) instanceof DewatermarkTaskException e) {
                switch (e.billed()) {
                    case NO -> job.steps().refunded();
                    case UNKNOWN -> job.steps().lost(e);
                    case YES -> {} // it may be running
                }
            }
        });
    }

    /** Returns the outcome without the cleaned file. The price is reported when the file is fetched. */
    private Outcome handedOn(TaskJob job, Task task) {
        if (task.status() == Status.FAILED) {
            job.steps().refunded();
            throw failures.refunded(task.taskId());
        }
        if (job.steps().task().stage() == Stage.SUBMITTING) {
            job.steps().left();
            throw failures.unclear(task.taskId());
        }
        job.steps().idHandedOn();
        Status status = task.status() == Status.COMPLETED ? Status.COMPLETED : Status.PROCESSING;
        return job.file()
                .describe(Outcome.sameBody())
                .header(DewatermarkConstants.TASK_ID, task.taskId())
                .header(DewatermarkConstants.TASK_STATUS, status.name());
    }

    /** A task in the journal is resumed by the next exchange with the same file, so that costs nothing. */
    @Override
    public boolean canBeginAgain(Exchange exchange, DewatermarkException end) {
        RunningTask task = RunningTask.of(exchange);
        return end.billed() == Billed.NO || task != null && task.entry() != null;
    }
}
