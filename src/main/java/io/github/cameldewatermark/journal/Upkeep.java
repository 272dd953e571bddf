package io.github.cameldewatermark.journal;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the cleanup of a journal now and then. Its failure is only logged, so that nothing fails because of it. */
public final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration INTERVAL = Duration.ofHours(1);

    private final Clock clock;
    private final Work work;
    private final String journal;
    private Instant next = Instant.MIN;

    public interface Work {
        void run() throws IOException;
    }

    public Upkeep(Clock clock, Work work, String journal) {
        this.clock = clock;
        this.work = work;
        this.journal = journal;
    }

    public void runIfDue() {
        if (!isDue()) {
            return;
        }
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "Journal {}: what is out of date could not be removed, which does no harm but take room: {}",
                    journal,
                    e.toString());
        }
    }

    private synchronized boolean isDue() {
        Instant now = clock.instant();
        boolean due = !now.isBefore(next);
        if (due) {
            next = now.plus(INTERVAL);
        }
        return due;
    }
}
