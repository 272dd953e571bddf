package io.github.cameldewatermark.operation.task;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.Price;
import io.github.cameldewatermark.client.Task;
import io.github.cameldewatermark.client.TaskKind;
import io.github.cameldewatermark.clip.ClipInfo;
import io.github.cameldewatermark.clip.ClipInspector;
import io.github.cameldewatermark.operation.Brushes;
import io.github.cameldewatermark.operation.OperationContext;
import io.github.cameldewatermark.operation.Outcome;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** A clip. What it costs is known when the platform says how long it is. */
public final class ClipFile implements TaskFile {

    static final String NAME = TaskKind.VIDEO.operation();

    private final OperationContext context;
    private final ClipBrush brush;
    private ClipInfo info = ClipInfo.UNKNOWN;

    private ClipFile(OperationContext context, Brushes brushes, Exchange exchange) {
        this.context = context;
        this.brush = new ClipBrush(context, brushes, exchange);
    }

    /**
     * @throws IOException if the brush of the options can't be read
     */
    public static Factory factory(OperationContext context) throws IOException {
        Brushes brushes = new Brushes(NAME, context.camelContext(), context.options());
        return new Factory(context.client().video(), exchange -> new ClipFile(context, brushes, exchange));
    }

    @Override
    public void inspect(Content content) {
        info = ClipInspector.inspect(content);
    }

    @Override
    public String doubt() {
        return info.doubt();
    }

    @Override
    public Price price(Task task) {
        return task == null || task.duration() == null ? null : context.prices().ofClip(task.duration());
    }

    @Override
    public BigDecimal estimate() {
        return info.seconds() == null
                ? null
                : context.prices().ofClip(info.seconds()).credits();
    }

    /** Adds what the header of the clip says, if it was read, and removes the brush, which is used. */
    @Override
    public Outcome describe(Outcome outcome) {
        return Brushes.used(outcome)
                .header(DewatermarkConstants.ORIGINAL_FORMAT, info.container())
                .header(DewatermarkConstants.ORIGINAL_WIDTH, info.width())
                .header(DewatermarkConstants.ORIGINAL_HEIGHT, info.height())
                .header(DewatermarkConstants.ORIGINAL_DURATION, info.seconds())
                .header(DewatermarkConstants.ORIGINAL_FRAME_RATE, info.frameRate());
    }

    @Override
    public Content brush() {
        return brush.source();
    }

    @Override
    public CompletableFuture<Content> mask(String taskId, Supplier<Content> content) {
        if (!brush.isPresent()) {
            return CompletableFuture.completedFuture(null);
        }
        if (content == null) {
            throw ClipBrush.withoutClip(taskId);
        }
        String name = content.get().name();
        return brush.mask(name, info);
    }

    @Override
    public void close() {
        brush.close();
    }
}
