package io.github.cameldewatermark.image.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.ExifThumbnailDirectory;
import com.drew.metadata.exif.ExifTiffHandler;
import com.drew.metadata.exif.GpsDirectory;
import io.github.cameldewatermark.testkit.TestMetadata;
import io.github.cameldewatermark.testkit.TestPictures;
import io.github.cameldewatermark.testkit.Thorough;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Held against another reader. */
class ExifTest {

    private static final byte[] THUMBNAIL = TestPictures.jpeg(16, 12);

    static Stream<ByteOrder> orders() {
        return Stream.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN);
    }

    static Stream<Arguments> ordersAndOrientations() {
        return orders().flatMap(order -> Arrays.stream(Orientation.values()).map(held -> Arguments.of(order, held)));
    }

    @ParameterizedTest
    @MethodSource("ordersAndOrientations")
    void theOrientationIsReadAndChanged(ByteOrder order, Orientation held) throws Exception {
        byte[] bytes = TestMetadata.exif(order, held.tag(), THUMBNAIL);
        Exif exif = Exif.of(bytes);

        assertThat(Exif.orientation(bytes)).isEqualTo(held);

        exif.setOrientation(Orientation.UPRIGHT);
        assertThat(read(exif)
                        .getFirstDirectoryOfType(ExifIFD0Directory.class)
                        .getInt(ExifDirectoryBase.TAG_ORIENTATION))
                .isEqualTo(1);
        assertThat(changes(bytes, exif.bytes())).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void theSizeIsChanged(ByteOrder order) throws Exception {
        byte[] bytes = TestMetadata.exif(order, 1, THUMBNAIL);
        Exif exif = Exif.of(bytes);

        exif.setSize(70_000, 33);

        ExifSubIFDDirectory read = read(exif).getFirstDirectoryOfType(ExifSubIFDDirectory.class);
        assertThat(read.getInt(ExifDirectoryBase.TAG_EXIF_IMAGE_WIDTH)).isEqualTo(70_000);
        assertThat(read.getInt(ExifDirectoryBase.TAG_EXIF_IMAGE_HEIGHT)).isEqualTo(33);
        assertThat(changes(bytes, exif.bytes())).hasSizeLessThanOrEqualTo(8);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void theThumbnailGoesAndAllElseStays(ByteOrder order) throws Exception {
        byte[] bytes = TestMetadata.exif(order, 6, THUMBNAIL);
        assertThat(read(Exif.of(bytes)).containsDirectoryOfType(ExifThumbnailDirectory.class))
                .isTrue();
        Exif exif = Exif.of(bytes);

        exif.removeThumbnail();

        Metadata read = read(exif);
        assertThat(read.containsDirectoryOfType(ExifThumbnailDirectory.class)).isFalse();
        assertThat(exif.bytes()).endsWith(new byte[THUMBNAIL.length]).hasSameSizeAs(bytes);
        ExifIFD0Directory main = read.getFirstDirectoryOfType(ExifIFD0Directory.class);
        assertThat(main.getString(ExifDirectoryBase.TAG_MAKE)).isEqualTo(TestMetadata.MAKE);
        assertThat(main.getString(ExifDirectoryBase.TAG_COPYRIGHT)).isEqualTo(TestMetadata.COPYRIGHT);
        assertThat(read.getFirstDirectoryOfType(ExifSubIFDDirectory.class)
                        .getByteArray(ExifDirectoryBase.TAG_MAKERNOTE))
                .isEqualTo(TestMetadata.MAKER_NOTE);
        assertThat(read.getFirstDirectoryOfType(GpsDirectory.class)
                        .getGeoLocation()
                        .getLatitude())
                .isBetween(51.47, 51.48);
    }

    @Test
    void aThumbnailWhosePositionIsWrongIsForgottenButNothingIsWiped() {
        byte[] bytes = TestMetadata.exif(ByteOrder.BIG_ENDIAN, 6, "no JPEG".getBytes());
        Exif exif = Exif.of(bytes);

        exif.removeThumbnail();

        assertThat(new String(exif.bytes())).endsWith("no JPEG");
    }

    @Test
    void whatIsNoExifIsNotReadable() {
        assertThat(Exif.of(new byte[0])).isNull();
        assertThat(Exif.of("no TIFF at all".getBytes())).isNull();
        assertThat(Exif.of(Arrays.copyOf(TestMetadata.exif(1), 60))).isNull();
        assertThat(Exif.of(TestMetadata.exif(1))).isNotNull();
    }

    /** Bytes changed anywhere and cut anywhere: nothing is thrown, and no more is changed than what was asked for. */
    @Test
    void whateverIsBrokenIsTakenAsItIs() {
        Random random = new Random(42);
        int read = 0;
        for (int i = 0; i < Thorough.of(50_000, 10_000); i++) {
            byte[] bytes = broken(random);
            Exif exif = Exif.of(bytes);
            if (exif == null) {
                continue;
            }
            read++;
            byte[] before = exif.bytes().clone();
            assertThat(before).isEqualTo(bytes);
            exif.setOrientation(Orientation.of(1 + random.nextInt(8)));
            assertThat(changes(before, exif.bytes())).hasSizeLessThanOrEqualTo(4);
            before = exif.bytes().clone();
            exif.setSize(random.nextInt(), random.nextInt());
            assertThat(changes(before, exif.bytes())).hasSizeLessThanOrEqualTo(16);
            exif.removeThumbnail();
            assertThat(exif.bytes()).hasSameSizeAs(bytes);
        }
        assertThat(read).isPositive();
    }

    private static byte[] broken(Random random) {
        ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        byte[] bytes = TestMetadata.exif(order, 1 + random.nextInt(8), THUMBNAIL);
        if (random.nextInt(4) == 0) {
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        }
        for (int changes = random.nextInt(20); changes > 0 && bytes.length > 4; changes--) {
            // mostly in the directories, and often to numbers that are hard to bear
            int at = random.nextInt(random.nextBoolean() ? Math.min(120, bytes.length - 4) : bytes.length - 4);
            int number =
                    new int[] {0, -1, Integer.MAX_VALUE, 1, 8, bytes.length - 1, random.nextInt()}[random.nextInt(7)];
            ByteBuffer.wrap(bytes).order(order).putInt(at, number);
        }
        return bytes;
    }

    private static List<Integer> changes(byte[] before, byte[] after) {
        assertThat(after).hasSameSizeAs(before);
        return new ArrayList<>(IntStream.range(0, before.length)
                .filter(i -> before[i] != after[i])
                .boxed()
                .toList());
    }

    private static Metadata read(Exif exif) throws TiffProcessingException, IOException {
        Metadata metadata = new Metadata();
        new TiffReader().processTiff(new ByteArrayReader(exif.bytes()), new ExifTiffHandler(metadata, null, 0), 0);
        return metadata;
    }
}
