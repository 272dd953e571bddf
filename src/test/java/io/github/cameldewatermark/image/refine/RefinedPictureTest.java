package io.github.cameldewatermark.image.refine;

import static io.github.cameldewatermark.testkit.TestPictures.image;
import static io.github.cameldewatermark.testkit.TestPictures.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.PictureFormat;
import io.github.cameldewatermark.image.mask.MaskRegion;
import io.github.cameldewatermark.image.pixel.JpegWriter;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.TestPictures;
import io.github.cameldewatermark.testkit.Thorough;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefinedPictureTest {

    /** Exif with nothing but the orientation 8. */
    private static final String TURNED_RIGHT =
            "Exif\0\0MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0008\0\0\0\0\0\0";

    private static final int WIDTH = Thorough.of(4000, 1600);

    /** Of what comes back. */
    private static final int SMALL = Math.min(ImageInspector.MAX_REFINED_SIDE, WIDTH * 4 / 5);

    private static final String REGION = "bottom-right:30%x12%";

    /** Blocks of a JPEG are 16 px at most, and what is smoothed from one to the next is 1 px more. */
    private static final int BLOCK = 17;

    @ParameterizedTest
    @ValueSource(strings = {"coffee", "rocket", "chelsea"})
    void outsideOfTheMaskNearlyEveryPixelOfALargePictureIsTheSame(String name) throws IOException {
        byte[] full = scaled(sample(name), WIDTH);
        byte[] small = TestPictures.encoded(plain(SMALL, SMALL * 2 / 3, Color.RED), "jpg");

        byte[] result = refined(full, small);

        int[] before = pixels(image(full));
        BufferedImage image = image(result);
        int[] after = pixels(image);
        Difference far = new Difference();
        for (int i = 0; i < before.length; i++) {
            if (i % WIDTH < WIDTH * 7 / 10 - BLOCK || i / WIDTH < image.getHeight() * 88 / 100 - BLOCK) {
                far.add(before[i], after[i]);
            }
        }
        // the same as if it had been compressed again without a change: nothing of the patch got there
        assertThat(far.psnr()).isGreaterThan(60);
        assertThat(far.worst()).isLessThan(8);
        assertThat(new Color(image.getRGB(WIDTH - 50, image.getHeight() - 50)).getRed())
                .isGreaterThan(240);
    }

    @Test
    void awayFromTheMaskItIsTheSameAsThePictureCompressedAgain() throws IOException {
        byte[] full = scaled(sample("coffee"), WIDTH);
        byte[] small = TestPictures.encoded(plain(SMALL, SMALL * 2 / 3, Color.RED), "jpg");
        // erases the one pixel of the other corner only
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        refiner(full, "0,0,1,1").write(Content.of("r", small), again);

        int[] recompressed = pixels(image(again.toByteArray()));
        int[] after = pixels(image(refined(full, small)));

        int height = after.length / WIDTH;
        for (int i = 0; i < after.length; i++) {
            int x = i % WIDTH;
            int y = i / WIDTH;
            boolean touched = x >= WIDTH * 7 / 10 - BLOCK && y >= height * 88 / 100 - BLOCK;
            if (!touched && (x > BLOCK || y > BLOCK) && recompressed[i] != after[i]) {
                throw new AssertionError("differs at " + x + ", " + y);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Exif in front of JFIF", "no JFIF", "Exif only", "a comment"})
    void whateverMetadataThereAreThePixelsAreCompressedAsBefore(String kind) throws IOException {
        byte[] jfif = scaled(sample("coffee"), 1000);
        byte[] none = Arrays.copyOfRange(jfif, 18, jfif.length);
        System.arraycopy(jfif, 0, none, 0, 2);
        byte[] exif = "Exif\0\0MM\0*\0\0\0\u0008\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        byte[] full =
                switch (kind) {
                    case "Exif in front of JFIF" -> PictureSamples.segment(jfif, 0xE1, exif);
                    case "no JFIF" -> none;
                    case "Exif only" -> PictureSamples.segment(none, 0xE1, exif);
                    case "a broken profile" ->
                        PictureSamples.segment(
                                jfif, 0xE2, "ICC_PROFILE\0\u0001\u0001nonsense".getBytes(StandardCharsets.ISO_8859_1));
                    default -> PictureSamples.segment(jfif, 0xFE, new byte[10]);
                };

        byte[] result = refined(full, TestPictures.encoded(plain(500, 333, Color.RED), "jpg"));

        assertThat(tables(result)).isEqualTo(tables(jfif));
        assertThat(image(result).getRGB(300, 300)).isEqualTo(image(jfif).getRGB(300, 300));
    }

    /** The quantization tables, and the components with their sampling. */
    private static List<String> tables(byte[] jpeg) {
        List<String> tables = new ArrayList<>();
        for (int i = 2; (jpeg[i + 1] & 0xFF) != 0xDA; ) {
            int length = (jpeg[i + 2] & 0xFF) << 8 | jpeg[i + 3] & 0xFF;
            if ((jpeg[i + 1] & 0xFF) == 0xDB || (jpeg[i + 1] & 0xFF) == 0xC0) {
                tables.add(Arrays.toString(Arrays.copyOfRange(jpeg, i, i + 2 + length)));
            }
            i += 2 + length;
        }
        assertThat(tables).hasSizeGreaterThan(1);
        return tables;
    }

    @Test
    void aGreyPictureStaysGrey() throws IOException {
        byte[] full = TestPictures.encoded(plain(2000, 1000, Color.BLACK, BufferedImage.TYPE_BYTE_GRAY), "jpg");

        BufferedImage result =
                image(refined(full, TestPictures.encoded(plain(1000, 500, new Color(90, 90, 90)), "jpg")));

        assertThat(result.getRaster().getNumBands()).isEqualTo(1);
        assertThat(result.getRaster().getSample(1990, 990, 0)).isBetween(88, 92);
        assertThat(result.getRaster().getSample(10, 10, 0)).isZero();
    }

    /** It would take more heap than was set aside before the picture was sent. */
    @Test
    void aResultThatIsLargerThanWhatWasSentIsNotDecoded() {
        byte[] full = TestPictures.jpeg(400, 200);

        assertThatThrownBy(() -> refined(full, TestPictures.jpeg(2000, 1000)))
                .isInstanceOf(IOException.class)
                .hasMessage("it has 2000 x 1000 px, which is more than was sent");
    }

    @Test
    void aResultOfAnotherShapeIsNotBroughtBack() {
        byte[] full = TestPictures.jpeg(400, 200);

        assertThatThrownBy(() -> refined(full, TestPictures.jpeg(100, 100)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("100 x 100 px")
                .hasMessageContaining("400 x 200 px");
    }

    @Test
    void aResultThatCannotBeReadIsNotBroughtBack() {
        byte[] jpeg = TestPictures.jpeg(400, 200);

        for (byte[] broken :
                new byte[][] {new byte[0], "text".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(jpeg, 50)}) {
            assertThatThrownBy(() -> refined(jpeg, broken)).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tiff", "gif"})
    void aPictureOfAnotherFormatBecomesAJpeg(String format) throws IOException {
        byte[] full = TestPictures.encoded(plain(1000, 500, Color.BLUE), format);

        byte[] result = refined(full, TestPictures.encoded(plain(500, 250, Color.RED), "jpg"));

        assertThat(ImageInspector.inspect(Content.of("r", result)).format()).isEqualTo(PictureFormat.JPEG);
        assertThat(new Color(image(result).getRGB(990, 490)).getRed()).isGreaterThan(240);
        assertThat(new Color(image(result).getRGB(10, 10)).getBlue()).isGreaterThan(240);
    }

    @Test
    void aTurnedPictureIsMadeUpright() throws IOException {
        byte[] full = PictureSamples.segment(
                TestPictures.encoded(plain(2000, 1000, Color.BLUE), "jpg"),
                0xE1,
                TURNED_RIGHT.getBytes(StandardCharsets.ISO_8859_1));

        BufferedImage result = image(refined(full, TestPictures.encoded(plain(500, 1000, Color.RED), "jpg")));

        assertThat(result.getWidth()).isEqualTo(1000);
        assertThat(new Color(result.getRGB(990, 1990)).getRed()).isGreaterThan(240);
        assertThat(new Color(result.getRGB(10, 10)).getBlue()).isGreaterThan(240);
    }

    @Test
    void theColourProfileStaysAndThePatchIsMadeToFit() throws IOException {
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        byte[] full = PictureSamples.segment(
                TestPictures.encoded(plain(2000, 1000, Color.BLACK), "jpg"), 0xE2, iccSegment(profile));
        Color grey = new Color(128, 128, 128);

        byte[] result = refined(full, TestPictures.encoded(plain(1000, 500, grey), "jpg"));

        assertThat(new String(result, StandardCharsets.ISO_8859_1))
                .contains(new String(iccSegment(profile), StandardCharsets.ISO_8859_1));
        // a viewer goes by the profile; without it, or without conversion, this would be another grey
        assertThat(new Color(image(result).getRGB(1990, 990)).getRed()).isBetween(124, 132);
    }

    private static byte[] iccSegment(byte[] profile) {
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        segment.writeBytes("ICC_PROFILE\0\u0001\u0001".getBytes(StandardCharsets.ISO_8859_1));
        segment.writeBytes(profile);
        return segment.toByteArray();
    }

    private static byte[] refined(byte[] full, byte[] small) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        refiner(full, REGION).write(Content.of("result", small), out);
        return out.toByteArray();
    }

    private static RefinedPicture refiner(byte[] full, String region) {
        Content content = Content.of("photo.jpg", full);
        return new RefinedPicture(content, ImageInspector.inspect(content), MaskRegion.parse(region));
    }

    private static final class Difference {
        private long squares;
        private long samples;
        private int worst;

        void add(int one, int other) {
            for (int shift = 0; shift <= 16; shift += 8) {
                int d = Math.abs((one >> shift & 0xFF) - (other >> shift & 0xFF));
                squares += (long) d * d;
                samples++;
                worst = Math.max(worst, d);
            }
        }

        double psnr() {
            return 10 * Math.log10(255.0 * 255.0 * samples / squares);
        }

        int worst() {
            return worst;
        }
    }

    private static byte[] sample(String name) throws IOException {
        try (InputStream in = RefinedPictureTest.class.getResourceAsStream("/samples/images/" + name + ".jpg")) {
            return in.readAllBytes();
        }
    }

    private static byte[] scaled(byte[] picture, int width) throws IOException {
        BufferedImage image = image(picture);
        BufferedImage scaled =
                new BufferedImage(width, image.getHeight() * width / image.getWidth(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = scaled.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        g.drawImage(image, 0, 0, scaled.getWidth(), scaled.getHeight(), null);
        g.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JpegWriter.write(scaled, out); // not by the tables and the sampling that the JDK would take by itself
        return out.toByteArray();
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
