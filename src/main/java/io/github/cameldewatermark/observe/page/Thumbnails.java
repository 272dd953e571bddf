package io.github.cameldewatermark.observe.page;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.pixel.Thumbnail;
import io.github.cameldewatermark.journal.Journal;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LRUCacheFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Small copies of the pictures of journals, as JPEGs of some kilobytes. One is made at a time, so that they take little heap. */
final class Thumbnails {

    private static final Logger LOG = LoggerFactory.getLogger(Thumbnails.class);

    private static final int MOST = 100;

    /** A browser asks for six at once. With more, a journal that doesn't answer would take all threads of the server. */
    static final int MOST_WAITING = 12;

    private final ReentrantLock making = new ReentrantLock();
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    /** The last ones that were made. */
    private final Map<String, byte[]> made = LRUCacheFactory.newLRUCache(MOST);

    /**
     * Returns a small copy of what an entry has, {@code null} if there is none.
     *
     * @param  since                      the time of the entry
     * @throws RejectedExecutionException if too many wait for theirs already
     */
    byte[] get(CamelContext context, String key, Instant since, String which) {
        String name = key + since + which;
        byte[] known = made.get(name);
        if (known != null) {
            return known;
        }
        if (!waiting.tryAcquire()) {
            throw new RejectedExecutionException("Other pictures are being made");
        }
        making.lock();
        try {
            return made.computeIfAbsent(name, missing -> make(context, key, since, which));
        } finally {
            making.unlock();
            waiting.release();
        }
    }

    /** The journal has a small copy only of what it doesn't have as a whole. */
    private static byte[] make(CamelContext context, String key, Instant since, String which) {
        boolean before = which.equals(Journal.BEFORE);
        for (Journal journal : Status.journals(context)) {
            try {
                Content picture = journal.peek(key, since, before ? Journal.BEFORE : Journal.PICTURE);
                if (picture != null && before) {
                    try (InputStream in = picture.open()) {
                        return in.readAllBytes();
                    }
                } else if (picture != null) {
                    return Thumbnail.of(picture);
                }
            } catch (IOException | RuntimeException e) {
                LOG.debug("There is no thumbnail of {}", key, e);
            }
        }
        return null;
    }
}
