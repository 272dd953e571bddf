package io.github.cameldewatermark.client.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.throttle.RateGate.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RateGateTest {

    private final VirtualTimer time = new VirtualTimer();
    private final RateGate gate = new RateGate(time.clock());

    @Test
    void nobodyWaitsBeforeTheFirstRefusal() {
        assertThat(turns(1000)).allMatch(turn -> gate.ask(turn).isZero());
        assertThat(gate.closedFor()).isZero();
    }

    @Test
    void itIsClosedForAsLongAsTheServerAsks() {
        refused(Duration.ofSeconds(17));

        assertThat(gate.closedFor()).isEqualTo(Duration.ofSeconds(17));
        Turn turn = turn();
        assertThat(gate.ask(turn)).isEqualTo(Duration.ofSeconds(17));
        time.pass(Duration.ofSeconds(16));
        assertThat(gate.closedFor()).isEqualTo(Duration.ofSeconds(1));
        assertThat(gate.ask(turn)).isEqualTo(Duration.ofSeconds(1));
        time.pass(Duration.ofSeconds(1));
        assertThat(gate.closedFor()).isZero();
        assertThat(gate.ask(turn)).isZero();
    }

    @Test
    void aShorterAskDoesNotOpenItEarlier() {
        List<Turn> together = letThrough(2);
        gate.refused(together.get(0), Duration.ofSeconds(17));
        gate.refused(together.get(1), Duration.ofSeconds(3));

        assertThat(gate.closedFor()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void aLongerAskClosesItForLonger() {
        List<Turn> together = letThrough(2);
        gate.refused(together.get(0), Duration.ofSeconds(3));
        Turn waiting = turn();
        gate.ask(waiting);
        gate.refused(together.get(1), Duration.ofSeconds(17));

        assertThat(gate.closedFor()).isEqualTo(Duration.ofSeconds(17));
        assertThat(gate.ask(waiting)).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void withoutAnAskItWaitsTwiceAsLongEachTimeUpToABound() {
        double[] seconds = {1, 2, 4, 8, 16, 30, 30, 30};
        for (double expected : seconds) {
            assertBackOff(expected, null);
        }
    }

    @Test
    void anAskForNoWaitIsNoAsk() {
        assertBackOff(1, Duration.ZERO);
        assertBackOff(2, Duration.ZERO);
    }

    @Test
    void manyRefusalsNeverOverflow() {
        for (int i = 0; i < 100; i++) {
            refused(null);
            time.pass(gate.closedFor());
        }
        assertBackOff(30, null);
    }

    @Test
    void callsThatWereOnTheirWayCountOnce() {
        List<Turn> together = letThrough(16);
        assertThat(gate.refused(together.get(0), null)).isTrue();
        Duration first = gate.closedFor();
        for (Turn turn : together.subList(1, 16)) {
            assertThat(gate.refused(turn, null)).isFalse();
        }

        assertThat(gate.closedFor()).isEqualTo(first);
        time.pass(first);
        assertBackOff(2, null);
    }

    @Test
    void anAcceptedCallStartsTheWaitsAnew() {
        for (int i = 0; i < 5; i++) {
            refused(null);
            time.pass(gate.closedFor());
        }
        gate.accepted(letThrough(1).get(0), true);

        assertBackOff(1, null);
    }

    @Test
    void aCallThatWasOnItsWayAndIsAcceptedDoesNotOpenIt() {
        List<Turn> together = letThrough(2);
        gate.refused(together.get(0), Duration.ofSeconds(17));
        gate.accepted(together.get(1), true);

        assertThat(gate.closedFor()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void aCallThatIsMadeAllTheSameAndAcceptedOpensIt() {
        refused(Duration.ofDays(365));
        Turn turn = turn();
        gate.force(turn);
        gate.accepted(turn, true);

        assertThat(gate.closedFor()).isZero();
        assertThat(gate.ask(turn())).isZero();
    }

    @Test
    void afterTheFirstRefusalTheyGoOneByOneAndTwiceAsFastEachSecond() {
        refused(Duration.ofSeconds(1));

        List<Double> seconds = secondsOf(100);

        assertThat(seconds.get(0)).isEqualTo(1);
        assertThat(seconds.get(1)).isGreaterThan(1.3);
        long inTheThird = seconds.stream().filter(s -> s >= 3 && s < 4).count();
        long inTheFourth = seconds.stream().filter(s -> s >= 4 && s < 5).count();
        assertThat(inTheFourth).isCloseTo(2 * inTheThird, within(2L));
    }

    @Test
    void whatIsRefusedThenIsHowFastItMayBe() {
        double limit = learn();

        List<Double> seconds = secondsOf(1000);

        assertThat(rate(seconds, 0)).isCloseTo(limit, within(1.0));
        assertThat(rate(seconds, 50)).isCloseTo(1.3 * limit, within(1.0));
    }

    @Test
    void aServerThatDoesNotEvenTakeTheFirstIsAskedSlowlyUntilItTakesWhatItDid() {
        double limit = learn();
        time.pass(Duration.ofSeconds(1));
        refused(Duration.ofSeconds(1));

        List<Double> seconds = secondsOf(1000);

        assertThat(rate(seconds, 0)).isLessThan(4);
        assertThat(rate(seconds, 6)).isCloseTo(limit, within(1.5));
    }

    @Test
    void aRefusalKeepsTheOrderOfThoseWhoWait() {
        refused(Duration.ofSeconds(1));
        List<Turn> waiting = turns(5);
        waiting.forEach(gate::ask);
        time.pass(Duration.ofSeconds(1));
        assertThat(gate.ask(waiting.get(0))).isZero();
        gate.refused(waiting.get(0), Duration.ofSeconds(3));

        Duration last = gate.ask(waiting.get(4));
        Duration newcomer = gate.ask(turn());
        assertThat(gate.ask(waiting.get(0))).isEqualTo(Duration.ofSeconds(3));
        assertThat(newcomer).isGreaterThan(last);
    }

    @Test
    void looksAtTasksTakeTurnsWithAllOtherCalls() {
        refused(Duration.ofSeconds(1));
        List<Turn> others = turns(100);
        others.forEach(gate::ask);
        List<Turn> looks =
                Stream.generate(() -> gate.turn(ApiCall.VIDEO_STATUS)).limit(3).toList();
        looks.forEach(gate::ask);

        List<Turn> order = order(Stream.concat(others.stream(), looks.stream()).toList(), 8);

        assertThat(order)
                .containsExactly(
                        looks.get(0),
                        others.get(0),
                        looks.get(1),
                        others.get(1),
                        looks.get(2),
                        others.get(2),
                        others.get(3),
                        others.get(4));
    }

    @Test
    void whoeverLeavesIsNotWaitedFor() {
        refused(Duration.ofSeconds(1));
        List<Turn> waiting = turns(5);
        waiting.forEach(gate::ask);
        Duration before = gate.ask(waiting.get(4));

        waiting.subList(0, 4).forEach(gate::leave);

        assertThat(before).isGreaterThan(Duration.ofSeconds(2));
        assertThat(gate.ask(waiting.get(4))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void timeThatNobodyUsesDoesNotMakeTheStartFaster() {
        refused(Duration.ofSeconds(1));
        time.pass(Duration.ofSeconds(30));

        assertThat(rate(secondsOf(100), 0)).isLessThan(4);
    }

    @Test
    void withoutARefusalForLongNobodyWaitsAnyMore() {
        learn();
        Turn waiting = turn();
        gate.ask(waiting);
        time.pass(Duration.ofSeconds(62));

        assertThat(gate.ask(waiting)).isZero();
        assertThat(turns(1000)).allMatch(turn -> gate.ask(turn).isZero());
        assertThat(refused(Duration.ofSeconds(1))).isTrue();
    }

    @Test
    void nobodySleepsLongerThanThat() {
        refused(Duration.ofSeconds(1));
        Turn second = letThrough(2).get(1);
        gate.refused(second, Duration.ofSeconds(1));

        List<Turn> many = turns(1000);

        assertThat(many).allSatisfy(turn -> assertThat(gate.ask(turn)).isLessThan(Duration.ofSeconds(62)));
    }

    /** Refused, and again some seconds later; the limit that this makes. */
    private double learn() {
        refused(Duration.ofSeconds(1));
        Turn tooFast = letThrough(30).get(29);
        gate.accepted(tooFast, true);
        gate.refused(tooFast, Duration.ofSeconds(1));
        return 0.6 * tooFast.rate();
    }

    private boolean refused(Duration retryAfter) {
        return gate.refused(letThrough(1).get(0), retryAfter);
    }

    private Turn turn() {
        return gate.turn(ApiCall.ERASE);
    }

    private List<Turn> turns(int count) {
        return Stream.generate(this::turn).limit(count).toList();
    }

    private List<Turn> letThrough(int count) {
        return order(turns(count), count);
    }

    private List<Turn> order(List<Turn> turns, int count) {
        return through(turns, count).stream().map(Through::turn).toList();
    }

    private List<Double> secondsOf(int count) {
        return through(turns(count), count).stream().map(Through::seconds).toList();
    }

    /** The first who get through if all ask whenever they are told to. */
    private List<Through> through(List<Turn> turns, int count) {
        Instant start = time.clock().instant();
        List<Through> through = new ArrayList<>();
        turns.forEach(turn -> askUntilThrough(turn, start, through));
        while (through.size() < count) {
            time.runNext();
        }
        return through.subList(0, count);
    }

    private void askUntilThrough(Turn turn, Instant start, List<Through> through) {
        Duration wait = gate.ask(turn);
        if (wait.isZero()) {
            through.add(new Through(
                    turn, Duration.between(start, time.clock().instant()).toNanos() / 1e9));
        } else {
            time.schedule(() -> askUntilThrough(turn, start, through), wait.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private record Through(Turn turn, double seconds) {}

    /** How many in a second, so long after the first one. */
    private static double rate(List<Double> seconds, double after) {
        double from = seconds.get(0) + after;
        return seconds.stream().filter(s -> s >= from && s < from + 1).count();
    }

    private void assertBackOff(double seconds, Duration retryAfter) {
        refused(retryAfter);
        assertThat(gate.closedFor().toMillis() / 1000.0).isBetween(0.8 * seconds - 0.001, 1.2 * seconds);
        time.pass(gate.closedFor());
    }
}
