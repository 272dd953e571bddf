package io.github.cameldewatermark.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateGateTest {

    private final VirtualTimer time = new VirtualTimer();
    private final RateGate gate = new RateGate(time.clock());

    @Test
    void itIsOpenAtFirst() {
        assertThat(gate.delay()).isZero();
    }

    @Test
    void itIsClosedForAsLongAsTheServerAsks() {
        gate.refused(Duration.ofSeconds(17));

        assertThat(gate.delay()).isEqualTo(Duration.ofSeconds(17));
        time.pass(Duration.ofSeconds(16));
        assertThat(gate.delay()).isEqualTo(Duration.ofSeconds(1));
        time.pass(Duration.ofSeconds(1));
        assertThat(gate.delay()).isZero();
    }

    @Test
    void aShorterAskDoesNotOpenItEarlier() {
        gate.refused(Duration.ofSeconds(17));
        gate.refused(Duration.ofSeconds(3));

        assertThat(gate.delay()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void aLongerAskClosesItForLonger() {
        gate.refused(Duration.ofSeconds(3));
        gate.refused(Duration.ofSeconds(17));

        assertThat(gate.delay()).isEqualTo(Duration.ofSeconds(17));
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
            gate.refused(null);
            time.pass(gate.delay());
        }
        assertBackOff(30, null);
    }

    @Test
    void callsThatWereOnTheirWayCountOnce() {
        gate.refused(null);
        Duration first = gate.delay();
        for (int i = 0; i < 15; i++) {
            gate.refused(null);
        }

        assertThat(gate.delay()).isEqualTo(first);
        time.pass(first);
        assertBackOff(2, null);
    }

    @Test
    void anAcceptedCallStartsTheWaitsAnew() {
        for (int i = 0; i < 5; i++) {
            gate.refused(null);
            time.pass(gate.delay());
        }
        gate.accepted();

        assertBackOff(1, null);
    }

    @Test
    void aCallThatWasOnItsWayAndIsAcceptedDoesNotOpenIt() {
        gate.refused(Duration.ofSeconds(17));
        gate.accepted();

        assertThat(gate.delay()).isEqualTo(Duration.ofSeconds(17));
    }

    private void assertBackOff(double seconds, Duration retryAfter) {
        gate.refused(retryAfter);
        assertThat(gate.delay().toMillis() / 1000.0).isBetween(0.8 * seconds - 0.001, 1.2 * seconds);
        time.pass(gate.delay());
    }
}
