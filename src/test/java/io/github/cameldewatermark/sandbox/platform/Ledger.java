package io.github.cameldewatermark.sandbox.platform;

import io.github.cameldewatermark.sandbox.platform.LedgerEntry.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every charge and refund, in a file that only ever grows, one line each. It is the only truth about credits: a
 * balance is what was granted plus the sum of the entries, and whether a task is paid is asked here, so that a process
 * killed between two writes can't charge twice.
 */
public final class Ledger implements AutoCloseable {

    /** An entry as a line of the file. */
    private record Line(
            long time, String userId, Call call, String reference, String eventId, Kind kind, BigDecimal amount) {

        static Line of(LedgerEntry e) {
            return new Line(
                    e.time().toEpochMilli(), e.userId(), e.call(), e.reference(), e.eventId(), e.kind(), e.amount());
        }

        LedgerEntry entry() {
            return new LedgerEntry(Instant.ofEpochMilli(time), userId, call, reference, eventId, kind, amount);
        }
    }

    private record Booking(String eventId, Kind kind) {}

    private final Refusal.Reason noCredit;
    private final FileChannel file;
    /** Behind the last complete line; what lies there after a failed write is written over by the next. */
    private long end;

    private final List<LedgerEntry> entries = new ArrayList<>();
    private final Map<Booking, LedgerEntry> bookings = new HashMap<>();
    private final Map<String, BigDecimal> sums = new HashMap<>();

    /** @param noCredit how an account without credit is refused */
    Ledger(Path path, Refusal.Reason noCredit) throws IOException {
        this.noCredit = noCredit;
        end = Files.exists(path) ? load(Files.readAllBytes(path)) : 0;
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        // a line that a killed process didn't finish
        file.truncate(end);
    }

    private long load(byte[] bytes) throws IOException {
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                remember(Json.MAPPER
                        .readValue(bytes, start, i - start, Line.class)
                        .entry());
                start = i + 1;
            }
        }
        return start;
    }

    /**
     * Books a charge, or does nothing if this event is charged already.
     *
     * @throws Refusal FORBIDDEN: the account doesn't hold that much
     */
    synchronized void charge(
            Account account, Instant time, Call call, String reference, String eventId, BigDecimal amount) {
        if (bookings.containsKey(new Booking(eventId, Kind.CHARGE))) {
            return;
        }
        requireCredit(account, amount);
        append(new LedgerEntry(time, account.userId(), call, reference, eventId, Kind.CHARGE, amount));
    }

    /** Gives back what the event was charged, if it was and hasn't been given back yet. */
    synchronized void refund(String eventId, Instant time) {
        LedgerEntry charge = bookings.get(new Booking(eventId, Kind.CHARGE));
        if (charge != null && !bookings.containsKey(new Booking(eventId, Kind.REFUND))) {
            append(new LedgerEntry(
                    time, charge.userId(), charge.call(), charge.reference(), eventId, Kind.REFUND, charge.amount()));
        }
    }

    /**
     * Refuses an account without credit. The document doesn't say how; 403 is our reading of its section "Errors".
     *
     * @throws Refusal the account doesn't hold that much
     */
    synchronized void requireCredit(Account account, BigDecimal amount) {
        requireCredit(account, amount, noCredit);
    }

    /**
     * Does the same where it makes a difference whether there is some credit left.
     *
     * @param tooLittle how an account is refused then
     */
    synchronized void requireCredit(Account account, BigDecimal amount, Refusal.Reason tooLittle) {
        BigDecimal balance = balance(account);
        if (balance.compareTo(amount) < 0) {
            throw new Refusal(balance.signum() > 0 ? tooLittle : noCredit, "Not enough credits: " + amount + " needed");
        }
    }

    synchronized BigDecimal balance(Account account) {
        return account.granted().add(sums.getOrDefault(account.userId(), BigDecimal.ZERO));
    }

    synchronized Optional<LedgerEntry> chargeOf(String eventId) {
        return Optional.ofNullable(bookings.get(new Booking(eventId, Kind.CHARGE)));
    }

    synchronized List<LedgerEntry> entries() {
        return List.copyOf(entries);
    }

    private void append(LedgerEntry entry) {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            line.write(Json.MAPPER.writeValueAsString(Line.of(entry)).getBytes(StandardCharsets.UTF_8));
            line.write('\n');
            ByteBuffer bytes = ByteBuffer.wrap(line.toByteArray());
            long at = end;
            while (bytes.hasRemaining()) {
                at += file.write(bytes, at);
            }
            end = at;
        } catch (IOException e) {
            throw new UncheckedIOException("The ledger can't be written", e);
        }
        remember(entry);
    }

    private void remember(LedgerEntry entry) {
        entries.add(entry);
        bookings.put(new Booking(entry.eventId(), entry.kind()), entry);
        sums.merge(entry.userId(), entry.signedAmount(), BigDecimal::add);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
