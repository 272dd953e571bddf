package io.github.cameldewatermark.client.throttle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer whose time passes only when it is told to, and the clock that goes with it. Has no thread. */
public final class VirtualTimer extends ScheduledThreadPoolExecutor {

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long scheduled;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    public VirtualTimer() {
        super(1);
    }

    /** The time of this timer. */
    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        Entry entry = new Entry(work, now.plusNanos(unit.toNanos(delay)), scheduled++);
        entries.add(entry);
        return entry;
    }

    /** How long until the next entry is due. */
    public Optional<Duration> untilNext() {
        return next().map(entry -> Duration.between(now, entry.due));
    }

    /** Lets time pass until the next entry, and runs it. */
    public Duration runNext() {
        Entry entry = next().orElseThrow(() -> new AssertionError("nothing is waited for"));
        Duration passed = Duration.between(now, entry.due);
        pass(passed);
        return passed;
    }

    /** Lets time pass, and runs what becomes due. */
    public void pass(Duration duration) {
        Instant end = now.plus(duration);
        for (Optional<Entry> due = next(); due.isPresent() && !due.get().due.isAfter(end); due = next()) {
            now = due.get().due.isAfter(now) ? due.get().due : now;
            entries.remove().run();
        }
        now = end;
    }

    private Optional<Entry> next() {
        while (!entries.isEmpty() && entries.peek().isCancelled()) {
            entries.remove();
        }
        return Optional.ofNullable(entries.peek());
    }

    private static final class Entry extends FutureTask<Void> implements ScheduledFuture<Void> {
        /** What is due at the same time runs in the order in which it was scheduled. */
        private static final Comparator<Entry> ORDER =
                Comparator.comparing((Entry entry) -> entry.due).thenComparingLong(entry -> entry.number);

        private final Instant due;
        private final long number;

        Entry(Runnable work, Instant due, long number) {
            super(work, null);
            this.due = due;
            this.number = number;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int compareTo(Delayed other) {
            return ORDER.compare(this, (Entry) other);
        }
    }
}
