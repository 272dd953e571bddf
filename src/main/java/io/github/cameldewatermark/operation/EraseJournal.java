package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.body.Spool;
import io.github.cameldewatermark.body.TempFolder;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.EraseAnswer;
import io.github.cameldewatermark.client.Failures;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.journal.Claim;
import io.github.cameldewatermark.journal.Claims;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.State;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answers to pictures in the journal of an endpoint: what was paid for before isn't paid for again. */
final class EraseJournal {

    private static final Logger LOG = LoggerFactory.getLogger(EraseJournal.class);

    private static final String SESSION = "session";
    private static final String IMAGE = "image";
    private static final String PICTURE = "picture";
    private static final String MASK = "mask";
    private static final String WATERMARK = "watermark";

    private final Claims claims;
    private final AccountId account;
    private final TempFolder tempFolder;
    private final Delays delays;
    private final Duration patience;

    EraseJournal(OperationContext context, Delays delays, Duration patience) {
        this.claims = context.claims();
        this.account = context.account();
        this.tempFolder = context.tempFolder();
        this.delays = delays;
        this.patience = patience;
    }

    /** Returns the answer to a request: from the journal or, if it has none, paid for once among all who ask for it. */
    CompletableFuture<Answer> answer(
            Exchange exchange, EraseInput.Request request, Function<Claim, CompletableFuture<Answer>> pay) {
        return account.get(patience, delays).thenCompose(id -> {
            String key = RequestKey.of(id, request);
            boolean again = PayAgain.isAsked(exchange, key);
            return claims.settle(
                    new Claims.Work<>(
                            key,
                            EraseOperation.NAME,
                            request.name(),
                            again,
                            claim -> pay.apply(claim).whenComplete((answer, error) -> {
                                if (again && !isFree(Failures.cause(error))) {
                                    PayAgain.heard(exchange, key);
                                }
                            }),
                            entry -> known(entry, request.name())),
                    delays);
        });
    }

    private static boolean isFree(Throwable error) {
        return error instanceof DewatermarkException e && e.billed() == Billed.NO;
    }

    /** Keeps the answer to a request. */
    static void keep(Claim claim, EraseAnswer said, Content picture) {
        Map<String, String> facts = new HashMap<>();
        facts.put(SESSION, said.sessionId());
        facts.put(IMAGE, said.imageId());
        Map<String, Content> parts = new HashMap<>();
        parts.put(PICTURE, picture);
        put(parts, MASK, said.mask());
        put(parts, WATERMARK, said.watermarkMask());
        claim.keep(said.eventId(), facts, parts);
    }

    private static void put(Map<String, Content> parts, String name, byte[] bytes) {
        if (bytes != null) {
            parts.put(name, Content.of(name, bytes));
        }
    }

    private CompletableFuture<Answer> known(Entry entry, String name) {
        if (entry.state() == State.UNKNOWN) {
            throw PayAgain.needed(entry, name);
        }
        Spool picture = new Spool(tempFolder);
        try {
            Content content = claims.journal().part(entry, PICTURE);
            if (content == null) {
                throw new IOException("it has no picture");
            }
            tempFolder.requireSpaceFor(content); // otherwise it would seem to be the journal that can't be read
            try (InputStream in = content.open()) {
                in.transferTo(picture);
            }
            EraseAnswer said = new EraseAnswer(
                    entry.fact(SESSION), entry.fact(IMAGE), entry.id(), part(entry, MASK), part(entry, WATERMARK));
            LOG.info("{} was paid for at {}: the answer is in the journal", name, entry.since());
            return CompletableFuture.completedFuture(new Answer(said, picture.content(name), true));
        } catch (IOException e) {
            picture.discard();
            throw PayAgain.needed(
                    entry,
                    name + " was paid for at " + entry.since() + ", but its answer can't be read from the journal: "
                            + e,
                    Billed.YES,
                    e);
        } catch (RuntimeException | Error e) {
            picture.discard();
            throw e;
        }
    }

    private byte[] part(Entry entry, String part) throws IOException {
        Content content = claims.journal().part(entry, part);
        if (content == null) {
            return null;
        }
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }
}
