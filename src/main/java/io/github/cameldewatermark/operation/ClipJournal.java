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

/** What the journal of an endpoint knows of its clips. An endpoint without a journal knows nothing and records nothing. */
final class ClipJournal {

    private static final Logger LOG = LoggerFactory.getLogger(ClipJournal.class);

    private final TaskJournal journal;
    private final String baseUrl;

    /**
     * @param journal {@code null} if there is none
     * @param baseUrl where the tasks are: the same clip on another platform is another task
     */
    ClipJournal(TaskJournal journal, String baseUrl) {
        this.journal = journal;
        this.baseUrl = baseUrl;
    }

    /**
     * By what a clip is recognised: what the header says, else its content, so that a clip which was renamed is the same
     * one, and one that was changed isn't.
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

    /** The task that a clip has, {@code null} if it has none. */
    TaskRecord find(String key) {
        return journal == null ? null : ask(() -> journal.find(key));
    }

    /**
     * Records the task of a clip.
     *
     * @return the one that the clip has: another one, if somebody was faster; {@code null} without a journal
     */
    TaskRecord record(String key, String taskId, String name) {
        return journal == null ? null : ask(() -> journal.record(new TaskRecord(key, taskId, name, Instant.now())));
    }

    /** The task has come to nothing: its clip may have a new one. */
    void forget(TaskRecord record) {
        if (record != null) {
            ask(() -> {
                journal.remove(record);
                return null;
            });
        }
    }

    /**
     * Forgets a task when its exchange has ended well: until then the result may still get lost on its way, and is to be
     * had again for nothing. A failure that the route has handled is none that ended well, and neither is a file that the
     * consumer could not put away, as its next poll sees it again.
     */
    void forgetWhenDone(RunningTask task, Exchange exchange) {
        TaskRecord record = task.record();
        if (record == null || Completions.endsEarly(exchange)) {
            return; // what isn't known to have ended well stays until it expires
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
                && !(clip instanceof ResultFile) // gone with this exchange
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
