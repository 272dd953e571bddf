package io.github.cameldewatermark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.ImageInspector;
import io.github.cameldewatermark.image.PictureInfo;
import io.github.cameldewatermark.sandbox.SandboxMain;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    private static final String READY = "Dewatermark sandbox on ";

    @TempDir
    private static Path sandboxFolder;

    private static JavaProcess sandbox;
    private static String baseUrl;

    @BeforeAll
    static void startSandbox() throws IOException {
        sandbox = JavaProcess.start(
                SandboxMain.class,
                List.of("-Xmx4g", "-Djava.io.tmpdir=" + sandboxFolder),
                "--data-dir=" + sandboxFolder.resolve("data"));
        baseUrl = sandbox.awaitLine(READY, 60);
    }

    @AfterAll
    static void stopSandbox() {
        sandbox.close();
    }

    /** Decoded, it takes 900 MB. */
    @ParameterizedTest
    @ValueSource(strings = {"tiff", "png", "jpeg"})
    void aPictureOf20000x15000PixelsIsCleanedWithA512MegabyteHeap(String format, @TempDir Path folder)
            throws Exception {
        Path inbox = Files.createDirectories(folder.resolve("inbox"));
        write(gradient(20_000, 15_000), format, inbox.resolve("big." + format));

        clean(folder, 1, "-Xmx512m");

        String name = format.equals("jpeg") ? "big.jpeg" : "big." + format + ".jpg";
        assertThat(size(folder.resolve("outbox").resolve(name))).isEqualTo("6000 x 4500");
    }

    @Test
    void eightPngsOf6000PixelsAtOnceAreCleanedWithA768MegabyteHeap(@TempDir Path folder) throws Exception {
        Path inbox = Files.createDirectories(folder.resolve("inbox"));
        write(gradient(6000, 6000), "png", inbox.resolve("1.png"));
        for (int i = 2; i <= 8; i++) {
            Files.copy(inbox.resolve("1.png"), inbox.resolve(i + ".png"));
        }

        clean(folder, 8, "-Xmx768m");

        for (int i = 1; i <= 8; i++) {
            assertThat(size(folder.resolve("outbox").resolve(i + ".png.jpg"))).isEqualTo("6000 x 6000");
        }
    }

    private static void clean(Path folder, int files, String heap) throws Exception {
        Path temp = Files.createDirectories(folder.resolve("tmp"));
        long start = System.nanoTime();
        try (JavaProcess route = JavaProcess.start(
                OneFileRoute.class,
                List.of(heap, "-Djava.io.tmpdir=" + temp),
                folder.toString(),
                "erase",
                baseUrl,
                "sandbox-key",
                Integer.toString(files))) {
            assertThat(route.awaitEnd(600))
                    .as(() -> String.join("\n", route.output()))
                    .isZero();
            assertThat(route.output()).noneMatch(line -> line.contains("OutOfMemoryError"));
        }
        System.out.printf("%d files with %s in %.0f s%n", files, heap, (System.nanoTime() - start) / 1e9);
        assertThat(temp).as("temp files that are left").isEmptyDirectory();
    }

    private static String size(Path jpeg) throws IOException {
        PictureInfo info = ImageInspector.requireJpeg(Content.of(jpeg), ImageInspector.MAX_SIDE);
        return info.width() + " x " + info.height();
    }

    private static void write(BufferedImage picture, String format, Path file) throws IOException {
        ImageWriter writer = PictureSamples.writer(format);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), null);
        } finally {
            writer.dispose();
        }
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
