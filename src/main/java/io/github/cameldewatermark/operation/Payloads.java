package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.image.pixel.ImageConverter;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;

/** What is sent for one picture: the body, the masks, and what is made of them. All of it goes when the call is over. */
final class Payloads implements AutoCloseable {

    private final List<Payload> all = new CopyOnWriteArrayList<>();
    private final Exchange exchange;
    private final Payload.Factory factory;

    Payloads(Exchange exchange, TempFolder folder) {
        this.exchange = exchange;
        this.factory = new Payload.Factory(EraseOperation.NAME, folder, HeapShare.OF_JVM);
    }

    /**
     * The body of the message.
     *
     * @throws DewatermarkInputException it can't be sent; if that is because it couldn't be read, an {@link IOException} is
     *                                   the cause
     */
    Content body() {
        return add(factory.body(exchange));
    }

    /** A header of the message, {@code null} without one. */
    Content header(String name) {
        Object value = exchange.getMessage().getHeader(name);
        return value == null ? null : add(factory.of(exchange, value, "the header " + name));
    }

    /**
     * The JPEG that is made of a picture.
     *
     * @param name of the picture, for messages
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
