package io.github.cameldewatermark.image.metadata;

import static io.github.cameldewatermark.testkit.TestMetadata.exif;
import static io.github.cameldewatermark.testkit.TestMetadata.exifSegment;
import static io.github.cameldewatermark.testkit.TestMetadata.iptc;
import static io.github.cameldewatermark.testkit.TestMetadata.segment;
import static io.github.cameldewatermark.testkit.TestMetadata.withSegments;
import static io.github.cameldewatermark.testkit.TestMetadata.xmp;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.container.Orientation;
import io.github.cameldewatermark.image.header.JpegHeader;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.ReadMetadata;
import io.github.cameldewatermark.testkit.TestMetadata;
import io.github.cameldewatermark.testkit.TestOriginals;
import io.github.cameldewatermark.testkit.TestPictures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of originals, seen by what another reader finds in a JPEG that got it. */
class MetadataTest {

    @Test
    void aPngHasExifAndXmp() throws IOException {
        byte[] png = TestOriginals.png(exif(6), xmp(6));

        ReadMetadata read = carried(png);

        assertThat(read.make()).isEqualTo(TestMetadata.MAKE);
        assertThat(read.orientation()).isEqualTo(1);
        assertThat(read.xmp("dc:creator[1]")).isEqualTo(TestMetadata.CREATOR);
    }

    /** It would be looked through, which takes a minute and a half for a MiB of what a stranger may have put there. */
    @Test
    void whatNoSegmentTakesIsLeftOutAtOnce() throws IOException {
        byte[] thumbnails = "<xmp:Thumbnails>".repeat(4096).getBytes(ISO_8859_1);

        Metadata metadata = Metadata.of(Content.of("photo.png", TestOriginals.png(exif(1), thumbnails)), false);

        assertThat(metadata.xmp()).isNull();
        assertThat(metadata.exif()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Exif\0\0"})
    void aWebpHasExifAndXmp(String start) throws IOException {
        byte[] exif = PictureSamples.followedBy(start.getBytes(ISO_8859_1), exif(6));
        byte[] webp = TestOriginals.webp(exif, xmp(6));

        ReadMetadata read = carried(webp);

        assertThat(read.make()).isEqualTo(TestMetadata.MAKE);
        assertThat(read.orientation()).isEqualTo(1);
        assertThat(read.latitude()).isBetween(51.47, 51.48);
        assertThat(read.xmp("dc:creator[1]")).isEqualTo(TestMetadata.CREATOR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void aTiffHasAllOfThem(String order) throws IOException {
        byte[] tiff = TestOriginals.tiff(
                order.startsWith("L") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN, xmp(6), iptc());

        ReadMetadata read = carried(tiff);

        assertThat(read.make()).isEqualTo(TestMetadata.MAKE);
        assertThat(read.copyright()).isEqualTo(TestMetadata.COPYRIGHT);
        assertThat(read.date()).isEqualTo(TestMetadata.DATE);
        assertThat(read.latitude()).isBetween(51.47, 51.48);
        assertThat(read.xmp("dc:creator[1]")).isEqualTo(TestMetadata.CREATOR);
        assertThat(read.caption()).isEqualTo(TestMetadata.CAPTION);
    }

    @Test
    void aTiffWithoutAnySayingIsEmpty() throws IOException {
        assertThat(Metadata.of(Content.of("x", PictureSamples.as("tiff")), false)
                        .exif())
                .satisfies(exif -> assertThat(exif)
                        .satisfiesAnyOf(none -> assertThat(none).isNull(), some -> assertThat(some)
                                .hasSizeLessThan(100)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gif", "bmp", "png", "jpeg"})
    void aPictureWithoutMetadataHasNone(String format) throws IOException {
        assertThat(Metadata.of(Content.of("x", PictureSamples.as(format)), false)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void whatIsTooLargeForASegmentIsLeftOutAndTheRestIsCarriedOver() throws IOException {
        byte[] png = TestOriginals.png(Arrays.copyOf(exif(1), 65528), xmp(1));

        byte[] result = result(png);

        assertThat(new String(result, ISO_8859_1)).doesNotContain(TestMetadata.MAKE);
        assertThat(ReadMetadata.of(result).xmp("dc:creator[1]")).isEqualTo(TestMetadata.CREATOR);
        assertThat(carried(TestOriginals.png(Arrays.copyOf(exif(1), 65527), xmp(1)))
                        .make())
                .isEqualTo(TestMetadata.MAKE);
    }

    /** A phone may put megabytes of other pictures in front of the picture. */
    @Test
    void theExifIsFoundBehindMegabytes(@TempDir Path folder) throws IOException {
        byte[][] segments = new byte[400][];
        Arrays.fill(segments, segment(0xE1, "http://ns.adobe.com/xmp/extension/\0", new byte[60_000]));
        segments[399] = exifSegment(exif(6));
        Path file = Files.write(folder.resolve("phone.jpg"), withSegments(TestPictures.jpeg(64, 48), segments));

        assertThat(Metadata.of(Content.of(file), false).sent().orientation()).isEqualTo(Orientation.TURNED_LEFT);
    }

    @Test
    void noMoreThanFourMebibytesAreKept() throws IOException {
        byte[][] segments = new byte[90][];
        Arrays.fill(segments, segment(0xED, "Photoshop 3.0\0", TestMetadata.resource(1, new byte[60_000])));
        segments[0] = exifSegment(exif(6));

        Metadata metadata = Metadata.of(Content.of("x", withSegments(TestPictures.jpeg(64, 48), segments)), false);

        assertThat(metadata.photoshop().length).isBetween(4_000_000, 4 * 1024 * 1024);
        assertThat(metadata.exif()).isEqualTo(exif(6));
    }

    /** Originals with bytes changed or cut anywhere: read, or an IOException, and what is read can be carried over. */
    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "webp", "tiff"})
    void whateverIsBrokenIsReadOrRefused(String format) throws IOException {
        byte[] whole = TestOriginals.of(format, exif(6), xmp(6), iptc());
        JpegHeader head = JpegHeader.read(new ByteArrayInputStream(TestPictures.jpeg(8, 8)));
        Random random = new Random(7);
        int read = 0;
        for (int i = 0; i < 5_000; i++) {
            try {
                Metadata metadata = Metadata.of(Content.of("x", broken(whole, random)), false);
                assertThat(metadata.segmentsFor(head, true)).hasSizeLessThan(2 * whole.length + 1024);
                read++;
            } catch (IOException | DewatermarkInputException e) {
                // broken
            }
        }
        assertThat(read).isBetween(1, 4_999);
    }

    private static byte[] broken(byte[] whole, Random random) {
        byte[] bytes = random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
        for (int changes = random.nextInt(8); changes > 0 && bytes.length > 4; changes--) {
            int at = random.nextInt(random.nextBoolean() ? Math.min(300, bytes.length - 4) : bytes.length - 4);
            int number = new int[] {0, -1, Integer.MAX_VALUE, bytes.length, random.nextInt()}[random.nextInt(5)];
            ByteBuffer.wrap(bytes).putInt(at, number);
        }
        return bytes;
    }

    private static ReadMetadata carried(byte[] original) throws IOException {
        return ReadMetadata.of(result(original));
    }

    private static byte[] result(byte[] original) throws IOException {
        Content result = Content.of("y", TestPictures.jpeg(64, 48));
        try (InputStream in = MetadataInserter.insert(Content.of("x", original), false, result)
                .open()) {
            return in.readAllBytes();
        }
    }
}
