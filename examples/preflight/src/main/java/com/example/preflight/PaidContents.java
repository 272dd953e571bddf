package com.example.preflight;

import io.github.cameldewatermark.client.EraseModel;
import io.github.cameldewatermark.client.TaskKind;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.file.FileKind;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.EntryText;
import io.github.cameldewatermark.journal.EntryText.UnreadableException;
import io.github.cameldewatermark.journal.Journal;
import io.github.cameldewatermark.journal.State;
import io.github.cameldewatermark.operation.RequestKey;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** What the batch's journal knows. It is only read, also while a batch is running. */
final class PaidContents {

    /** The account in the journal. With the component's own, nobody could find an entry without a call. */
    static final String ACCOUNT = "batch";

    /** How long the journal keeps what is paid. */
    static final Duration RETENTION = Duration.ofDays(90);

    private static final String ENTRY = ".entry";

    static final PaidContents NONE = new PaidContents(null, null);

    private final Path journal;
    private final String account;

    private PaidContents(Path journal, String account) {
        this.journal = journal;
        this.account = account;
    }

    /**
     * @param  baseUrl     of the platform that was paid
     * @throws IOException it is something else; the message says so
     */
    static PaidContents in(Path journal, String baseUrl) throws IOException {
        if (!Files.isDirectory(journal.resolve("owners"))) {
            throw new IOException("it is no journal");
        }
        return new PaidContents(journal, baseUrl + " " + ACCOUNT);
    }

    /** @throws IOException the file can't be read, or its entry is that of a newer version */
    Payment payment(MediaFile file) throws IOException {
        if (journal == null) {
            return Payment.NONE;
        }
        String key;
        try {
            key = key(file);
        } catch (DewatermarkInputException e) {
            throw new IOException(e.getCause());
        }
        Path path = journal.resolve(key + ENTRY);
        try {
            Entry entry = EntryText.read(key, Files.readString(path), false);
            return isForgotten(entry, path) ? Payment.NONE : payment(entry.state());
        } catch (NoSuchFileException e) {
            return Payment.NONE;
        } catch (UnreadableException | CharacterCodingException e) {
            return Payment.UNCLEAR; // as the component takes it
        }
    }

    /** The file that says what is paid. When it is deleted, the content is paid again. */
    Path entry(MediaFile file) {
        return journal.resolve(key(file) + ENTRY);
    }

    /** Whether what came for something that is paid is worth anything. That of a clip is on the platform. */
    boolean hasUsableResult(MediaFile file) {
        if (file.kind() == FileKind.CLIP) {
            return true;
        }
        try {
            Path picture = journal.resolve(key(file) + "." + Journal.PICTURE);
            return ImageInspector.isWholeResult(
                    new MediaFile(picture, file.name(), Files.size(picture), FileKind.PICTURE));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isForgotten(Entry entry, Path path) throws IOException {
        Instant used = Files.getLastModifiedTime(path).toInstant();
        return entry.state() == State.RESULT && used.isBefore(Instant.now().minus(RETENTION));
    }

    private static Payment payment(State state) {
        return switch (state) {
            case CLAIMED, UPLOADED -> Payment.NONE;
            case SUBMITTED, RESULT -> Payment.PAID;
            case SENDING, UNKNOWN -> Payment.UNCLEAR;
        };
    }

    /** The key that the component makes for what the batch sends: with no brush, no session and the default model. */
    private String key(MediaFile file) {
        if (file.kind() == FileKind.CLIP) {
            return new RequestKey(account, TaskKind.VIDEO.operation())
                    .text(null)
                    .content(file)
                    .hex();
        }
        return new RequestKey(account, "erase")
                .content(file)
                .text(null)
                .content(null)
                .content(null)
                .text("false")
                .text(EraseModel.DEFAULT.apiVersion())
                .text(EraseModel.DEFAULT.predictMode())
                .text("false")
                .text(null)
                .hex();
    }

    @Override
    public String toString() {
        return String.valueOf(journal);
    }
}
