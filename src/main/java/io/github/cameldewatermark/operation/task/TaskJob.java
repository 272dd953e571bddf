package io.github.cameldewatermark.operation.task;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.body.Payload;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.Price;
import io.github.cameldewatermark.client.Task;
import io.github.cameldewatermark.client.TaskKind;
import io.github.cameldewatermark.journal.Claim;
import io.github.cameldewatermark.operation.OperationContext;
import io.github.cameldewatermark.operation.PayAgain;
import io.github.cameldewatermark.operation.RequestKey;
import io.github.cameldewatermark.operation.task.RunningTask.Stage;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What the message of an exchange asks for. How far its task is, its {@link TaskSteps} know. */
final class TaskJob {

    private final OperationContext context;
    private final TaskKind kind;
    private final Exchange exchange;
    private final Object body;
    private final String fileName;
    private final String taskKey;
    private final TaskFile file;
    private final PayAgain payAgain;
    private final TaskSteps steps;

    private Payload payload;

    /** Reads the message of an exchange; its file and its brush are read when they are needed. */
    TaskJob(OperationContext context, TaskFile.Factory files, Exchange exchange) {
        Message message = exchange.getMessage();
        this.context = context;
        this.kind = files.client().kind();
        this.exchange = exchange;
        this.body = message.getBody();
        this.fileName = message.getHeader(Exchange.FILE_NAME, String.class);
        this.taskKey = text(message, DewatermarkConstants.TASK_KEY);
        this.file = files.files().apply(exchange);
        this.payAgain = PayAgain.read(exchange);
        RunningTask resumed = paysAgain() ? null : taskOfMessage(text(message, DewatermarkConstants.TASK_ID));
        this.steps = new TaskSteps(
                context,
                kind,
                exchange,
                name(resumed == null ? "the " + kind.file() : kind.title() + " " + resumed.taskId()),
                payAgain,
                resumed);
    }

    private static String text(Message message, String header) {
        String text = message.getHeader(header, String.class);
        return text == null || text.isBlank() ? null : text;
    }

    /**
     * Returns the task to resume: the one that an earlier delivery of the same file has begun, or the one that the header
     * names. An id that an earlier call left in the header is ignored if the body is another file.
     *
     * @param named the id in the header, or {@code null}
     */
    private RunningTask taskOfMessage(String named) {
        RunningTask known = RunningTask.of(exchange);
        boolean meansKnown = known != null && (named == null || named.equals(known.taskId()));
        if (meansKnown && known.body() == body && known.stage() != Stage.FAILED) {
            return known;
        }
        return named == null || meansKnown && hasFile()
                ? null
                : new RunningTask(named, Stage.NAMED, body, null, null, null);
    }

    /** Whether the message has a body that a task can be begun with. */
    boolean hasFile() {
        return body != null && !(body instanceof String);
    }

    boolean paysAgain() {
        return body != null && payAgain.isAsked();
    }

    /** Returns the name of the file, for messages. */
    String name(String unnamed) {
        return fileName == null ? unnamed : fileName;
    }

    /**
     * Returns the content of the file, to be sent.
     *
     * @throws io.github.cameldewatermark.error.DewatermarkInputException if the body can't be sent, or can't be cleaned
     */
    Content content() {
        if (payload == null) {
            payload = new Payload.Factory(kind.operation(), context.tempFolder()).body(exchange);
            file.inspect(payload.content());
        }
        return payload.content();
    }

    TaskFile file() {
        return file;
    }

    /** Returns what a task costs, {@code null} if that isn't known (yet). */
    Price price(Task task) {
        Price price = file.price(task);
        return price == null ? steps.price() : price;
    }

    /**
     * Returns what to erase, to be submitted with the task; {@code null} if that is left to the platform.
     *
     * @throws io.github.cameldewatermark.error.DewatermarkInputException if that can't be said of this file
     */
    CompletableFuture<Content> mask() {
        return file.mask(steps.task() == null ? null : steps.task().taskId(), hasFile() ? this::content : null);
    }

    TaskSteps steps() {
        return steps;
    }

    /** From now on this exchange works on the file, and no other one does. */
    CompletableFuture<Claim> hold() {
        return context.hold(kind.operation(), content().name(), paysAgain(), this::key)
                .whenComplete((claim, error) -> {
                    if (error == null) {
                        steps.claim(claim);
                    }
                });
    }

    /** Returns the key under which a journal knows the file, if an account pays for it. */
    private String key(String account) {
        RequestKey key =
                new RequestKey(account, kind.operation()).text(taskKey).content(taskKey == null ? content() : null);
        return (file.brush() == null ? key : key.content(file.brush())).hex();
    }

    /** The task is submitted, or won't be: others may work on the file. */
    void release(Throwable error) {
        steps.claim().end(error);
        if (payload != null) {
            payload.close();
        }
        file.close();
    }

    /** Whether the claim is on a task that is uploaded, and is given up, as the message asks to pay again. */
    boolean givesUpUploaded() {
        return paysAgain() && steps.claim().known() == null && steps.claim().entry() != null;
    }
}
