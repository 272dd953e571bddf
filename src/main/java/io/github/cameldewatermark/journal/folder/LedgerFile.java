package io.github.cameldewatermark.journal.folder;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.journal.Charge;
import io.github.cameldewatermark.journal.Ledger;
import io.github.cameldewatermark.journal.Spending;
import io.github.cameldewatermark.journal.SpendingBy;
import io.github.cameldewatermark.journal.SpendingLimit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
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
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A text file to which a line is appended for each charge, in the form of comma-separated values, for a spreadsheet. */
final class LedgerFile implements Ledger {

    static final String NAME = "ledger.csv";

    /** The length of a time with its seconds. */
    private static final int SECOND = "2030-01-01T00:00:00".length();

    private final DurableFolder folder;
    private final Path file;
    private final Clock clock;
    private final Map<Duration, Sum> sums = new HashMap<>();

    /** What was spent in a while, by so many bytes of the file. */
    private record Sum(Spending spending, long bytes) {}

    LedgerFile(DurableFolder folder, Clock clock) {
        this.folder = folder;
        this.file = folder.file(NAME);
        this.clock = clock;
    }

    @Override
    public Instant reserve(Charge charge, SpendingLimit limit) throws IOException {
        return folder.locked(() -> {
            Instant room = spending(limit.period())
                    .roomFor(charge.credits(), charge.reference(), limit.credits(), clock.instant());
            if (room == null) {
                append(new LedgerLine(charge, true));
            }
            return room;
        });
    }

    @Override
    public Instant roomFor(BigDecimal credits, SpendingLimit limit) throws IOException {
        return folder.locked(() -> spending(limit.period()).roomFor(credits, null, limit.credits(), clock.instant()));
    }

    @Override
    public BigDecimal spent(Duration period) throws IOException {
        return folder.locked(() -> spending(period).total(clock.instant()));
    }

    /** Reads the file once for each period; after that, only what is new in it. */
    private Spending spending(Duration period) throws IOException {
        Sum sum = sums.remove(period); // a failure means to begin anew
        long size = Files.exists(file) ? Files.size(file) : 0;
        if (sum == null || sum.bytes() > size) { // somebody has put another one in its place
            sum = new Sum(new Spending(period), 0);
        }
        Spending spending = sum.spending();
        read(file, sum.bytes(), since(clock.instant().minus(period)), line -> spending.note(line.charge()));
        sums.put(period, new Sum(spending, size));
        return spending;
    }

    @Override
    public NavigableMap<LocalDate, BigDecimal> perDay(LocalDate since, ZoneId zone) throws IOException {
        return perDay(file, since, zone);
    }

    static NavigableMap<LocalDate, BigDecimal> perDay(Path file, LocalDate since, ZoneId zone) throws IOException {
        SpendingBy<LocalDate> days = new SpendingBy<>(time -> LocalDate.ofInstant(time, zone));
        read(file, 0, since(since.atStartOfDay(zone).toInstant()), line -> days.note(line.charge()));
        return days.credits();
    }

    @Override
    public void charged(Charge charge) throws IOException {
        folder.locked(() -> {
            append(new LedgerLine(charge, false));
            return null;
        });
    }

    @Override
    public boolean chargedOnce(Charge charge) throws IOException {
        return folder.locked(() -> appendMissing(List.of(charge)) > 0);
    }

    /**
     * Appends charges as {@link #chargedOnce} does. To be called while the folder is locked.
     *
     * @return how many are appended
     */
    int appendMissing(List<Charge> charges) throws IOException {
        Map<String, Charge> all = new LinkedHashMap<>();
        charges.forEach(charge -> all.put(LedgerLine.field(charge.reference()), charge));
        Map<String, LedgerLine> latest = new HashMap<>();
        if (!charges.isEmpty()) {
            read(
                    file,
                    0,
                    text -> all.containsKey(text.substring(text.lastIndexOf(',') + 1)),
                    line -> latest.merge(line.charge().reference(), line, LedgerFile::following));
        }
        int appended = 0;
        for (Map.Entry<String, Charge> each : all.entrySet()) {
            Charge charge = each.getValue();
            LedgerLine line = latest.get(each.getKey());
            if (line == null ? charge.billed() != Billed.NO : !line.isAsCertainAs(charge)) {
                append(new LedgerLine(charge.following(line == null ? null : line.charge()), false));
                appended++;
            }
        }
        return appended;
    }

    private static LedgerLine following(LedgerLine before, LedgerLine line) {
        return new LedgerLine(line.charge().following(before.charge()), line.isReserved());
    }

    /** Returns which lines aren't older, which is seen without understanding them, as there may be a million. */
    private static Predicate<String> since(Instant time) {
        String second = time.toString().substring(0, SECOND);
        return text -> text.compareTo(second) >= 0;
    }

    /** Reads the lines that are wanted, from a position on. No file means that nothing was charged yet. */
    private static void read(Path file, long from, Predicate<String> wanted, Consumer<LedgerLine> lines)
            throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        // unlike that of Files, this reader allows for a line that was cut off within a character
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                BufferedReader texts = new BufferedReader(new InputStreamReader(
                        Channels.newInputStream(channel.position(from)), StandardCharsets.UTF_8))) {
            for (String text = texts.readLine(); text != null; text = texts.readLine()) {
                LedgerLine line = wanted.test(text) ? LedgerLine.read(text) : null;
                if (line != null) {
                    lines.accept(line);
                }
            }
        }
    }

    /** Appends a line, which is on disk when this returns. */
    private void append(LedgerLine line) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            String text = (size == 0 ? LedgerLine.HEAD : endsWithLine(channel, size) ? "" : "\n") + line.text();
            channel.position(size);
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Whether the last line is whole; a process that was killed, or a full disk, may have cut it off. */
    private static boolean endsWithLine(FileChannel channel, long size) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return channel.read(last, size - 1) != 1 || last.get(0) == '\n';
    }
}
