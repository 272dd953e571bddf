package io.github.cameldewatermark.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.sandbox.platform.LedgerEntry;
import io.github.cameldewatermark.sandbox.platform.LedgerEntry.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the folders of a route say of each input, held against what the platform has booked for it. */
final class Books {

    /** What the platform did for an input. */
    private record Booked(BigDecimal sum, int charges, int refunds) {
        static final Booked NOTHING = new Booked(BigDecimal.ZERO, 0, 0);

        Booked and(LedgerEntry entry) {
            boolean charge = entry.kind() == Kind.CHARGE;
            return new Booked(
                    sum.subtract(entry.signedAmount()), charges + (charge ? 1 : 0), refunds + (charge ? 0 : 1));
        }
    }

    private static final Pattern IN_A_STOP_BY_FORCE =
            Pattern.compile("(\\S+) failed when its route was stopped, billed (\\w+): .*");

    private static final String OUTBOX = "OUTBOX";

    /** Refused by Camel in a stop by force, without a word: the journal knows whether it is paid for. */
    private static final String SILENT = "SILENT";

    private final Path folder;
    private final Path platform;
    /** Those that no rule of the route has noted. */
    private final Map<String, String> failures = new HashMap<>();

    private final Map<String, Integer> deliveries;
    private final Map<Input, Booked> booked = new HashMap<>();

    /**
     * @param folder   with inbox, outbox and failed
     * @param platform the data folder of the sandbox
     * @param deliveries how often a file came to the outbox
     * @param log      what the component has told its operator
     */
    Books(Path folder, Path platform, Map<String, Integer> deliveries, List<String> log) {
        for (String line : log) {
            Matcher failure = IN_A_STOP_BY_FORCE.matcher(line);
            if (failure.matches()) {
                failures.put(failure.group(1), failure.group(2) + " " + line);
            }
        }
        this.deliveries = deliveries;
        this.folder = folder;
        this.platform = platform;
    }

    /** Returns what was charged in all. */
    BigDecimal enter(List<LedgerEntry> ledger) throws IOException {
        Map<String, Input> sessions = inputsBySession();
        for (LedgerEntry entry : ledger) {
            Input input = entry.call() == Call.ERASE
                    ? sessions.get(entry.reference())
                    : Input.ofClip(Files.readAllBytes(clip(entry.reference())));
            booked.merge(input, Booked.NOTHING.and(entry), (so, far) -> so.and(entry));
        }
        return booked.values().stream().map(Booked::sum).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Each input ended once, its result is its own, and it was charged as its end says. */
    void assertInOrder(Collection<Input> inputs) throws IOException {
        Map<String, Integer> ends = new TreeMap<>();
        List<String> violations = new ArrayList<>();
        for (Input input : inputs) {
            String end = end(input);
            Booked of = booked.getOrDefault(input, Booked.NOTHING);
            ends.merge(end.split(" ", 2)[0], 1, Integer::sum);
            int delivered = deliveries.getOrDefault(input.name(), 0);
            if (delivered != (end.equals(OUTBOX) ? 1 : 0)
                    || end.equals(OUTBOX) && !input.isResult(read(input))
                    || !isPossible(input, end, of)) {
                violations.add(input + ": " + end + ", delivered " + delivered + " times, " + of);
            }
        }
        System.out.println("EightHoursOfTroubleIT: " + ends);
        assertThat(violations).isEmpty();
        assertThat(inputs).containsAll(booked.keySet());
    }

    private static boolean isPossible(Input input, String end, Booked booked) {
        boolean paid = booked.charges - booked.refunds == 1 && booked.sum.compareTo(input.price()) == 0;
        boolean unpaid = booked.charges == booked.refunds && booked.sum.signum() == 0;
        // a task that went on when its route had given up, and failed
        boolean refunded = unpaid && booked.refunds > 0;
        boolean onceAtMost = input.isClip() || booked.charges <= 1;
        return onceAtMost
                && switch (end.split(" ", 2)[0]) {
                    case OUTBOX -> paid;
                    case "YES" -> paid || refunded;
                    case "NO" -> unpaid;
                    case "UNKNOWN", SILENT -> paid || unpaid;
                    default -> false;
                };
    }

    /** {@code OUTBOX}, or what the dead letter says of the money, and why. */
    private String end(Input input) throws IOException {
        boolean delivered = Files.exists(folder.resolve("outbox").resolve(input.name()));
        boolean failed = Files.exists(folder.resolve("failed").resolve(input.name()));
        if (delivered == failed) {
            return delivered ? "BOTH" : "LOST";
        }
        Path why = folder.resolve("failed").resolve(input.name() + ".txt");
        if (delivered) {
            return Files.exists(why) ? "DELIVERED, but " + Files.readString(why) : OUTBOX;
        }
        return Files.exists(why) ? Files.readString(why) : failures.getOrDefault(input.name(), SILENT);
    }

    /** Whether a dead letter may be put back for nothing: a picture that wasn't charged, and any clip. */
    boolean isFree(Input deadLetter) throws IOException {
        String end = end(deadLetter);
        return deadLetter.isClip() || end.startsWith(Billed.NO + " ") || end.equals(SILENT);
    }

    private byte[] read(Input input) throws IOException {
        return Files.readAllBytes(folder.resolve("outbox").resolve(input.name()));
    }

    private Path clip(String taskId) {
        Path result = platform.resolve("results").resolve(taskId + ".mp4");
        return Files.exists(result) ? result : platform.resolve("uploads").resolve(taskId);
    }

    /** The pictures of a session have its id in their names. */
    private Map<String, Input> inputsBySession() throws IOException {
        Map<String, Input> inputs = new HashMap<>();
        try (Stream<Path> files = Files.list(platform.resolve("sessions"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".jpeg")) {
                    inputs.put(name.substring(0, name.indexOf('-')), Input.ofPicture(Files.readAllBytes(file)));
                }
            }
        }
        return inputs;
    }
}
