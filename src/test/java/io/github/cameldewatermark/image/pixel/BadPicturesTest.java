package io.github.cameldewatermark.image.pixel;

import static io.github.cameldewatermark.testkit.PictureSamples.picture;
import static io.github.cameldewatermark.testkit.PictureSamples.written;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.PictureInfo;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.TestMetadata;
import io.github.cameldewatermark.testkit.TestPictures;
import io.github.cameldewatermark.testkit.Thorough;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What can't become a JPEG is refused in one line that says what it is and what to do, whatever its bytes claim. */
class BadPicturesTest {

    private static final String NOTHING = ". Nothing was sent, nothing was charged.";
    private static final String CUT =
            " that was cut short or is damaged; was it still being written? (option readLock of the consumer)";
    private static final String TOO_MANY =
            " px, which is more than the 500 million (and 65500 on a side) that can be decoded; scale it down first";

    @ParameterizedTest
    @MethodSource("bad")
    void aBadPictureIsRefused(byte[] bytes, String what) {
        assertThat(refusal(bytes)).isEqualTo("photo.png " + what + NOTHING);
    }

    static Stream<Arguments> bad() {
        byte[] png = written(picture(40, 30), "png");
        byte[] gif = written(picture(40, 30, BufferedImage.TYPE_BYTE_INDEXED), "gif");
        byte[] webp = TestPictures.resource("/pictures/lossy.webp");
        byte[] broken = "no profile at all".getBytes(ISO_8859_1);
        String profile = " with a broken colour profile (ICC); save it again, as sRGB or without a profile";
        return Stream.of(
                bad("bomb", PictureSamples.bomb(60_000, 60_000), "claims to have 60000 x 60000" + TOO_MANY),
                bad(
                        "PNG of any width",
                        PictureSamples.bomb(Integer.MAX_VALUE, 1),
                        "claims to have 2147483647 x 1" + TOO_MANY),
                bad("BMP of any width", bmp(Integer.MAX_VALUE, 1), "claims to have 2147483647 x 1" + TOO_MANY),
                bad("BMP without a size", bmp(0, 7), "is a BMP without a size"),
                bad("BMP of the smallest height", bmp(7, Integer.MIN_VALUE), "is a BMP without a size"),
                bad("GIF of any size", gif(65535, 65535), "claims to have 65535 x 65535" + TOO_MANY),
                bad("TIFF of any size", tiff(-1, -1), "claims to have 2147483647 x 2147483647" + TOO_MANY),
                bad("broken profile in a PNG", PictureSamples.profiledPng(png, broken), "is a PNG picture" + profile),
                bad(
                        "profile that can't be inflated",
                        PictureSamples.chunk(png, "iCCP", broken),
                        "is a PNG picture" + profile),
                bad(
                        "broken profile in a large JPEG",
                        PictureSamples.profiled(PictureSamples.jpeg(picture(6001, 1)), broken),
                        "is a JPEG picture" + profile),
                bad(
                        "large JPEG that lacks a part of its profile",
                        TestMetadata.withSegments(
                                PictureSamples.jpeg(picture(6001, 1)),
                                TestMetadata.profileSegment(1, 2, PictureSamples.linearProfile())),
                        "is a JPEG picture" + profile),
                bad(
                        "animated WebP",
                        TestPictures.resource("/pictures/animated.webp"),
                        "is an animated WebP picture;" + " save one of its frames as a picture first"),
                bad(
                        "text that begins like a BMP",
                        "BMW, a note of more bytes than a header has: not a picture".getBytes(ISO_8859_1),
                        "is a text; put a picture in its place"),
                bad("cut PNG", TestPictures.cutShort(png), "is a PNG" + CUT),
                bad("cut GIF", TestPictures.cutShort(gif), "is a GIF" + CUT),
                bad("cut WebP", TestPictures.cutShort(webp), "is a WebP" + CUT),
                bad("cut BMP", TestPictures.cutShort(written(picture(40, 30), "bmp")), "is a BMP" + CUT),
                bad("cut TIFF", TestPictures.cutShort(written(picture(40, 30), "tiff")), "is a TIFF" + CUT),
                bad(
                        "PNG with a corrupt chunk",
                        changed(png, png.length / 2),
                        "is a broken PNG (the checksum of its chunk"
                                + " IDAT is wrong); get it again or save it again"),
                bad(
                        "pages",
                        PictureSamples.sequence("tiff", picture(9, 9), picture(9, 9)),
                        "is a TIFF with several pages;" + " split it into pictures first"));
    }

    private static Arguments bad(String name, byte[] bytes, String what) {
        return Arguments.of(Named.of(name, bytes), what);
    }

