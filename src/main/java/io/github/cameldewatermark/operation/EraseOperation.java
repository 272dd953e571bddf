package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.ApiCall;
import io.github.cameldewatermark.client.CallDispatcher;
import io.github.cameldewatermark.client.Delays;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.EraseAnswer;
import io.github.cameldewatermark.client.Failures;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.image.mask.Brush;
import io.github.cameldewatermark.image.refine.RefinedPicture;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    }

    @Override
    public CompletableFuture<Outcome> execute(Exchange exchange) {
        EraseInput.Request request = EraseInput.read(exchange, configuration, brush, tempFolder);
        return CompletableFuture.completedFuture(request)
                .thenCompose(this::prepared)
                .thenCompose(ready -> credits.pass(
                                ready.name(), Charges.PICTURE, () -> calls.call(ApiCall.ERASE, () -> erase(ready)))
                        .thenCompose(result -> broughtBack(ready, result))
                        .thenApply(result -> outcome(exchange, ready, result)))
                .whenComplete((outcome, error) -> request.payloads().close());
    }

    private CompletableFuture<EraseInput.Request> prepared(EraseInput.Request request) {
        return request.preparation().isNeeded()
                ? conversions.run(request.name(), request.memory(), delays, request::prepared)
                : CompletableFuture.completedFuture(request);
    }

    /**
     * Applies the result to the full-size picture, if there is one. The result is paid for: if it can't be applied, it is
     * delivered as the platform returned it.
     */
    private CompletableFuture<Result> broughtBack(EraseInput.Request request, Result result) {
        if (request.full() == null) {
            return CompletableFuture.completedFuture(result);
        }
        return CompletableFuture.completedFuture(result)
                .thenCompose(small ->
                        conversions.run(request.name(), request.full().memory(), delays, () -> onto(request, small)))
                .exceptionally(e -> {
                    LOG.warn(
                            "The refinement of {} can't be brought back onto it: it is delivered in the size in which the"
                                    + " platform refined it",
                            request.name(),
                            Failures.cause(e));
                    return result;
                });
    }

    private Result onto(EraseInput.Request request, Result small) {
        Spool spool = new Spool(tempFolder);
        try {
            RefinedPicture full = request.full();
            MetadataCarrier metadata = new MetadataCarrier(request.original(), full.isConverted(), spool);
            full.write(small.image().content(request.name()), metadata.out());
            metadata.finish();
            Result result = new Result(small.answer(), spool);
            small.image().delete();
            return result;
        } catch (IOException e) {
            spool.discard();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            spool.discard();
            throw e;
        }
    }

    @Override
    public void close() {
        delays.close();
    }

    private Result erase(EraseInput.Request request) {
        if (request.call().image() != null) {
            tempFolder.requireSpaceFor(request.call().image());
        }
        if (request.full() != null) {
            tempFolder.requireSpaceFor(request.full().full());
        }
        Spool spool = new Spool(tempFolder);
        try {
            MetadataCarrier metadata = new MetadataCarrier(request.original(), request.isConverted(), spool);
            EraseAnswer answer = client.erase(request.call(), metadata.out());
            charges.picture();
            metadata.finish();
            return new Result(answer, spool);
        } catch (IOException e) {
            spool.discard();
            throw notKept(request, e);
        } catch (RuntimeException | Error e) {
            spool.discard();
            throw e;
        }
    }

    private static Outcome outcome(Exchange exchange, EraseInput.Request request, Result result) {
        try {
            Outcome outcome = outcome(
                    result.answer(), SpooledBody.of(result.image(), request.name(), exchange), request.refinement());
            if (request.picture() != null && request.refinement() == 0) {
                OriginalHeaders.add(outcome, exchange.getMessage(), request.picture());
            }
            return outcome;
        } catch (IOException e) {
            result.image().discard();
            throw notKept(request, e);
        } catch (RuntimeException | Error e) {
            result.image().discard();
            throw e;
        }
    }

    private static DewatermarkTransportException notKept(EraseInput.Request request, IOException cause) {
        return new DewatermarkTransportException(
                ApiCall.ERASE.toString(),
                request.name() + " was cleaned and charged, but the result could not be kept: " + cause.getMessage(),
                Billed.YES,
                false,
                cause);
    }

    private static Outcome outcome(EraseAnswer answer, SpooledBody image, int refinement) {
        return image.outcome()
                .paid(true)
                .header(DewatermarkConstants.SESSION_ID, answer.sessionId())
                .header(DewatermarkConstants.IMAGE_ID, answer.imageId())
                .header(DewatermarkConstants.EVENT_ID, answer.eventId())
                .header(DewatermarkConstants.MASK_BASE, answer.mask())
                .header(DewatermarkConstants.WATERMARK_MASK, answer.watermarkMask())
                .header(DewatermarkConstants.REFINEMENT, refinement)
                .header(DewatermarkConstants.CREDITS_CHARGED, Charges.PICTURE)
                // a brush is for one call only; left in place, it would turn the next call into a refinement
                .header(DewatermarkConstants.MASK_BRUSH, null);
    }

    /** The answer to a call, and the cleaned picture. */
    private record Result(EraseAnswer answer, Spool image) {}
}
