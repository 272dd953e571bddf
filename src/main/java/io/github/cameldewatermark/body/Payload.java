package io.github.cameldewatermark.body;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;

/**
 * A body or header in a form that can be sent: its length is known and it can be read again. A file is read in place; a
 * stream, which has neither property, is spooled.
 */
public final class Payload implements AutoCloseable {

    private static final String TYPES =
            "a File, Path, InputStream, byte[], ByteBuffer, StreamCache or the file of a file or FTP consumer";

    private final Content content;
    private final Spool spool;

    private Payload(Content content, Spool spool) {
        this.content = content;
        this.spool = spool;
    }

    public Content content() {
        return content;
    }

    public static Payload of(Spool spool, String name) throws IOException {
        return new Payload(spool.content(name), spool);
    }

    /** Deletes what was spooled for this payload, if anything. */
    @Override
    public void close() {
        if (spool != null) {
            spool.discard();
        }
    }

    /** Makes payloads for one operation. */
    public record Factory(String operation, TempFolder folder) {

        /** Returns the body of the message, which must not be empty. */
        public Payload body(Exchange exchange) {
            Object body = exchange.getMessage().getBody();
            String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, "the body", String.class);
            if (body == null) {
                throw bad(name + " is empty", null);
            }
            Payload payload = of(exchange, body, name);
            if (payload.content().length() == 0) {
                payload.close();
                throw bad(payload.content().name() + " is empty", null);
            }
            return payload;
        }

        /**
         * Converts a body or header to a payload.
         *
         * @param name the name for messages, unless the value is a file with a name of its own
         */
        public Payload of(Exchange exchange, Object value, String name) {
            try {
                return convert(exchange, value, name);
            } catch (IOException e) {
                throw bad(name + " can't be read: " + e, e);
            }
        }

        private Payload convert(Exchange exchange, Object value, String name) throws IOException {
            if (value instanceof SpooledBody body) {
                return new Payload(body.content(), null);
            }
            if (value instanceof WrappedFile<?> wrapped) {
                return wrappedFile(exchange, wrapped, name);
            }
            if (value instanceof File file) {
                return file(file.toPath());
            }
            if (value instanceof Path path) {
                return file(path);
            }
            if (value instanceof byte[] bytes) {
                return new Payload(Content.of(name, bytes), null);
            }
            if (value instanceof ByteBuffer buffer) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.duplicate().get(bytes);
                return new Payload(Content.of(name, bytes), null);
            }
            if (value instanceof StreamCache cache) {
                cache.reset(); // an earlier step may have read it
                return spool(exchange, cache, name);
            }
            if (value instanceof InputStream) {
                return spool(exchange, value, name);
            }
            throw bad(
                    name + " is a " + value.getClass().getSimpleName() + ", which is not supported: it must be "
                            + TYPES,
                    null);
        }

        /** Uses the local file itself if there is one, as the consumer's charset option would change its bytes. */
        private Payload wrappedFile(Exchange exchange, WrappedFile<?> wrapped, String name) throws IOException {
            if (wrapped.getFile() instanceof File file) {
                return file(file.toPath());
            }
            Object body = wrapped.getBody();
            if (body == null || body instanceof String) {
                return spool(exchange, wrapped, name);
            }
            return convert(exchange, body, name);
        }

        private Payload file(Path file) throws IOException {
            if (!Files.isRegularFile(file)) {
                throw bad(file + (Files.exists(file) ? " is not a file" : " does not exist (any more)"), null);
            }
            return new Payload(Content.of(file), null);
        }

        private Payload spool(Exchange exchange, Object stream, String name) throws IOException {
            Spool spool = new Spool(folder);
            try (InputStream in =
                    exchange.getContext().getTypeConverter().convertTo(InputStream.class, exchange, stream)) {
                if (in == null) {
                    throw bad(name + " can't be read as a stream", null);
                }
                in.transferTo(spool);
                return Payload.of(spool, name);
            } catch (IOException | RuntimeException e) {
                spool.discard();
                throw e;
            }
        }

        private DewatermarkInputException bad(String problem, Throwable cause) {
            return new DewatermarkInputException(operation, problem, cause);
        }
    }
}
