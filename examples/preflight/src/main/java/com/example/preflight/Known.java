package com.example.preflight;

import java.util.Set;

/**
 * What earlier batches have left.
 *
 * @param cleaned  the hashes of what is clean
 * @param paid     what is paid
 * @param payAgain whether to pay for what may have been charged
 */
record Known(Set<String> cleaned, PaidContents paid, boolean payAgain) {}
