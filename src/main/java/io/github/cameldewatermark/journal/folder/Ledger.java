package io.github.cameldewatermark.journal.folder;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.journal.Charge;
import io.github.cameldewatermark.journal.EntryText;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A text file to which a line is appended for each charge, in the form of comma-separated values, for a spreadsheet. */
final class Ledger {

    private static final String HEAD = "time,operation,file,credits,billed,id,reference\n";

    private static final int CREDITS_FROM_END = 4;

    private final Path file;

    Ledger(Path file) {
        this.file = file;
    }

    /** Appends a line, which is on disk when this returns. To be called by one thread and process at a time. */
    void append(Charge charge) throws IOException {
        String line = Stream.of(
                        charge.time().toString(),
                        charge.operation(),
                        charge.name(),
                        charge.credits() == null ? "unknown" : charge.credits().toPlainString(),
                        charge.billed().name(),
                        charge.id(),
                        charge.reference())
                .map(Ledger::field)
                .collect(Collectors.joining(",", "", "\n"));
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            String text = (size == 0 ? HEAD : endsWithLine(channel, size) ? "" : "\n") + line;
            channel.position(size);
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /**
     * Appends those that aren't there yet, or are there as uncertain. Reads the whole file, so it is for what others may have
     * written, or killed processes have left out.
     */
    void appendMissing(List<Charge> charges) throws IOException {
        Map<String, Charge> missing = new LinkedHashMap<>();
        charges.forEach(charge -> missing.put(field(charge.reference()), charge));
        if (!missing.isEmpty() && Files.exists(file)) {
            // unlike that of Files, this reader allows for a line that was cut off within a character
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String reference = line.substring(line.lastIndexOf(',') + 1);
                    Charge charge = missing.get(reference);
                    if (charge != null && isAsCertain(line, charge)) {
                        missing.remove(reference);
                    } else if (charge != null && charge.credits() == null) {
                        missing.put(reference, charge.priced(credits(line)));
                    }
                }
            }
        }
        for (Charge charge : missing.values()) {
            append(charge);
        }
    }

    private static boolean isAsCertain(String line, Charge charge) {
        String end = "," + charge.billed() + "," + field(charge.id()) + "," + field(charge.reference());
        return charge.billed() == Billed.UNKNOWN || line.endsWith(end);
    }

    /** Returns the price in a line about the same, {@code null} if it isn't known there either. */
    private static BigDecimal credits(String line) {
        String[] fields = line.split(",");
        // the name before them may have commas, what comes after them hasn't
        String price = fields.length < CREDITS_FROM_END ? "" : fields[fields.length - CREDITS_FROM_END];
        return price.matches("[0-9.]+") ? new BigDecimal(price) : null;
    }

    /** Whether the last line is whole; a process that was killed, or a full disk, may have cut it off. */
    private static boolean endsWithLine(FileChannel channel, long size) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return channel.read(last, size - 1) != 1 || last.get(0) == '\n';
    }

    /** A name that begins with one of these would be a formula to a spreadsheet. */
    private static String field(String value) {
        String text = EntryText.escape(value, false);
        if (!text.isEmpty() && "=+-@\t".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        return text.matches("[\\w.:@-]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