    /** Cut anywhere, and with any byte changed: a JPEG comes out or one line, and never more memory than it is worth. */
    @ParameterizedTest
    @MethodSource("formats")
    void whateverIsDamagedBecomesAJpegOrIsRefused(byte[] picture) throws IOException {
        Random random = new Random(17);
        for (int i = 0; i < Thorough.of(300, 100); i++) {
            byte[] damaged = changed(picture, random.nextInt(picture.length));
            assertConvertedOrRefused(i % 3 == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged);
        }
    }

    static Stream<Named<byte[]>> formats() {
        return Stream.of(
                Named.of("PNG", written(picture(40, 30), "png")),
                Named.of("GIF", written(picture(40, 30, BufferedImage.TYPE_BYTE_INDEXED), "gif")),
                Named.of("BMP", written(picture(20, 15), "bmp")),
                Named.of("TIFF", written(picture(20, 15), "tiff")),
                Named.of("CMYK", PictureSamples.cmykJpeg(40, 30)),
                Named.of("WebP", TestPictures.resource("/pictures/lossy.webp")),
                Named.of("lossless WebP", TestPictures.resource("/pictures/lossless.webp")));
    }

    private static void assertConvertedOrRefused(byte[] bytes) throws IOException {
        try {
            Content content = Content.of("photo.png", bytes);
            PictureInfo info = ImageInspector.inspect(content);
            ImageConverter converter = new ImageConverter(content, info, ImageInspector.MAX_SIDE);
            if (converter.memory() < 100_000_000) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                converter.writeTo(out);
                ImageInspector.requireJpeg(Content.of("result", out.toByteArray()), ImageInspector.MAX_SIDE);
            }
        } catch (DewatermarkInputException e) {
            assertThat(e).hasMessageStartingWith("photo.png ").hasMessageEndingWith(NOTHING);
        }
    }

    /** 200 MB of text in 200 kB. */
    @Test
    void textInAPngIsNotInflated() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes("Comment\0\0".getBytes(ISO_8859_1));
        try (OutputStream out = new DeflaterOutputStream(text)) {
            byte[] zeros = new byte[1_000_000];
            for (int i = 0; i < 200; i++) {
                out.write(zeros);
            }
        }
        for (int type : new int[] {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_INDEXED}) {
            byte[] png = PictureSamples.chunk(written(picture(40, 30, type), "png"), "zTXt", text.toByteArray());
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();

            assertConvertedOrRefused(png);

            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(50_000_000);
        }
    }

    /** Not a few bytes may claim much: the bound of pixels is there so that a whole one doesn't take for ever. */
    @Test
    void aPictureWithoutItsPixelsIsRefusedBeforeMemoryIsTakenForThem() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] bomb = PictureSamples.bomb(60_000, 60_000);
        long before = threads.getCurrentThreadAllocatedBytes();

        refusal(bomb);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
    }

    private static String refusal(byte[] bytes) {
        Content content = Content.of("photo.png", bytes);
        DewatermarkInputException e = catchThrowableOfType(DewatermarkInputException.class, () -> new ImageConverter(
                        content, ImageInspector.inspect(content), ImageInspector.MAX_SIDE)
                .writeTo(OutputStream.nullOutputStream()));
        assertThat(e).isNotNull();
        assertThat(e.billed()).isEqualTo(Billed.NO);
        assertThat(e.retryable()).isFalse();
        return e.getMessage();
    }

    private static byte[] changed(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 0x55;
        return changed;
    }

    private static byte[] bmp(int width, int height) {
        return ByteBuffer.wrap(written(picture(4, 4), "bmp"))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(18, width)
                .putInt(22, height)
                .array();
    }

    private static byte[] gif(int width, int height) {
        byte[] gif = written(picture(4, 4, BufferedImage.TYPE_BYTE_BINARY), "gif");
        int frame = new String(gif, ISO_8859_1).indexOf(",\0\0\0\0\4\0\4\0");
        return ByteBuffer.wrap(gif)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(frame + 5, (short) width)
                .putShort(frame + 7, (short) height)
                .array();
    }

    private static byte[] tiff(int width, int height) {
        return ByteBuffer.allocate(50)
                .put(new byte[] {'M', 'M', 0, 42})
                .putInt(8)
                .putShort((short) 3)
                .putShort((short) 256)
                .putShort((short) 4)
                .putInt(1)
                .putInt(width)
                .putShort((short) 257)
                .putShort((short) 4)
                .putInt(1)
                .putInt(height)
                .putShort((short) 262) // in grey
                .putShort((short) 3)
                .putInt(1)
                .putInt(1 << 16)
                .putInt(0)
                .array();
    }
}
