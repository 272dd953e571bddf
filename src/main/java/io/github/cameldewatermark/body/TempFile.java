package io.github.cameldewatermark.body;

import io.github.cameldewatermark.client.Content;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A temp file. It is deleted when nobody can reach this object any more, and when the component stops. */
final class TempFile {

    private static final Logger LOG = LoggerFactory.getLogger(TempFile.class);

    private final Path path;
    private final Cleaner.Cleanable deletion;
    private boolean linked;

    /**
     * @param path    the existing file
     * @param deleted runs when it is deleted; must not have this object
     */
    TempFile(Path path, Runnable deleted) {
        this.path = path;
        this.deletion = Spool.CLEANER.register(this, () -> {
            delete(path);
            delete(link(path));
            deleted.run();
        });
    }

    Path path() {
        return path;
    }

    /**
     * Returns a file that the caller may move, while this one stays: a hard link to it, and a copy once the link has been moved. A
     * second link would be the same file as the first one, and whoever writes to one of them changes the others. So would a
     * producer that gets nothing to be moved, and writes to the first one in a redelivery.
     *
     * @return             {@code null} if links aren't supported
     * @throws IOException if there is no room for a copy
     */
    synchronized Path toBeMoved() throws IOException {
        Path link = link(path);
        if (!linked) {
            try {
                Files.createLink(link, path);
                linked = true;
            } catch (IOException | UnsupportedOperationException e) {
                LOG.debug("{} has to be copied, because it can't be linked", path, e);
                return null;
            }
        } else if (!Files.exists(link)) {
            Files.copy(path, link);
        }
        return link;
    }

    /** Returns the path of a file that doesn't exist, for callers that need some path. */
    Path nothing() {
        return path.resolveSibling(path.getFileName() + ".none");
    }

    /** Deletes the file early, when nobody needs it any more. */
    void delete() {
        deletion.clean();
    }

    /** Returns what is in the file now; nothing may be written to it any more. */
    Content content(String name) throws IOException {
        return new TempContent(name, this, Files.size(path));
    }

    private static Path link(Path path) {
        return path.resolveSibling(path.getFileName() + ".link");
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("The temp file {} could not be deleted; this is tried again when the context stops", file, e);
        }
    }

    /** The content of a temp file, which stays as long as anybody can reach this object. */
    record TempContent(String name, TempFile temp, long length) implements Content {
        @Override
        public Path file() {
            return temp.path();
        }

        @Override
        public InputStream open() throws IOException {
            if (Files.size(temp.path()) != length) { // the file that was moved is still the same one
                throw new IOException(name + " was changed after it was delivered");
            }
            return Files.newInputStream(temp.path());
        }
    }
}
