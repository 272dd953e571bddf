package io.github.cameldewatermark.body;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.apache.camel.component.file.FileConstants;
import org.apache.camel.component.file.FileEndpoint;

/** A result in a temp file. Components that handle a file better than a stream, such as those for storage, can use the file. */
final class ResultFile extends SpooledBody implements WrappedFile<File> {

    private final TempFile.TempContent content;

    ResultFile(TempFile.TempContent content) {
        super(content);
        this.content = content;
    }

    /** Adds the header that lets a file producer move the result to its target. */
    @Override
    public Map<String, Object> headers() {
        return Map.of(FileConstants.FILE_LOCAL_WORK_PATH, new Move(content.temp()));
    }

    @Override
    public StreamCache copy(Exchange exchange) {
        return new ResultFile(content);
    }

    @Override
    public File getFile() {
        return new HeldFile(content.temp());
    }

    @Override
    public Object getBody() {
        return getFile();
    }

    @Override
    public long getFileLength() {
        return content.length();
    }

    /** The file as a body of its own: whoever has only this one has the result. */
    private static final class HeldFile extends File {
        private static final long serialVersionUID = 1L;

        private final transient TempFile temp;

        HeldFile(TempFile temp) {
            super(temp.path().toString());
            this.temp = temp;
        }
    }

    /**
     * The value of the header {@value FileConstants#FILE_LOCAL_WORK_PATH} of a result in a temp file. If that header is a path, a
     * file producer moves the file at that path to its target, whatever the body is. So a type converter turns this object into a
     * path only when a file producer asks for it, and only if the producer is about to write this very result on the file system
     * of the temp file. On another file system, Camel would try to move the file for two seconds before copying it.
     */
    static final class Move {

        private final TempFile temp;

        Move(TempFile temp) {
            this.temp = temp;
        }

        /** Whether the header is free: an FTP consumer puts the path of a file of its own there, and deletes that file later. */
        static boolean isPossible(Exchange exchange) {
            Object taken = exchange.getMessage().getHeader(FileConstants.FILE_LOCAL_WORK_PATH);
            return taken == null || taken instanceof Move;
        }

        /** Returns the file that the asking producer may move; if there is none, a file that doesn't exist. */
        File offer(Exchange exchange) {
            boolean isBody = exchange != null
                    && exchange.getMessage().getBody() instanceof ResultFile result
                    && result.content.temp() == temp;
            try {
                Path moved = isBody && isOnSameFileSystem(exchange) ? temp.toBeMoved() : null;
                // not an empty path, which means the current directory from Java 25 on
                return (moved == null ? temp.nothing() : moved).toFile();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private boolean isOnSameFileSystem(Exchange exchange) {
            String uri = exchange.getProperty(ExchangePropertyKey.TO_ENDPOINT, String.class);
            try {
                return uri != null && isOnSameFileSystem(exchange.getContext().hasEndpoint(uri));
            } catch (NoClassDefFoundError e) { // without camel-file, no file producer asks
                return false;
            }
        }

        private boolean isOnSameFileSystem(Endpoint target) {
            if (!(target instanceof FileEndpoint folder)) {
                return false;
            }
            try {
                Path there = folder.getFile().toPath().toAbsolutePath();
                while (!Files.exists(there)) {
                    there = there.getParent();
                }
                return Files.getFileStore(there).equals(Files.getFileStore(temp.path()));
            } catch (IOException e) {
                return false;
            }
        }
    }
}
