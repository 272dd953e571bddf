package io.github.cameldewatermark.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, 10, WHOLE, 0, 10",
                "bytes=0-0, 10, PART, 0, 1",
                "bytes=3-5, 10, PART, 3, 3",
                "bytes=3-, 10, PART, 3, 7",
                "bytes=3-99, 10, PART, 3, 7",
                "bytes=-4, 10, PART, 6, 4",
                "bytes=-99, 10, PART, 0, 10",
                "bytes=10-, 10, OUTSIDE, 0, 0",
                "bytes=-0, 10, OUTSIDE, 0, 0",
                "bytes=0-, 0, OUTSIDE, 0, 0",
                "bytes=5-3, 10, WHOLE, 0, 10",
                "bytes=-, 10, WHOLE, 0, 10",
                "lines=1-2, 10, WHOLE, 0, 10",
                "'bytes=0-1,4-5', 10, WHOLE, 0, 10",
            })
    void aRangeIsReadAsTheRfcSays(String header, long size, ByteRange.Kind kind, long from, long length) {
        assertThat(ByteRange.parse(header, size)).isEqualTo(new ByteRange(kind, from, length));
    }
}
