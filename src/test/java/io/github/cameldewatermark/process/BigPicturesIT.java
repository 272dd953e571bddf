package io.github.cameldewatermark.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.PictureInfo;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.testkit.JavaProcess;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.Thorough;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures that are larger than the heap when they are decoded pass through a route in a small JVM. */
class BigPicturesIT {

    @TempDir
    private static Path sandboxFolder;

    private static Sandbox sandbox;

    /** It finds no watermarks, which would take as long as all else. */
    @BeforeAll
    static void startSandbox() {
        sandbox = Sandbox.builder()
                .dataDir(sandboxFolder)
                .pictureEngine(new WhiteningPictures())
                .start();
    }

    @AfterAll
    static void stopSandbox() {
        sandbox.close();
    }

    /** Decoded, it takes 900 MB, or 72. */
    @ParameterizedTest
    @ValueSource(strings = {"tiff", "png", "jpeg"})
    void aPictureThatIsLargerThanTheHeapIsCleaned(String format, @TempDir Path folder) throws Exception {
        Path inbox = Files.createDirectories(folder.resolve("inbox"));
        write(gradient(20_000, Thorough.of(15_000, 1200)), format, inbox.resolve("big." + format));

        clean(folder, 1, Thorough.of(512, 64));

        String name = format.equals("jpeg") ? "big.jpeg" : "big." + format + ".jpg";
        assertThat(size(folder.resolve("outbox").resolve(name))).isEqualTo("6000 x " + Thorough.of(4500, 360));
    }

    @Test
    void eightPngsAtOnceAreCleaned(@TempDir Path folder) throws Exception {
        int side = Thorough.of(6000, 1600);
        Path inbox = Files.createDirectories(folder.resolve("inbox"));
        write(gradient(side, side), "png", inbox.resolve("1.png"));
        for (int i = 2; i <= 8; i++) {
            Files.copy(inbox.resolve("1.png"), inbox.resolve(i + ".png"));
        }

        clean(folder, 8, Thorough.of(768, 64));

        for (int i = 1; i <= 8; i++) {
            assertThat(size(folder.resolve("outbox").resolve(i + ".png.jpg"))).isEqualTo(side + " x " + side);
        }
    }

    private static void clean(Path folder, int files, int megabytes) throws Exception {
        Path temp = Files.createDirectories(folder.resolve("tmp"));
        try (JavaProcess route = JavaProcess.start(
                OneFileRoute.class,
                List.of("-Xmx" + megabytes + "m", "-XX:+UseG1GC", "-Djava.io.tmpdir=" + temp),
                folder.toString(),
                "erase",
                sandbox.baseUrl(),
                sandbox.apiKey(),
                Integer.toString(files))) {
            assertThat(route.awaitEnd(600))
                    .as(() -> String.join("\n", route.output()))
                    .isZero();
            assertThat(route.output()).noneMatch(line -> line.contains("OutOfMemoryError"));
        }
        assertThat(temp).as("temp files that are left").isEmptyDirectory();
    }

    private static String size(Path jpeg) throws IOException {
        PictureInfo info = ImageInspector.requireJpeg(Content.of(jpeg), ImageInspector.MAX_SIDE);
        return info.width() + " x " + info.height();
    }

    private static void write(BufferedImage picture, String format, Path file) throws IOException {
        if (format.equals("tiff")) { // Java's writer doesn't take such a picture
            Files.write(file, tiff(picture));
            return;
        }
        ImageWriter writer = PictureSamples.writer(format);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), null);
        } finally {
            writer.dispose();
        }
    }

    /** In strips of 100 rows, compressed by Deflate: as they are all alike, all of them are one place in the file. */
    private static byte[] tiff(BufferedImage picture) throws IOException {
        int strips = picture.getHeight() / 100;
        byte[] row = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        ByteArrayOutputStream strip = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(strip)) {
            for (int i = 0; i < 100; i++) {
                out.write(row);
            }
        }
        int tables = 8 + 2 + 10 * 12 + 4;
        int data = tables + 6 + 8 * strips;
        ByteBuffer tiff = ByteBuffer.allocate(data + strip.size());
        tiff.put(new byte[] {'M', 'M', 0, 42}).putInt(8).putShort((short) 10);
        entry(tiff, 256, 4, 1, picture.getWidth());
        entry(tiff, 257, 4, 1, picture.getHeight());
        entry(tiff, 258, 3, 3, tables);
        entry(tiff, 259, 3, 1, 8 << 16);
        entry(tiff, 262, 3, 1, 2 << 16);
        entry(tiff, 273, 4, strips, tables + 6);
        entry(tiff, 277, 3, 1, 3 << 16);
        entry(tiff, 278, 4, 1, 100);
        entry(tiff, 279, 4, strips, tables + 6 + 4 * strips);
        entry(tiff, 284, 3, 1, 1 << 16);
        tiff.putInt(0).putShort((short) 8).putShort((short) 8).putShort((short) 8);
        for (int i = 0; i < strips; i++) {
            tiff.putInt(data);
        }
        for (int i = 0; i < strips; i++) {
            tiff.putInt(strip.size());
        }
        return tiff.put(strip.toByteArray()).array();
    }

    private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
        tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    /** A picture of any size: all of its rows are the same memory. */
    private static BufferedImage gradient(int width, int height) {
        byte[] row = new byte[width * 3];
        for (int i = 0; i < row.length; i++) {
            row[i] = (byte) (i % 3 == 2 ? i & 0x1F : 255L * i / row.length);
        }
        SampleModel rows = new ComponentSampleModel(DataBuffer.TYPE_BYTE, width, height, 3, 0, new int[] {0, 1, 2});
        ColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, ColorModel.OPAQUE, DataBuffer.TYPE_BYTE);
        return new BufferedImage(
                colors, Raster.createWritableRaster(rows, new DataBufferByte(row, row.length), null), false, null);
    }
}
