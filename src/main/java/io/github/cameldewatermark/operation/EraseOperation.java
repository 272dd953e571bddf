package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.body.Spool;
import io.github.cameldewatermark.body.SpooledBody;
import io.github.cameldewatermark.body.TempFolder;
import io.github.cameldewatermark.client.ApiCall;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.EraseAnswer;
import io.github.cameldewatermark.client.Failures;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkStorageException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.image.mask.Brush;
import io.github.cameldewatermark.image.metadata.MetadataInserter;
import io.github.cameldewatermark.journal.Claim;
import io.github.cameldewatermark.journal.Journal;
import io.github.cameldewatermark.observe.Charges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cleans a picture. The body becomes the cleaned picture; the headers carry what a refinement needs. */
public final class EraseOperation implements Operation {

    static final String NAME = "erase";

    private static final Logger LOG = LoggerFactory.getLogger(EraseOperation.class);

    private final DewatermarkConfiguration configuration;
    private final DewatermarkClient client;
    private final TempFolder tempFolder;
    private final Conversions conversions;
    private final Charges charges;
    private final Brush brush;
    private final Delays delays;
    private final CallDispatcher calls;
    private final CreditGuard credits;

    /** {@code null} without a journal. */
    private final EraseJournal journal;

    /**
     * @throws IOException if the brush of the options can't be read
     */
    public EraseOperation(OperationContext context, DewatermarkConfiguration configuration) throws IOException {
        this.configuration = configuration;
        this.client = context.client();
        this.tempFolder = context.tempFolder();
        this.conversions = context.conversions();
        this.charges = context.activity().charges();
        this.brush = OptionBrush.of(context.camelContext(), configuration);
        this.delays = context.newDelays();
        this.calls = context.newCalls(delays, configuration);
        this.credits = context.newCredits(NAME, delays, configuration);
        this.journal = context.claims() == null
                ? null
                : new EraseJournal(context, delays, Duration.ofMillis(configuration.getMaxThrottleWait()));
    }

    @Override
    public CompletableFuture<Outcome> execute(Exchange exchange) {
        EraseInput.Request request = EraseInput.read(exchange, configuration, brush, tempFolder);
        return CompletableFuture.completedFuture(request)
                .thenCompose(read -> journal == null
                        ? paid(read, Claim.WITHOUT_JOURNAL)
                        : journal.answer(exchange, read, claim -> paid(read, claim)))
                .thenCompose(answer ->
                        finished(request, answer).thenApply(picture -> outcome(exchange, request, answer, picture)))
                .whenComplete((outcome, error) -> request.payloads().close());
    }

    /** What is in the journal, or is marked there as unknown, isn't paid for again by itself. */
    @Override
    public boolean canBeginAgain(Exchange exchange, DewatermarkException end) {
        return journal != null || end.billed() == Billed.NO;
    }

    @Override
    public boolean isRemembered() {
        return journal != null;
    }

    @Override
    public CompletableFuture<Void> probe(Duration wait) {
        return credits.probe(wait);
    }

    @Override
    public void close() {
        delays.close();
    }

    private CompletableFuture<Answer> paid(EraseInput.Request request, Claim claim) {
        return prepared(request)
                .thenCompose(ready -> credits.pass(
                        ready.name(), Charges.PICTURE, () -> calls.call(ApiCall.ERASE, () -> erase(ready, claim))));
    }

    private CompletableFuture<EraseInput.Request> prepared(EraseInput.Request request) {
        return request.preparation().isNeeded()
                ? conversions.run(request.name(), request.memory(), delays, request::prepared)
                : CompletableFuture.completedFuture(request);
    }

    private Answer erase(EraseInput.Request request, Claim claim) {
        Spool picture = new Spool(tempFolder);
        try (Journal.Room room = reserve(request, claim)) {
            EraseAnswer said = client.erase(request.call(), picture, () -> claim.sending(Charges.PICTURE));
            charges.picture();
            Content result = picture.content(request.name());
            EraseJournal.keep(claim, said, result);
            return new Answer(said, result, false);
        } catch (IOException e) {
            picture.discard();
            throw notKept(request, e);
        } catch (RuntimeException | Error e) {
            picture.discard();
            if (e instanceof DewatermarkException refusal && refusal.billed() == Billed.NO) {
                claim.refused();
            }
            throw e;
        }
    }

