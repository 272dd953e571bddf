package io.github.cameldewatermark.journal.folder;

import io.github.cameldewatermark.journal.Spending;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds up what a ledger says of the last while. The file is read once; after that, only what is new in it. */
final class LedgerFollower {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerFollower.class);

    /** The length of a time with its seconds. */
    private static final int SECOND = "2030-01-01T00:00:00".length();

    private final Path file;
    private final Duration period;
    private final Clock clock;
    private Spending spending;
    private long read;

    LedgerFollower(Path file, Duration period, Clock clock) {
        this.file = file;
        this.clock = clock;
        this.period = period;
        this.spending = new Spending(period);
    }

    /** To be called by one thread at a time, while nobody writes. */
    Spending read() throws IOException {
        long size = size();
        if (size < read) { // somebody has put another one in its place
            spending = new Spending(period);
            read = 0;
        }
        if (size > read) {
            Instant since = clock.instant().minus(period);
            read = read(file, read, since, line -> {
                if (line.time().isAfter(since)) {
                    spending.note(line.charge());
                }
            });
        }
        return spending;
    }

    private long size() throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /**
     * Reads a ledger as it is now.
     *
     * @param since of what is older, most is left out
     */
    static void read(Path file, Instant since, Consumer<LedgerLine> lines) throws IOException {
        try {
            read(file, 0, since, lines);
        } catch (NoSuchFileException e) {
            LOG.debug("Nothing was charged yet", e);
        }
    }

    /** Returns where to go on: a last line that isn't whole is left for the next time. */
    private static long read(Path file, long from, Instant since, Consumer<LedgerLine> lines) throws IOException {
        String second = since.toString().substring(0, SECOND);
        long end = from;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                InputStream in = new BufferedInputStream(Channels.newInputStream(channel.position(from)))) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\n') {
                    text.write(next);
                    continue;
                }
                end += text.size() + 1;
                String written = text.toString(StandardCharsets.UTF_8);
                text.reset();
                // that is seen without understanding the line, of which there may be a million
                LedgerLine line = written.compareTo(second) < 0 ? null : LedgerLine.read(written);
                if (line != null) {
                    lines.accept(line);
                }
            }
        }
        return end;
    }
}
