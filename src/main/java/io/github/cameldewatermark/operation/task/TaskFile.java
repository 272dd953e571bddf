package io.github.cameldewatermark.operation.task;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.Price;
import io.github.cameldewatermark.client.Task;
import io.github.cameldewatermark.client.TaskClient;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.operation.Outcome;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** The file of a message that is cleaned in a task: what is different for clips and PDFs. */
public interface TaskFile extends AutoCloseable {

    /**
     * Makes the files of one operation.
     *
     * @param client cleans them
     * @param files  returns what a message has; nothing is read yet
     */
    record Factory(TaskClient client, Function<Exchange, TaskFile> files) {}

    /**
     * Looks at the content, before it is uploaded.
     *
     * @throws DewatermarkInputException if it can't be cleaned
     */
    void inspect(Content content);

    /** Returns what may keep the platform from taking it, {@code null} if nothing is known. */
    default String doubt() {
        return null;
    }

    /** Returns what a task costs; {@code null} if that isn't known (yet). */
    Price price(Task task);

    /** Returns the credits that a task is expected to cost, by what the file says; {@code null} if it says nothing. */
    default BigDecimal estimate() {
        Price price = price(null);
        return price == null ? null : price.credits();
    }

    /** Adds what is known about the original. */
    Outcome describe(Outcome outcome);

    /** Returns what the brush is made from that says what to erase; {@code null} if that is left to the platform. */
    default Content brush() {
        return null;
    }

    /**
     * Returns the brush as it is submitted; {@code null} if there is none.
     *
     * @param  content                   reads the content; {@code null} if the message has only the id of a task
     * @throws DewatermarkInputException if the brush doesn't fit
     */
    default CompletableFuture<Content> mask(String taskId, Supplier<Content> content) {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Checks what the platform has given.
     *
     * @throws IOException if it isn't what was asked for
     */
    default void requireResult(Content result) throws IOException {}

    /** Deletes what was spooled. */
    @Override
    default void close() {}
}
