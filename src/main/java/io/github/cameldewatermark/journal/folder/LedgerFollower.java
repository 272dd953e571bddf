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
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Adds up what a ledger says of the last while. The file is read once; after that, only what is new in it. */
final class LedgerFollower {

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
        long size = Files.exists(file) ? Files.size(file) : 0;
        if (size < read) { // somebody has put another one in its place
            spending = new Spending(period);
            read = 0;
        }
        if (size > read) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                    InputStream in = new BufferedInputStream(Channels.newInputStream(channel.position(read)))) {
                readLines(in, clock.instant().minus(period));
            }
        }
        return spending;
    }

    /** A last line that isn't whole is left for the next time. */
    private void readLines(InputStream in, Instant since) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != '\n') {
                line.write(next);
                continue;
            }
            read += line.size() + 1;
            LedgerLine known = LedgerLine.read(line.toString(StandardCharsets.UTF_8));
            if (known != null && known.time().isAfter(since)) {
                spending.note(known.charge());
            }
            line.reset();
        }
    }
}