    /** Makes sure, before anything is paid, that the answer can be kept. */
    private Journal.Room reserve(EraseInput.Request request, Claim claim) {
        Content image = request.call().image();
        Content largest = request.full() == null ? image : request.full().full();
        Journal.Room temp = largest == null ? () -> {} : tempFolder.reserveFor(largest);
        try {
            Journal.Room kept = claim.reserve(image == null ? 0 : TempFolder.result(image));
            return () -> {
                kept.close();
                temp.close();
            };
        } catch (DewatermarkStorageException e) {
            temp.close();
            tempFolder.deleteUnreachable(); // they may take the room of the journal, which the next delivery then has
            throw e;
        } catch (RuntimeException | Error e) {
            temp.close();
            throw e;
        }
    }

    /**
     * Returns the answer as it is delivered: in the size of the original, and with its metadata. The answer is paid for: if that
     * fails, it is delivered as the platform returned it.
     */
    private CompletableFuture<Content> finished(EraseInput.Request request, Answer answer) {
        CompletableFuture<Content> picture = CompletableFuture.completedFuture(answer.picture());
        if (request.full() != null) {
            picture = picture.thenCompose(small ->
                    conversions.run(request.name(), request.full().memory(), delays, () -> onto(request, small)));
        }
        if (request.original() != null) {
            picture = picture.thenApply(
                    plain -> MetadataInserter.insert(request.original(), request.isConverted(), plain));
        }
        return picture.exceptionally(e -> {
            LOG.warn(
                    "The refinement of {} can't be brought back onto it: it is delivered in the size in which the platform"
                            + " refined it",
                    request.name(),
                    Failures.cause(e));
            return answer.picture();
        });
    }

    private Content onto(EraseInput.Request request, Content small) {
        Spool whole = new Spool(tempFolder);
        try {
            request.full().write(small, whole);
            return whole.content(request.name());
        } catch (IOException e) {
            whole.discard();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            whole.discard();
            throw e;
        }
    }

    private Outcome outcome(Exchange exchange, EraseInput.Request request, Answer answer, Content picture) {
        Outcome outcome = outcome(answer, SpooledBody.of(picture, exchange), request.refinement());
        if (request.picture() != null && request.refinement() == 0) {
            OriginalHeaders.add(outcome, exchange.getMessage(), request.picture());
        }
        return outcome;
    }

    private static DewatermarkTransportException notKept(EraseInput.Request request, IOException cause) {
        return new DewatermarkTransportException(
                ApiCall.ERASE.toString(),
                request.name() + " was cleaned and charged, but the result could not be kept: " + cause.getMessage(),
                Billed.YES,
                false,
                cause);
    }

    private Outcome outcome(Answer answer, SpooledBody image, int refinement) {
        EraseAnswer said = answer.said();
        return Outcome.result(image)
                .header(DewatermarkConstants.SESSION_ID, said.sessionId())
                .header(DewatermarkConstants.IMAGE_ID, said.imageId())
                .header(DewatermarkConstants.EVENT_ID, said.eventId())
                .header(DewatermarkConstants.MASK_BASE, said.mask())
                .header(DewatermarkConstants.WATERMARK_MASK, said.watermarkMask())
                .header(DewatermarkConstants.REFINEMENT, refinement)
                .header(DewatermarkConstants.CREDITS_CHARGED, answer.fromJournal() ? BigDecimal.ZERO : Charges.PICTURE)
                .header(DewatermarkConstants.PAY_AGAIN, null)
                .header(DewatermarkConstants.FROM_JOURNAL, answer.fromJournal() ? true : null)
                // a brush is for one call only; left in place, it would turn the next call into a refinement
                .header(DewatermarkConstants.MASK_BRUSH, null);
    }
}
