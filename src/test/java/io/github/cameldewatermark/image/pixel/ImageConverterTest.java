package io.github.cameldewatermark.image.pixel;

import static io.github.cameldewatermark.testkit.PictureSamples.jpeg;
import static io.github.cameldewatermark.testkit.PictureSamples.picture;
import static io.github.cameldewatermark.testkit.PictureSamples.psnr;
import static io.github.cameldewatermark.testkit.PictureSamples.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.container.Orientation;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.PictureInfo;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.TestPictures;
import java.awt.Color;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The picture that comes out is the one that went in, whatever it was stored as. */
class ImageConverterTest {

    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;

    @ParameterizedTest
    @MethodSource("inColour")
    void aPictureInColourKeepsItsColours(byte[] bytes) throws IOException {
        assertThat(psnr(converted(bytes), picture(WIDTH, HEIGHT))).isGreaterThan(36);
    }

    static Stream<Named<byte[]>> inColour() {
        BufferedImage picture = picture(WIDTH, HEIGHT);
        return Stream.of(
                Named.of("PNG", written(picture, "png")),
                Named.of("interlaced PNG", PictureSamples.interlaced(picture)),
                Named.of("PNG of 16 bits", written(PictureSamples.deep(WIDTH, HEIGHT), "png")),
                Named.of("PNG with alpha", written(picture(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB), "png")),
                Named.of("BMP", written(picture, "bmp")),
                Named.of("BMP of 16 bits", written(picture(WIDTH, HEIGHT, BufferedImage.TYPE_USHORT_565_RGB), "bmp")),
                Named.of("TIFF", written(picture, "tiff")),
                Named.of("TIFF of 16 bits", written(PictureSamples.deep(WIDTH, HEIGHT), "tiff")),
                Named.of("TIFF, LZW", tiff(picture, "LZW")),
                Named.of("TIFF, Deflate", tiff(picture, "Deflate")),
                Named.of("TIFF, JPEG", tiff(picture, "JPEG")),
                Named.of("TIFF with alpha", written(picture(WIDTH, HEIGHT, BufferedImage.TYPE_4BYTE_ABGR), "tiff")),
                Named.of(
                        "TIFF with alpha, premultiplied",
                        written(picture(WIDTH, HEIGHT, BufferedImage.TYPE_4BYTE_ABGR_PRE), "tiff")),
                Named.of("CMYK JPEG", PictureSamples.cmykJpeg(WIDTH, HEIGHT)),
                Named.of("JPEG", jpeg(picture)),
                Named.of("progressive JPEG", jpeg(picture)),
                Named.of("WebP", TestPictures.resource("/pictures/lossy.webp")),
                Named.of("lossless WebP", TestPictures.resource("/pictures/lossless.webp")));
    }

    @ParameterizedTest
    @MethodSource("withAPalette")
    void aPictureWithAPaletteKeepsItsColours(byte[] bytes) throws IOException {
        assertThat(psnr(converted(bytes), TestPictures.image(bytes))).isGreaterThan(30);
    }

    static Stream<Named<byte[]>> withAPalette() {
        BufferedImage palette = picture(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED);
        BufferedImage white = picture(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_BINARY);
        return Stream.of(
                Named.of("PNG", written(palette, "png")),
                Named.of("GIF", written(palette, "gif")),
                Named.of("BMP", written(palette, "bmp")),
                Named.of("TIFF", written(palette, "tiff")),
                Named.of("black and white PNG", written(white, "png")),
                Named.of("black and white TIFF", written(white, "tiff")));
    }

    @ParameterizedTest
    @MethodSource("grey")
    void greyStaysAsBrightAsItIsStored(byte[] bytes) throws IOException {
        BufferedImage converted = converted(bytes);
        for (int x = 0; x < WIDTH; x += 5) {
            Color color = new Color(converted.getRGB(x, HEIGHT / 2));
            assertThat(color.getRed()).isCloseTo(255 * x / (WIDTH - 1), org.assertj.core.data.Offset.offset(4));
            assertThat(color.getBlue()).isEqualTo(color.getRed());
        }
    }

