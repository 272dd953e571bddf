package io.github.cameldewatermark.journal.folder;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.journal.Charge;
import io.github.cameldewatermark.journal.DailySpending;
import io.github.cameldewatermark.journal.Ledger;
import io.github.cameldewatermark.journal.Spending;
import io.github.cameldewatermark.journal.SpendingLimit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

/**
 * A text file to which a line is appended for each charge, in the form of comma-separated values, for a spreadsheet. To be used by
 * one thread and process at a time.
 */
final class LedgerFile {

    private final Path file;
    private final Clock clock;
    private final Map<Duration, LedgerFollower> followers = new HashMap<>();

    LedgerFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Appends a line, which is on disk when this returns. */
    void append(Charge charge) throws IOException {
        append(LedgerLine.write(charge, charge.billed().name()));
    }

    /** See {@link Ledger#reserve}. */
    Instant reserve(Charge charge, SpendingLimit limit) throws IOException {
        Instant room = spending(limit.period())
                .roomFor(charge.credits(), charge.reference(), limit.credits(), clock.instant());
        if (room == null) {
            append(LedgerLine.write(charge, LedgerLine.RESERVED));
        }
        return room;
    }

    Instant roomFor(BigDecimal credits, SpendingLimit limit) throws IOException {
        return spending(limit.period()).roomFor(credits, null, limit.credits(), clock.instant());
    }

    BigDecimal spent(Duration period) throws IOException {
        return spending(period).total(clock.instant());
    }

    /** Reads the whole file. */
    NavigableMap<LocalDate, BigDecimal> perDay(LocalDate since, ZoneId zone) throws IOException {
        DailySpending days = new DailySpending(since, zone);
        LedgerFollower.read(file, since.atStartOfDay(zone).toInstant(), line -> days.note(line.charge()));
        return days.credits();
    }

    private Spending spending(Duration period) throws IOException {
        return followers
                .computeIfAbsent(period, key -> new LedgerFollower(file, key, clock))
                .read();
    }

    private void append(String line) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            String text = (size == 0 ? LedgerLine.HEAD : endsWithLine(channel, size) ? "" : "\n") + line;
            channel.position(size);
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /**
     * Appends a charge unless it is there as certain; that something has cost nothing, only if it is there.
     *
     * @return whether it is appended
     */
    boolean appendMissing(Charge charge) throws IOException {
        Charge open = charge.billed() == Billed.UNKNOWN ? null : open(LedgerLine.field(charge.reference()));
        if (open == null) {
            return appendMissing(List.of(charge)) > 0;
        }
        append(charge, open.credits());
        return true;
    }

    /**
     * Returns what a limit counts that isn't settled, without reading the whole file. What is too old to count isn't followed any
     * more.
     */
    private Charge open(String reference) throws IOException {
        for (Duration period : followers.keySet()) {
            Charge open = spending(period).open(reference);
            if (open != null && open.time().plus(period).isAfter(clock.instant())) {
                return open;
            }
        }
        return null;
    }

    /**
     * Does the same, and reads the whole file: for what others may have written, or killed processes have left out.
     *
     * @return how many are appended
     */
    int appendMissing(List<Charge> charges) throws IOException {
        Map<String, Charge> all = new LinkedHashMap<>();
        charges.forEach(charge -> all.put(LedgerLine.field(charge.reference()), charge));
        Map<String, LedgerLine> latest = latest(all.keySet());
        int appended = 0;
        for (Map.Entry<String, Charge> charge : all.entrySet()) {
            LedgerLine line = latest.get(charge.getKey());
            if (isMissing(charge.getValue(), line)) {
                append(charge.getValue(), line == null ? null : line.credits());
                appended++;
            }
        }
        return appended;
    }

    /** Returns the last lines with some references. */
    private Map<String, LedgerLine> latest(Set<String> references) throws IOException {
        Map<String, LedgerLine> latest = new HashMap<>();
        if (references.isEmpty() || !Files.exists(file)) {
            return latest;
        }
        // unlike that of Files, this reader allows for a line that was cut off within a character
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                LedgerLine line =
                        references.contains(text.substring(text.lastIndexOf(',') + 1)) ? LedgerLine.read(text) : null;
                if (line != null) {
                    latest.merge(line.reference(), line, LedgerLine::followedBy);
                }
            }
        }
        return latest;
    }

    private static boolean isMissing(Charge charge, LedgerLine line) {
        return line == null ? charge.billed() != Billed.NO : !line.isAsCertainAs(charge);
    }

    /** @param credits the price by an earlier line */
    private void append(Charge charge, BigDecimal credits) throws IOException {
        append(charge.credits() == null ? charge.priced(credits) : charge);
    }

    /** Whether the last line is whole; a process that was killed, or a full disk, may have cut it off. */
    private static boolean endsWithLine(FileChannel channel, long size) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return channel.read(last, size - 1) != 1 || last.get(0) == '\n';
    }
}
