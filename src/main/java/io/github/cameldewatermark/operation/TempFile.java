package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.Content;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Cleaner;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A temp file. It is deleted when nobody can reach this object any more, and when the component stops. */
final class TempFile {

    private static final Logger LOG = LoggerFactory.getLogger(TempFile.class);

    private final Path path;
    private final Cleaner.Cleanable names;
    private boolean linked;

    /**
     * @param path    the existing file
     * @param deleted runs when it is deleted; must not have this object
     */
    TempFile(Path path, Runnable deleted) {
        this.path = path;
        this.names = Unreachable.CLEANER.register(this, () -> {
            delete(path);
            delete(link(path));
            deleted.run();
        });
    }

    Path path() {
        return path;
    }

    FileStore store() throws IOException {
        return Files.getFileStore(path);
    }

    /**
     * Returns a hard link to the file that the caller may move, while the file itself stays. There is only one link: two moved
     * files would share their content, so that changing one would change the other.
     *
     * @return {@code null} if the link has been moved already, or links aren't supported
     */
    synchronized Path link() {
        Path link = link(path);
        if (!linked) {
            linked = true;
            try {
                Files.createLink(link, path);
            } catch (IOException | UnsupportedOperationException e) {
                LOG.debug("{} has to be copied, as it can't be linked", path, e);
            }
        }
        return Files.exists(link) ? link : null;
    }

    /** Returns the path of a file that doesn't exist, for callers that need some path. */
    Path nothing() {
        return path.resolveSibling(path.getFileName() + ".none");
    }

    /** Deletes the file early, when nobody needs it any more. */
    void delete() {
        names.clean();
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
            LOG.warn("The temp file {} could not be deleted; it goes when the context stops", file, e);
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
            return Files.newInputStream(temp.path());
        }
    }
}
