package io.github.cameldewatermark.operation.erase;

import io.github.cameldewatermark.body.Spool;
import io.github.cameldewatermark.body.TempFolder;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.EraseAnswer;
import io.github.cameldewatermark.client.EraseRequest;
import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkStorageException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.PictureFormat;
import io.github.cameldewatermark.journal.Claim;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.Journal;
import io.github.cameldewatermark.journal.State;
import io.github.cameldewatermark.operation.OperationContext;
import io.github.cameldewatermark.operation.PayAgain;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets the answers to pictures: from the platform, and then keeps them in the journal, if there is one; or from there. */
final class EraseAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(EraseAnswers.class);

    private static final String SESSION = "session";
    private static final String IMAGE = "image";
    private static final String MASK = "mask";
    private static final String WATERMARK = "watermark";

    private final OperationContext context;
    private final TempFolder tempFolder;
    private final CallDispatcher calls;

    EraseAnswers(OperationContext context) {
        this.context = context;
        this.tempFolder = context.tempFolder();
        this.calls = context.newCalls();
    }

    /**
     * An answer, as it came from the platform.
     *
     * @param said        ids and masks
     * @param picture     the cleaned picture
     * @param fromJournal whether it was paid for by an earlier call
     */
    record Answer(EraseAnswer said, Content picture, boolean fromJournal) {}

    /**
     * Sends a request, which pays for the answer, and keeps it before anybody gets it.
     *
     * @param input     what the message asks for
     * @param request   the same in the form in which it is sent
     * @param thumbnail a small copy of what is sent; {@code null} if there is none
     */
    CompletableFuture<Answer> fromPlatform(EraseInput input, EraseRequest request, Claim claim, byte[] thumbnail) {
        return calls.call(ApiCall.ERASE, () -> attempt(input, request, claim, thumbnail))
                .whenComplete((answer, error) -> {
                    if (!Failures.isFree(error)) {
                        input.payAgain().obeyed();
                    }
                });
    }

    @SuppressWarnings("try") // room is only kept
    private Answer attempt(EraseInput input, EraseRequest request, Claim claim, byte[] thumbnail) {
        BigDecimal price = context.prices().of(request.model()).credits();
        try (Spool picture = new Spool(tempFolder);
                Journal.Room result = roomForResult(input, request);
                Journal.Room kept = roomInJournal(input, request)) {
            claim.sending(price);
            EraseAnswer said = context.client().erase(request, picture);
            context.activity().charges().picture(price);
            Content content = picture.content(input.name());
            keep(claim, said, content, thumbnail);
            if (!ImageInspector.isWholeResult(content)) {
                throw new DewatermarkTransportException(
                        ApiCall.ERASE.toString(),
                        noPicture(input.name(), content) + (context.claims() == null ? "" : "; the journal keeps it"),
                        Billed.YES,
                        false,
                        null);
            }
            return new Answer(said, content, false);
        } catch (IOException e) {
            throw new DewatermarkTransportException(
                    ApiCall.ERASE.toString(),
                    input.name() + " was cleaned and charged, but the result could not be kept: " + e.getMessage(),
                    Billed.YES,
                    false,
                    e);
        } catch (DewatermarkException e) {
            if (Failures.isFree(e)) {
                claim.refused();
            }
            throw e;
        }
    }

    private Journal.Room roomForResult(EraseInput input, EraseRequest request) {
        Content largest = input.full() == null ? request.image() : input.full().full();
        return largest == null ? () -> {} : tempFolder.reserveRoom(largest);
    }

    private Journal.Room roomInJournal(EraseInput input, EraseRequest request) {
        if (context.claims() == null) {
            return () -> {};
        }
        long bytes = request.image() == null ? 0 : TempFolder.result(request.image());
        try {
            return context.claims().reserveRoom(EraseOperation.NAME, input.name(), bytes);
        } catch (DewatermarkStorageException e) {
            tempFolder.deleteUnreachable(); // they may take the room of the journal, which the next delivery then has
            throw e;
        }
    }

    private static void keep(Claim claim, EraseAnswer said, Content picture, byte[] thumbnail) {
        Map<String, String> facts = new HashMap<>();
        facts.put(SESSION, said.sessionId());
        facts.put(IMAGE, said.imageId());
        Map<String, Content> parts = new HashMap<>();
        parts.put(Journal.PICTURE, picture);
        put(parts, MASK, said.mask());
        put(parts, WATERMARK, said.watermarkMask());
        put(parts, Journal.BEFORE, thumbnail);
        claim.keep(said.eventId(), facts, parts);
    }

    private static void put(Map<String, Content> parts, String name, byte[] bytes) {
        if (bytes != null) {
            parts.put(name, Content.of(name, bytes));
        }
    }

    /**
     * Returns the answer that an entry of the journal has.
     *
     * @param name the name of the picture, for messages
     */
    Answer fromJournal(Entry entry, String name) {
        if (entry.state() == State.UNKNOWN) {
            throw PayAgain.needed(entry, name);
        }
        try (Spool picture = new Spool(tempFolder)) {
            Content content = part(entry, Journal.PICTURE);
            if (content == null) {
                throw new IOException("it has no picture");
            }
            tempFolder.reserveRoom(content).close(); // otherwise it would seem to be the journal that can't be read
            try (InputStream in = content.open()) {
                in.transferTo(picture);
            }
            if (!ImageInspector.isWholeResult(content)) {
                throw PayAgain.needed(entry, noPicture(name, content), Billed.YES, null);
            }
            byte[] mask = bytes(part(entry, MASK));
            byte[] watermarkMask = bytes(part(entry, WATERMARK));
            LOG.info("{} was paid for at {}: the answer is in the journal", name, entry.since());
            context.activity().exchanges().remembered();
            return new Answer(
                    new EraseAnswer(entry.fact(SESSION), entry.fact(IMAGE), entry.id(), mask, watermarkMask),
                    picture.content(name),
                    true);
        } catch (IOException e) {
            String problem = name + " was paid for at " + entry.since()
                    + ", but its answer can't be read from the journal: " + e;
            throw PayAgain.needed(entry, problem, Billed.YES, e);
        }
    }

    private static String noPicture(String name, Content result) throws IOException {
        return name + " was cleaned and charged, but what came as its result is not a whole JPEG or PNG: "
                + result.length() + " bytes, " + PictureFormat.of(result).description();
    }

    private Content part(Entry entry, String part) throws IOException {
        return context.claims().journal().part(entry, part);
    }

    private static byte[] bytes(Content content) throws IOException {
        if (content == null) {
            return null;
        }
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }
}
