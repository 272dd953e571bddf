package io.github.cameldewatermark.operation.task;

import io.github.cameldewatermark.body.Payload;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.clip.ClipInfo;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.mask.Brush;
import io.github.cameldewatermark.operation.Brushes;
import io.github.cameldewatermark.operation.OperationContext;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** What to erase from a clip, if the message or the options say so. It is read when it is needed. */
final class ClipBrush implements AutoCloseable {

    /** In pixels. No clip has more; a header may claim it. */
    private static final int LARGEST_SIDE = 16_384;

    private static final String LEAVE_OUT = ", or leave out the brush (maskRegion, maskBrush)";

    private final OperationContext context;
    private final Brushes brushes;
    private final Exchange exchange;

    /** {@code null} until it is read. */
    private Optional<Brush> brush;

    /** {@code null} if the header has no mask. */
    private Payload mask;

    ClipBrush(OperationContext context, Brushes brushes, Exchange exchange) {
        this.context = context;
        this.brushes = brushes;
        this.exchange = exchange;
    }

    /**
     * Whether anything says what to erase.
     *
     * @throws DewatermarkInputException if a header does so, and is no brush
     */
    boolean isPresent() {
        return read().isPresent();
    }

    /** Returns what the brush is made from, {@code null} without a brush. */
    Content source() {
        return read().map(Brush::source).orElse(null);
    }

    /** Returns the mask of a clip, as a PNG of exactly its size. */
    CompletableFuture<Content> mask(String clip, ClipInfo info) {
        requireSize(clip, info);
        Brush asked = read().orElseThrow();
        int width = info.width();
        int height = info.height();
        return context.conversions()
                .run(
                        ClipFile.NAME,
                        clip,
                        asked.memory(width, height),
                        context.delays(),
                        () -> ofVideo(() -> asked.png(clip, width, height)));
    }

    /** What can't be submitted with a brush, as the message has no clip. */
    static DewatermarkInputException withoutClip(String taskId) {
        return bad("The size of the clip of video task " + taskId
                + " isn't known, as the message has only the id of the task,"
                + " and a brush must have that size: send the clip, too" + LEAVE_OUT);
    }

    private static void requireSize(String clip, ClipInfo info) {
        if (!isSide(info.width()) || !isSide(info.height())) {
            throw bad("The size of " + clip
                    + " can't be read from its header, and a brush must have that size: convert it to MP4" + LEAVE_OUT);
        }
        // the API doesn't say whether a brush is for the frames as they are stored or as they are shown
        if (!info.upright()) {
            throw bad(clip + " has frames of " + info.width() + " x " + info.height()
                    + " px that are shown turned or stretched, so it isn't certain what a brush would erase: convert it to an"
                    + " MP4 that is stored upright, with square pixels" + LEAVE_OUT);
        }
    }

    private static boolean isSide(Integer side) {
        return side != null && side > 0 && side <= LARGEST_SIDE;
    }

    private Optional<Brush> read() {
        if (brush == null) {
            brush = Optional.ofNullable(ofVideo(() -> brushes.of(exchange.getMessage(), this::content)));
        }
        return brush;
    }

    private Content content(String header) {
        mask = new Payload.Factory(ClipFile.NAME, context.tempFolder())
                .of(exchange, exchange.getMessage().getHeader(header), "the header " + header);
        return mask.content();
    }

    /** What is wrong with a brush is a failure of this operation, for which pictures are only a means. */
    private static <T> T ofVideo(Supplier<T> step) {
        try {
            return step.get();
        } catch (DewatermarkInputException e) {
            throw new DewatermarkInputException(ClipFile.NAME, e);
        }
    }

    private static DewatermarkInputException bad(String problem) {
        return new DewatermarkInputException(ClipFile.NAME, problem);
    }

    /** Deletes what was spooled. */
    @Override
    public void close() {
        if (mask != null) {
            mask.close();
        }
    }
}
