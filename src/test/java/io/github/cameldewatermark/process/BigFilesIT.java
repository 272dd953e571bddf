package io.github.cameldewatermark.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.testkit.HoldingPlatform;
import io.github.cameldewatermark.testkit.JavaProcess;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import io.github.cameldewatermark.testkit.Thorough;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files larger than the heap pass through a route in a JVM of 64 MB, or less. The platform is in this one. */
class BigFilesIT {

    /** More than an int, if there is time. */
    private static final long CLIP = Thorough.of(2048, 200) * 1024L * 1024;

    @TempDir
    private static Path sandboxFolder;

    private static Sandbox sandbox;

    @BeforeAll
    static void startSandbox() {
        sandbox = Sandbox.builder()
                .dataDir(sandboxFolder)
                .taskDuration(Duration.ofSeconds(1))
                .pictureEngine(new WhiteningPictures())
                .clipEngine(TestClips.copying(1))
                .start();
    }

    @AfterAll
    static void stopSandbox() {
        sandbox.close();
    }

    @Test
    void aClipIsUploadedAndDownloadedWithA64MegabyteHeap(@TempDir Path folder) throws Exception {
        Path clip = Files.createDirectories(folder.resolve("inbox")).resolve("big.mp4");
        writeClip(clip, CLIP);

        cleanInSmallJvm("-Xmx64m", folder, "video", sandbox.baseUrl(), 1);

        assertThat(Files.mismatch(folder.resolve("inbox/.camel/big.mp4"), folder.resolve("outbox/big.mp4")))
                .isEqualTo(-1);
    }

    @Test
    void aPictureOf6000PixelsAnd20MegabytesIsCleanedWithA64MegabyteHeap(@TempDir Path folder) throws Exception {
        Path picture = Files.createDirectories(folder.resolve("inbox")).resolve("big.jpg");
        writePicture(picture);
        assertThat(Files.size(picture)).isGreaterThan(20_000_000);

        cleanInSmallJvm("-Xmx64m", folder, "erase", sandbox.baseUrl(), 1);

        BufferedImage clean = ImageIO.read(folder.resolve("outbox/big.jpg").toFile());
        assertThat(clean.getWidth()).isEqualTo(6000);
        assertThat(clean.getHeight()).isEqualTo(4000);
    }

    @Test
    void eightPicturesOf12MegabytesAtOnceAreCleanedWithA40MegabyteHeap(@TempDir Path folder) throws Exception {
        int pictures = 8;
        try (HoldingPlatform platform = new HoldingPlatform(pictures, 12_000_000)) {
            Path inbox = folder.resolve("inbox");
            for (int i = 0; i < pictures; i++) {
                TestFiles.drop(inbox.resolve(i + ".jpg"), platform.picture(i));
            }

            cleanInSmallJvm("-Xmx40m", folder, "erase", platform.url(), pictures);

            assertThat(platform.calls()).isEqualTo(pictures);
            for (int i = 0; i < pictures; i++) {
                assertThat(Arrays.equals(
                                Files.readAllBytes(folder.resolve("outbox/" + i + ".jpg")), platform.result(i)))
                        .as("picture " + i + " is the result, byte for byte")
                        .isTrue();
            }
        }
    }

    private static void cleanInSmallJvm(String heap, Path folder, String operation, String platform, int files)
            throws Exception {
        Path temp = Files.createDirectories(folder.resolve("tmp"));
        try (JavaProcess route = JavaProcess.start(
                OneFileRoute.class,
                List.of(heap, "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", "-Djava.io.tmpdir=" + temp),
                folder.toString(),
                operation,
                platform,
                "sandbox-key",
                String.valueOf(files))) {
            assertThat(route.awaitEnd(300))
                    .as(() -> String.join("\n", route.output()))
                    .isZero();
        }
        assertThat(temp).as("temp files that are left").isEmptyDirectory();
    }

    /** A clip with a lot of padding, which a clip may have, of bytes that don't repeat in the pieces they are sent in. */
    private static void writeClip(Path file, long length) throws IOException {
        byte[] clip = TestPictures.resource("/samples/video/rocket-pan.mp4");
        byte[] block = new byte[1024 * 1024 + 7];
        Random random = new Random(3);
        random.nextBytes(block);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(clip);
            long padding = length - clip.length;
            out.write(ByteBuffer.allocate(16)
                    .putInt(1)
                    .put(new byte[] {'f', 'r', 'e', 'e'})
                    .putLong(padding)
                    .array());
            long left = padding - 16;
            while (left > 0) {
                int n = (int) Math.min(left, block.length);
                out.write(block, 0, n);
                left -= n;
            }
        }
    }

    /** Noise, because it hardly compresses. */
    private static void writePicture(Path file) throws IOException {
        BufferedImage noise = new BufferedImage(6000, 4000, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(5);
        int[] row = new int[6000];
        for (int y = 0; y < 4000; y++) {
            for (int x = 0; x < row.length; x++) {
                row[x] = random.nextInt();
            }
            noise.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(0.9f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(noise, null, null), param);
        } finally {
            writer.dispose();
        }
    }
}
