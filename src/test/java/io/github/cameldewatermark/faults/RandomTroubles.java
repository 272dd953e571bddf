package io.github.cameldewatermark.faults;

import io.github.cameldewatermark.faults.Trouble.Reach;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Spoils one call of five, each in a way of its own, out of those of the fault matrix. Four of them are left to others:
 * <ul>
 * <li>a connection that is refused isn't a matter of one call: {@link Relay#closePorts()};
 * <li>429 and 503 come in times of their own, {@link #limit} and {@link #offline}: each closes the component for a second,
 * which no option makes shorter;
 * <li>a {@code Content-Length} of a download that is too small can't be noticed;
 * <li>a platform that denies a task which it has is believed: the clip fails until a person decides to pay for it again.
 * </ul>
 */
final class RandomTroubles implements Function<Call, Trouble> {

    private static final double SHARE = 0.2;
    private static final long SECOND = 1_000_000_000;

    private final Random random;
    private final Map<Call, Integer> calls = new TreeMap<>();
    private final Map<String, Integer> happened = new TreeMap<>();
    private boolean calm;
    private boolean offline;
    private int perSecond = Integer.MAX_VALUE;
    private long second;
    private int inThisSecond;

    RandomTroubles(Random random) {
        this.random = random;
    }

    /** Calls of the API that are taken in a second; the others get 429. */
    synchronized void limit(int limit) {
        perSecond = limit;
    }

    /** Whether all calls of the API get 503. */
    synchronized void offline(boolean is) {
        offline = is;
    }

    /** From now on all is well. */
    synchronized void end() {
        calm = true;
    }

    @Override
    public synchronized Trouble apply(Call call) {
        if (calm) {
            return null;
        }
        calls.merge(call, 1, Integer::sum);
        Trouble trouble = trouble(call);
        if (trouble != null) {
            happened.merge(trouble.label(), 1, Integer::sum);
        }
        return trouble;
    }

    private Trouble trouble(Call call) {
        if (!call.isSigned() && offline) {
            return Trouble.of("503");
        }
        if (!call.isSigned() && isTooMany()) {
            return Trouble.of("429");
        }
        return random.nextDouble() < SHARE ? any(call) : null;
    }

    private boolean isTooMany() {
        long now = System.nanoTime() / SECOND;
        inThisSecond = now == second ? inThisSecond + 1 : 1;
        second = now;
        return inThisSecond > perSecond;
    }

    private Trouble any(Call call) {
        List<Trouble> possible = Trouble.ALL.stream()
                .filter(trouble -> isPossible(call, trouble))
                .toList();
        return possible.get(random.nextInt(possible.size()));
    }

    private static boolean isPossible(Call call, Trouble trouble) {
        boolean unnoticed = call == Call.DOWNLOAD && trouble.isUnnoticed();
        boolean denial = call == Call.STATUS && List.of("404", "410").contains(trouble.label());
        return trouble.reach() != Reach.NOT_CONNECTED && !trouble.isThrottling() && !unnoticed && !denial;
    }

    /** How many there were of each call and each trouble. */
    @Override
    public synchronized String toString() {
        return calls + ", of which "
                + happened.values().stream().mapToInt(Integer::intValue).sum() + " went wrong: " + happened;
    }
}
