package io.github.cameldewatermark.sandbox.platform;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** What is done to the files of one kind of tasks, and what it costs. */
interface Cleaning {

    /**
     * @param length       how long the file is; {@code null} if {@link Cleaning#length} has told it
     * @param hasWatermark whether a watermark was found (and removed)
     */
    record Cleaned(Double length, boolean hasWatermark) {}

    TaskKind kind();

    /**
     * How long a file is, which its price and its time depend on: seconds of a clip, pages of a PDF.
     *
     * @return         empty: cleaning it will tell
     * @throws Refusal BAD_REQUEST: the platform doesn't take it
     */
    OptionalDouble length(Path upload);

    BigDecimal price(double length);

    /** How an account is refused that has some credits, but too few. */
    Refusal.Reason tooLittleCredit();

    /**
     * Checks what is to be erased from a file.
     *
     * @throws Refusal BAD_REQUEST: it isn't a PNG of the size of the file
     */
    void checkBrush(Path brush, Path upload) throws IOException;

    /**
     * @param  brush       what is to be erased; {@code null}: the engine looks for the watermark
     * @param  result      doesn't exist yet
     * @throws IOException it can't be cleaned
     */
    Cleaned clean(Path upload, Path brush, Path result) throws IOException;
}
