package com.example.preflight;

import java.math.BigDecimal;

/**
 * A file that the batch sends.
 *
 * @param file     the file
 * @param cost     what its like costs
 * @param payment  what the journal says of its content
 */
public record Planned(MediaFile file, Cost cost, Payment payment) {

    /** What it costs now: what is paid is free. */
    Cost price() {
        return payment == Payment.PAID ? new Cost(1, 0, cost.seconds(), BigDecimal.ZERO) : cost;
    }

    /** Whether it is to be paid although it may have been charged. */
    public boolean payAgain() {
        return payment == Payment.UNCLEAR;
    }
}
