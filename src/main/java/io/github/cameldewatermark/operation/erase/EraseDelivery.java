package io.github.cameldewatermark.operation.erase;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.body.Spool;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.EraseAnswer;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.image.header.PictureFormat;
import io.github.cameldewatermark.image.metadata.MetadataInserter;
import io.github.cameldewatermark.operation.Brushes;
import io.github.cameldewatermark.operation.OperationContext;
import io.github.cameldewatermark.operation.Outcome;
import io.github.cameldewatermark.operation.erase.EraseAnswers.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the answer to a picture into the outcome of its message: in the size of the original, and with its metadata. */
final class EraseDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(EraseDelivery.class);

    private static final String JPEG_NAME = "(?i).*\\.(jpe?g|jpe|jfif)";
    private static final String PNG_NAME = "(?i).*\\.png";

    private final OperationContext context;

    EraseDelivery(OperationContext context) {
        this.context = context;
    }

    /** The answer is paid for: if it can't be brought into its form, it is delivered as the platform returned it. */
    CompletableFuture<Outcome> outcome(EraseInput input, Answer answer) {
        return inFullSize(input, answer.picture())
                .thenApply(picture -> withMetadata(input, picture))
                .exceptionally(e -> {
                    LOG.warn(
                            "The refinement of {} can't be applied to it in full size: it is delivered in the size in which the"
                                    + " platform refined it",
                            input.name(),
                            Failures.cause(e));
                    return answer.picture();
                })
                .thenApply(picture -> outcome(input, answer, picture));
    }

    private CompletableFuture<Content> inFullSize(EraseInput input, Content small) {
        CompletableFuture<Content> picture = CompletableFuture.completedFuture(small);
        return input.full() == null
                ? picture
                : picture.thenCompose(refined -> context.conversions()
                        .run(
                                EraseOperation.NAME,
                                input.name(),
                                input.full().memory(),
                                context.delays(),
                                () -> onto(input, refined)));
    }

    private Content onto(EraseInput input, Content small) {
        try (Spool full = new Spool(context.tempFolder())) {
            input.full().write(small, full);
            return full.content(input.name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Content withMetadata(EraseInput input, Content picture) {
        return context.options().isPreserveMetadata() && input.subject() != null
                ? MetadataInserter.insert(input.subject(), input.isConverted(), picture)
                : picture;
    }

    private Outcome outcome(EraseInput input, Answer answer, Content picture) {
        EraseAnswer said = answer.said();
        Outcome outcome = Brushes.used(Outcome.body(picture))
                .header(DewatermarkConstants.SESSION_ID, said.sessionId())
                .header(DewatermarkConstants.IMAGE_ID, said.imageId())
                .header(DewatermarkConstants.EVENT_ID, said.eventId())
                .header(DewatermarkConstants.MASK_BASE, said.mask())
                .header(DewatermarkConstants.WATERMARK_MASK, said.watermarkMask())
                .header(DewatermarkConstants.REFINEMENT, input.refinement())
                .header(
                        DewatermarkConstants.CREDITS_CHARGED,
                        answer.fromJournal()
                                ? BigDecimal.ZERO
                                : context.prices().of(input.draft().model()).credits())
                .header(DewatermarkConstants.FROM_JOURNAL, answer.fromJournal() ? true : null);
        input.original().forEach(outcome::header);
        PictureFormat format = format(picture);
        names(input, format).forEach(outcome::header);
        return outcome.header(Exchange.CONTENT_TYPE, format == PictureFormat.PNG ? "image/png" : "image/jpeg");
    }

    /** Returns PNG or, as usual, JPEG. */
    private static PictureFormat format(Content result) {
        try {
            return PictureFormat.of(result) == PictureFormat.PNG ? PictureFormat.PNG : PictureFormat.JPEG;
        } catch (IOException e) {
            return PictureFormat.JPEG; // whoever reads the result will see what is wrong with it
        }
    }

    /** Returns the names that don't fit the format of the result, with its extension. */
    private static Map<String, String> names(EraseInput input, PictureFormat format) {
        if (format == input.format()) {
            return Map.of();
        }
        boolean png = format == PictureFormat.PNG;
        String fitting = png ? PNG_NAME : JPEG_NAME;
        Map<String, String> names = new HashMap<>();
        input.names().forEach((header, name) -> {
            if (!name.matches(fitting)) {
                // it is appended and replaces nothing: photo.png and photo.webp must not become the same file
                names.put(header, name + (png ? ".png" : ".jpg"));
            }
        });
        return names;
    }
}
