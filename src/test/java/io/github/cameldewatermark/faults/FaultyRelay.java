package io.github.cameldewatermark.faults;

import io.github.cameldewatermark.faults.Trouble.Reach;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A relay that spoils one kind of call, in one way. */
final class FaultyRelay implements AutoCloseable {

    /** How often the trouble happens. */
    enum Mode {
        ALWAYS,
        ONCE,
        NEVER
    }

    private final Call spoiled;
    private final Trouble trouble;
    private final Map<Call, AtomicInteger> requests = new EnumMap<>(Call.class);
    private final Relay relay;
    private Mode mode;

    FaultyRelay(String platform, Call spoiled, Trouble trouble, Mode mode) {
        this.spoiled = spoiled;
        this.trouble = trouble;
        this.mode = mode;
        for (Call call : Call.values()) {
            requests.put(call, new AtomicInteger());
        }
        relay = new Relay(platform, this::troubleOf);
        if (trouble.reach() == Reach.NOT_CONNECTED && before(spoiled) == null) {
            relay.port(spoiled).close();
        }
    }

    String url() {
        return relay.url();
    }

    /** How many requests of a kind have arrived here. */
    int requests(Call call) {
        return requests.get(call).get();
    }

    int requests() {
        return requests.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** From now on all is well. */
    synchronized void heal() {
        mode = Mode.NEVER;
        relay.port(spoiled).open();
    }

    private Trouble troubleOf(Call call) {
        requests.get(call).incrementAndGet();
        return isSpoiled(call) ? trouble : null;
    }

    private synchronized boolean isSpoiled(Call call) {
        if (call == before(spoiled) && trouble.reach() == Reach.NOT_CONNECTED && mode != Mode.NEVER) {
            relay.port(spoiled).close();
        }
        boolean spoils = call == spoiled && mode != Mode.NEVER;
        if (spoils && mode == Mode.ONCE) {
            mode = Mode.NEVER;
        }
        return spoils;
    }

    /** After which call the next one to the port of this one is this one; {@code null}: it is the first one there. */
    private static Call before(Call call) {
        return switch (call) {
            case CREDIT, ERASE, CREATE_UPLOAD, UPLOAD -> null;
            case SUBMIT -> Call.UPLOAD;
            case STATUS, DOWNLOAD -> Call.SUBMIT;
        };
    }

    @Override
    public void close() {
        relay.close();
    }
}
