package io.github.cameldewatermark.operation;

import static io.github.cameldewatermark.TestMetadata.exif;
import static io.github.cameldewatermark.TestMetadata.exifSegment;
import static io.github.cameldewatermark.TestMetadata.withSegments;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.LogLines;
import io.github.cameldewatermark.TestPictures;
import io.github.cameldewatermark.client.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataCarrierTest {

    private static final byte[] RESULT = TestPictures.jpeg(64, 48, 9);

    /** Without metadata as far as it failed: when they are read, or when the result is compared with the original. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aPaidResultIsKeptWhateverTheOriginalThrows(int reads) throws IOException {
        Spool spool = new Spool(null); // in memory
        try (LogLines log = LogLines.infos()) {
            MetadataCarrier carrier = new MetadataCarrier(new Failing(reads), false, spool);
            carrier.out().write(RESULT);
            carrier.finish();

            byte[] kept = spool.content("photo.jpg").open().readAllBytes();
            assertThat(kept).startsWith(0xFF, 0xD8).endsWith(Arrays.copyOfRange(RESULT, 20, RESULT.length));
            assertThat(log.messages()).singleElement().asString().contains("photo.jpg");
        }
    }

    /** Upside down: only the pixels tell whether the platform has turned it. */
    private record Failing(byte[] bytes, int[] reads) implements Content {

        Failing(int reads) {
            this(withSegments(TestPictures.jpeg(64, 48, 9), exifSegment(exif(3))), new int[] {reads});
        }

        @Override
        public String name() {
            return "photo.jpg";
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            if (reads[0]-- == 0) {
                throw new NoClassDefFoundError("a part of a decoder");
            }
            return new ByteArrayInputStream(bytes);
        }
    }
}
