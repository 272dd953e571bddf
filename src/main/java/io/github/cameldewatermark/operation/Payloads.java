package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.body.HeapShare;
import io.github.cameldewatermark.body.Payload;
import io.github.cameldewatermark.body.Spool;
import io.github.cameldewatermark.body.TempFolder;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.image.pixel.ImageConverter;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;

/** What is sent for one picture: body, masks, and their conversions. Closing deletes everything that was spooled for them. */
final class Payloads implements AutoCloseable {

    private final List<Payload> all = new CopyOnWriteArrayList<>();
    private final Exchange exchange;
    private final Payload.Factory factory;

    Payloads(Exchange exchange, TempFolder folder) {
        this.exchange = exchange;
        this.factory = new Payload.Factory(EraseOperation.NAME, folder, HeapShare.OF_JVM);
    }

    /**
     * Returns the body of the message.
     *
     * @throws DewatermarkInputException if the body can't be sent; its cause is an {@link IOException} if the body couldn't be
     *                                   read
     */
    Content body() {
        return add(factory.body(exchange));
    }

    /** Returns a header of the message, or {@code null} if it isn't set. */
    Content header(String name) {
        Object value = exchange.getMessage().getHeader(name);
        return value == null ? null : add(factory.of(exchange, value, "the header " + name));
    }

    /**
     * Converts a picture and returns the JPEG.
     *
     * @param name the name of the picture, for messages
     */
    Content converted(ImageConverter conversion, String name) {
        Spool spool = new Spool(factory.folder());
        try {
            conversion.writeTo(spool);
            return add(Payload.of(spool, name));
        } catch (IOException e) {
            spool.discard();
            throw new DewatermarkTransportException(
                    "temp folder",
                    name + " was converted, but the JPEG could not be kept in the temp folder (java.io.tmpdir): "
                            + e.getMessage() + ". Nothing was sent, nothing was charged.",
                    Billed.NO,
                    true,
                    e);
        } catch (RuntimeException | Error e) {
            spool.discard();
            throw e;
        }
    }

    @Override
    public void close() {
        all.forEach(Payload::close);
    }

    private Content add(Payload payload) {
        all.add(payload);
        return payload.content();
    }
}
