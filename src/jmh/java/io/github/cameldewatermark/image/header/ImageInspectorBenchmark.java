package io.github.cameldewatermark.image.header;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.testkit.TestMetadata;
import io.github.cameldewatermark.testkit.TestPictures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The look at a picture before it is sent, in memory and in a file. Against ImageIO, which tells less. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ImageInspectorBenchmark {

    @Param({"jpeg", "jpeg-exif", "png"})
    String picture;

    private byte[] bytes;
    private Path file;
    private Content inMemory;

    @Setup
    public void makePicture() throws IOException {
        byte[] photo = TestPictures.resource("/samples/images/coffee.jpg");
        bytes = switch (picture) {
            case "jpeg" -> photo;
            case "jpeg-exif" ->
                TestMetadata.withSegments(
                        photo,
                        TestMetadata.exifSegment(
                                TestMetadata.exif(ByteOrder.BIG_ENDIAN, 6, TestPictures.noise(12_000))));
            default -> TestPictures.encoded(TestPictures.image(photo), picture);
        };
        file = Files.write(Files.createTempFile("benchmark-", null), bytes);
        inMemory = Content.of(picture, bytes);
    }

    @TearDown
    public void deleteFile() throws IOException {
        Files.delete(file);
    }

    @Benchmark
    public PictureInfo inMemory() {
        return ImageInspector.inspect(inMemory);
    }

    @Benchmark
    public PictureInfo inFile() throws IOException {
        return ImageInspector.inspect(Content.of(file));
    }

    @Benchmark
    public int imageIoInMemory() throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            ImageReader reader = ImageIO.getImageReaders(in).next();
            try {
                reader.setInput(in, true, true);
                return reader.getWidth(0) + reader.getHeight(0);
            } finally {
                reader.dispose();
            }
        }
    }
}