    static Stream<Named<byte[]>> grey() {
        BufferedImage grey = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage deep = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_USHORT_GRAY);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                grey.getRaster().setSample(x, y, 0, 255 * x / (WIDTH - 1));
                deep.getRaster().setSample(x, y, 0, 65535 * x / (WIDTH - 1));
            }
        }
        return Stream.of(
                Named.of("PNG", written(grey, "png")),
                Named.of("PNG of 16 bits", written(deep, "png")),
                Named.of("TIFF", written(grey, "tiff")),
                Named.of("TIFF of 16 bits", written(deep, "tiff")),
                Named.of("JPEG", jpeg(grey)));
    }

    @ParameterizedTest
    @MethodSource("transparent")
    void whatIsTransparentBecomesWhite(byte[] bytes) throws IOException {
        BufferedImage converted = converted(bytes);

        assertThat(converted.getRGB(WIDTH / 4, HEIGHT / 2)).isEqualTo(Color.WHITE.getRGB());
        BufferedImage right = converted.getSubimage(WIDTH * 3 / 4, 0, WIDTH / 4, HEIGHT);
        assertThat(psnr(right, picture(WIDTH, HEIGHT).getSubimage(WIDTH * 3 / 4, 0, WIDTH / 4, HEIGHT)))
                .isGreaterThan(36);
    }

    static Stream<Named<byte[]>> transparent() {
        BufferedImage half = PictureSamples.halfTransparent(WIDTH, HEIGHT);
        return Stream.of(
                Named.of("PNG", written(half, "png")),
                Named.of("TIFF", written(half, "tiff")),
                Named.of("WebP", TestPictures.resource("/pictures/alpha.webp")));
    }

    @Test
    void halfTransparentBlackOnWhiteIsGrey() throws IOException {
        BufferedImage black = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 256; i++) {
            black.setRGB(i % 16, i / 16, 0x80000000);
        }

        Color color = new Color(converted(written(black, "png")).getRGB(8, 8));

        assertThat(color.getRed()).isBetween(126, 128);
    }

    @Test
    void ofAGifTheFirstFrameIsTaken() throws IOException {
        BufferedImage second = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED);
        BufferedImage first = picture(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED);

        assertThat(psnr(converted(PictureSamples.sequence("gif", first, second)), first))
                .isGreaterThan(30);
    }

    static IntStream orientations() {
        return IntStream.rangeClosed(1, 8);
    }

    @ParameterizedTest
    @MethodSource("orientations")
    void aTurnedPictureBecomesUpright(int orientation) throws IOException {
        BufferedImage stored = stored(picture(WIDTH, HEIGHT), orientation);
        byte[] png = PictureSamples.chunk(written(stored, "png"), "eXIf", PictureSamples.exif(orientation));

        for (byte[] bytes : new byte[][] {PictureSamples.oriented(jpeg(stored), orientation), png}) {
            assertThat(psnr(converted(bytes), picture(WIDTH, HEIGHT))).isGreaterThan(36);
        }
    }

    /** How a camera that was held so stores it, by the table of the Exif standard. */
    private static BufferedImage stored(BufferedImage upright, int orientation) {
        int w = upright.getWidth();
        int h = upright.getHeight();
        boolean turned = orientation > 4;
        BufferedImage stored = new BufferedImage(turned ? h : w, turned ? w : h, BufferedImage.TYPE_3BYTE_BGR);
        for (int row = 0; row < stored.getHeight(); row++) {
            for (int column = 0; column < stored.getWidth(); column++) {
                boolean right = orientation == 2 || orientation == 3;
                boolean bottom = orientation == 3 || orientation == 4;
                int x = turned ? row : column;
                int y = turned ? column : row;
                if (turned) {
                    right = orientation == 6 || orientation == 7;
                    bottom = orientation == 7 || orientation == 8;
                    // the first row is at the left or right, the first column at the top or bottom
                }
                stored.setRGB(column, row, upright.getRGB(right ? w - 1 - x : x, bottom ? h - 1 - y : y));
            }
        }
        return stored;
    }

    @Test
    void coloursGoThroughTheProfile() throws IOException {
        // what a linear profile calls 64 of 255 is a quarter of the light, in sRGB 137
        BufferedImage dark = new BufferedImage(32, 32, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < 1024; i++) {
            dark.setRGB(i % 32, i / 32, 0x404040);
        }
        byte[] profile = PictureSamples.linearProfile();

        for (byte[] bytes : new byte[][] {
            PictureSamples.profiledPng(written(dark, "png"), profile),
            PictureSamples.profiled(jpeg(dark), profile),
            written(linear(dark), "tiff")
        }) {
            Color color = new Color(converted(bytes).getRGB(16, 16));
            assertThat(color.getRed()).isBetween(133, 141);
            assertThat(color.getGreen()).isBetween(133, 141);
        }
    }

    private static BufferedImage linear(BufferedImage picture) {
        var colors = new java.awt.image.ComponentColorModel(
                new ICC_ColorSpace(ICC_Profile.getInstance(PictureSamples.linearProfile())), false, false, 1, 0);
        BufferedImage linear = new BufferedImage(
                colors, colors.createCompatibleWritableRaster(picture.getWidth(), picture.getHeight()), false, null);
        linear.getRaster().setRect(picture.getRaster());
        return linear;
    }

    @Test
    void aLargePictureIsScaledDownByAveraging() throws IOException {
        // stripes of one pixel: whoever skips pixels sees one of the two colours only
        BufferedImage stripes = new BufferedImage(300, 150, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < 150; y++) {
            for (int x = 0; x < 300; x++) {
                stripes.setRGB(x, y, (x + y) % 2 == 0 ? 0xFFFFFF : 0);
            }
        }

        BufferedImage converted = converted(written(stripes, "png"), 100);

        assertThat(converted.getWidth()).isEqualTo(100);
        assertThat(converted.getHeight()).isEqualTo(50);
        for (int x = 2; x < 98; x++) {
            assertThat(new Color(converted.getRGB(x, 25)).getRed()).isBetween(110, 145);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {95, 64, 50, 7, 1})
    void aScaledPictureShowsTheSame(int side) throws IOException {
        BufferedImage converted = converted(written(picture(WIDTH, HEIGHT), "png"), side);

        assertThat(Math.max(converted.getWidth(), converted.getHeight())).isEqualTo(side);
        assertThat(converted.getHeight()).isEqualTo(Math.max(1, Math.round(side * HEIGHT / (float) WIDTH)));
        if (side > 1) {
            assertThat(new Color(converted.getRGB(side - 1, 0)).getRed()).isGreaterThan(220);
            assertThat(new Color(converted.getRGB(0, 0)).getRed()).isLessThan(35);
        }
    }

    @Test
    void aTurnedPictureIsScaledByItsLongerSide() throws IOException {
        byte[] jpeg = PictureSamples.oriented(jpeg(picture(WIDTH, HEIGHT)), 6);
        Content content = Content.of("photo.jpg", jpeg);
        ImageConverter converter = new ImageConverter(content, ImageInspector.inspect(content), 48);

        assertThat(converter.width()).isEqualTo(32);
        assertThat(converter.height()).isEqualTo(48);
        BufferedImage converted = converted(jpeg, 48);
        assertThat(converted.getWidth()).isEqualTo(32);
        assertThat(converted.getHeight()).isEqualTo(48);
    }

    /** Strips of 16 MiB: one of 17 MB comes in two. */
    @ParameterizedTest
    @ValueSource(strings = {"png", "tiff", "bmp"})
    void inStripsItIsTheSamePicture(String format, @TempDir Path folder) throws IOException {
        BufferedImage large = picture(3000, 1900);
        Content file = Content.of(Files.write(folder.resolve("photo"), written(large, format)));
        ImageConverter inStrips = new ImageConverter(file, ImageInspector.inspect(file), 1000, 1);
        ImageConverter whole = new ImageConverter(file, ImageInspector.inspect(file), 1000, 1L << 40);

        assertThat(inStrips.memory()).isLessThan(whole.memory());
        assertThat(bytes(inStrips)).isEqualTo(bytes(whole));
    }

    @Test
    void theResultIsABaselineJpegWithFineColours() throws IOException {
        Content png = Content.of("photo.png", written(picture(WIDTH, HEIGHT), "png"));
        byte[] bytes = bytes(new ImageConverter(png, ImageInspector.inspect(png), 6000));

        PictureInfo info = ImageInspector.requireJpeg(Content.of("photo.jpg", bytes), 6000);
        assertThat(info.width()).isEqualTo(WIDTH);
        assertThat(info.height()).isEqualTo(HEIGHT);
        assertThat(info.components()).isEqualTo(3);
        assertThat(info.orientation()).isEqualTo(Orientation.UPRIGHT);
        String hex = java.util.HexFormat.of().formatHex(bytes);
        // SOF0, 8 bits, three components, each sampled 1 x 1
        assertThat(hex).containsPattern("ffc0001108004000600301110002110[01]0311");
    }

    private static BufferedImage converted(byte[] bytes) throws IOException {
        return converted(bytes, ImageInspector.MAX_SIDE);
    }

    private static BufferedImage converted(byte[] bytes, int maxSide) throws IOException {
        Content content = Content.of("photo", bytes);
        return TestPictures.image(bytes(new ImageConverter(content, ImageInspector.inspect(content), maxSide)));
    }

    private static byte[] bytes(ImageConverter converter) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        converter.writeTo(out);
        return out.toByteArray();
    }

    private static byte[] tiff(BufferedImage picture, String compression) {
        return written(new IIOImage(picture, null, null), "tiff", how -> {
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionType(compression);
            how.setCompressionQuality(0.95f);
            return how;
        });
    }
}
