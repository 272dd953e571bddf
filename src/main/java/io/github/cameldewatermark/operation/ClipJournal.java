package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.video.TaskJournal;
import io.github.cameldewatermark.video.TaskRecord;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.apache.camel.Exchange;
import org.apache.camel.WrappedFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds and records the tasks of clips in the journal of an endpoint. Without a journal, it finds and records nothing. */
final class ClipJournal {

    private static final Logger LOG = LoggerFactory.getLogger(ClipJournal.class);

    private final TaskJournal journal;
    private final String baseUrl;

    /**
     * @param journal {@code null} if there is none
     * @param baseUrl the platform that the tasks belong to: the same clip on another platform needs another task
     */
    ClipJournal(TaskJournal journal, String baseUrl) {
        this.journal = journal;
        this.baseUrl = baseUrl;
    }

    /**
     * Returns the key by which a clip is recognised: the value of the header {@code CamelDewatermarkTaskKey} or, without it,
     * a hash of the content. A renamed clip has the same hash, a changed one has another.
     *
     * @return {@code null} without a journal
     */
    String key(Exchange exchange, Content clip) {
        if (journal == null) {
            return null;
        }
        String given = exchange.getMessage().getHeader(DewatermarkConstants.TASK_KEY, String.class);
        return given == null || given.isBlank() ? fingerprint(clip) : given;
    }

    /** Returns the recorded task of a clip, or {@code null} if it has none. */
    TaskRecord find(String key) {
        return journal == null ? null : ask(() -> journal.find(key));
    }

    /**
     * Records the task of a clip.
     *
     * @return the task that is now recorded for the clip, which is another one if another exchange or process has recorded it
     *         first; {@code null} without a journal
     */
    TaskRecord record(String key, String taskId, String name) {
        return journal == null ? null : ask(() -> journal.record(new TaskRecord(key, taskId, name, Instant.now())));
    }

    /** Removes the record of a task that failed or is unknown, so that its clip can get a new one. */
    void forget(TaskRecord record) {
        if (record != null) {
            ask(() -> {
                journal.remove(record);
                return null;
            });
        }
    }

    /**
     * Removes the record of a task when its exchange has ended well. Until then the result may get lost, and thanks to the
     * record it can be fetched again for free. An exchange has not ended well if the route has handled a failure, or if the
     * consumer could not move or delete its file, because the next poll finds that file again.
     */
    void forgetWhenDone(RunningTask task, Exchange exchange) {
        TaskRecord record = task.record();
        if (record == null || Completions.endsEarly(exchange)) {
            return; // the end of such an exchange doesn't tell whether all went well: the record stays until it expires
        }
        Completions.whenEndedWell(exchange, () -> {
            if (!isStillThere(task.clip())) {
                remove(record);
            }
        });
    }

    private void remove(TaskRecord record) {
        try {
            journal.remove(record);
        } catch (IOException e) {
            LOG.warn(
                    "Video task {} is done, but stays in the journal until it expires: {}",
                    record.taskId(),
                    e.toString());
        }
    }

    private static boolean isStillThere(Object clip) {
        return clip instanceof WrappedFile<?> wrapped
                && !(clip instanceof ResultFile) // a temp file of ours, which is deleted with the exchange
                && wrapped.getFile() instanceof File file
                && file.exists();
    }

    private String fingerprint(Content clip) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(baseUrl.getBytes(StandardCharsets.UTF_8));
            try (InputStream in = clip.open();
                    OutputStream digest = new DigestOutputStream(OutputStream.nullOutputStream(), sha256)) {
                in.transferTo(digest);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (IOException e) {
            throw new DewatermarkInputException(
                    "video", clip.name() + " can't be read: " + e + ". Nothing was sent, nothing was charged.", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static TaskRecord ask(Question question) {
        try {
            return question.ask();
        } catch (IOException e) {
            throw new DewatermarkTransportException(
                    "task journal",
                    "The task journal can't be used, so nothing was submitted and nothing was charged: "
                            + e.getMessage(),
                    Billed.NO,
                    true,
                    e);
        }
    }

    @FunctionalInterface
    private interface Question {
        TaskRecord ask() throws IOException;
    }
}
