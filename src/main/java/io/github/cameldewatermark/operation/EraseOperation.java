package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.ApiCall;
import io.github.cameldewatermark.client.CallDispatcher;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.Delays;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.EraseAnswer;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.image.ImageInspector;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.ResourceHelper;

/** Cleans a picture. The body becomes the clean one; the headers carry what a refinement of it needs. */
public final class EraseOperation implements Operation {

    static final String NAME = "erase";

    private static final String REF = "ref:";

    private final DewatermarkConfiguration configuration;
    private final DewatermarkClient client;
    private final TempFolder tempFolder;
    private final Conversions conversions;
    private final Charges charges;
    private final Content brush;
    private final Delays delays;
    private final CallDispatcher calls;
    private final CreditGuard credits;

    /**
     * @throws IOException the brush can't be read
     */
    public EraseOperation(OperationContext context, DewatermarkConfiguration configuration) throws IOException {
        this.configuration = configuration;
        this.client = context.client();
        this.tempFolder = context.tempFolder();
        this.conversions = context.conversions();
        this.charges = context.activity().charges();
        this.brush = brush(context.camelContext(), configuration.getMaskBrush());
        this.delays = context.newDelays();
        this.calls = context.newCalls(delays, configuration);
        this.credits = context.newCredits(NAME, delays, configuration);
    }

    @Override
    public CompletableFuture<Outcome> execute(Exchange exchange) {
        EraseInput.Request request = EraseInput.read(exchange, configuration, brush, tempFolder);
        return CompletableFuture.completedFuture(request)
                .thenCompose(this::converted)
                .thenCompose(ready -> credits.pass(
                        ready.name(), Charges.PICTURE, () -> calls.call(ApiCall.ERASE, () -> erase(exchange, ready))))
                .whenComplete((outcome, error) -> request.input().close());
    }

    private CompletableFuture<EraseInput.Request> converted(EraseInput.Request request) {
        return request.conversion() == null
                ? CompletableFuture.completedFuture(request)
                : conversions.run(request.name(), request.conversion().memory(), delays, request::converted);
    }

    @Override
    public void close() {
        delays.close();
    }

    private Outcome erase(Exchange exchange, EraseInput.Request request) {
        if (request.call().image() != null) {
            tempFolder.requireSpaceFor(request.call().image());
        }
        Spool spool = new Spool(tempFolder);
        try {
            MetadataCarrier metadata = new MetadataCarrier(request.original(), request.isConverted(), spool);
            EraseAnswer answer = client.erase(request.call(), metadata.out());
            charges.picture();
            metadata.finish();
            Outcome outcome = outcome(answer, SpooledBody.of(spool, request.name(), exchange), request.refinement());
            if (request.picture() != null && request.refinement() == 0) {
                OriginalHeaders.add(outcome, exchange.getMessage(), request.picture());
            }
            return outcome;
        } catch (IOException e) {
            spool.discard();
            throw new DewatermarkTransportException(
                    ApiCall.ERASE.toString(),
                    request.name() + " was cleaned and charged, but the result could not be kept: " + e.getMessage(),
                    Billed.YES,
                    false,
                    e);
        } catch (RuntimeException | Error e) {
            spool.discard();
            throw e;
        }
    }

    private static Outcome outcome(EraseAnswer answer, SpooledBody image, int refinement) {
        return Outcome.body(image)
                .header(DewatermarkConstants.SESSION_ID, answer.sessionId())
                .header(DewatermarkConstants.IMAGE_ID, answer.imageId())
                .header(DewatermarkConstants.EVENT_ID, answer.eventId())
                .header(DewatermarkConstants.MASK_BASE, answer.mask())
                .header(DewatermarkConstants.WATERMARK_MASK, answer.watermarkMask())
                .header(DewatermarkConstants.REFINEMENT, refinement)
                .header(DewatermarkConstants.CREDITS_CHARGED, Charges.PICTURE)
                // a brush is for one call; left in place, it would make a refinement of the next
                .header(DewatermarkConstants.MASK_BRUSH, null);
    }

    private static Content brush(CamelContext camelContext, String uri) throws IOException {
        if (uri == null || uri.isBlank()) {
            return null;
        }
        try (InputStream in = open(camelContext, uri)) {
            Content brush = Content.of("the brush of the option maskBrush (" + uri + ")", in.readAllBytes());
            ImageInspector.requireMask(brush);
            return brush;
        } catch (IOException e) {
            throw new IOException("The brush of the option maskBrush can't be read: " + e.getMessage(), e);
        }
    }

    private static InputStream open(CamelContext camelContext, String uri) throws IOException {
        if (!uri.startsWith(REF)) {
            return ResourceHelper.resolveMandatoryResourceAsInputStream(camelContext, uri);
        }
        // Camel's own resolver of ref: takes text only
        Object bean = camelContext.getRegistry().lookupByName(uri.substring(REF.length()));
        InputStream in = camelContext.getTypeConverter().convertTo(InputStream.class, bean);
        if (in == null) {
            throw new IOException(
                    bean == null
                            ? "there is no bean for " + uri
                            : uri + " is a " + bean.getClass().getSimpleName());
        }
        return in;
    }
}
