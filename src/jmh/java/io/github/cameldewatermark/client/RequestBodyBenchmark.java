package io.github.cameldewatermark.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
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

/** The body of an erase call, from a file to nowhere. Against Apache's own file part, and against just reading the file. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RequestBodyBenchmark {

    /** Of the picture, in bytes. */
    @Param({"300000", "12000000"})
    int size;

    private Path picture;

    @Setup
    public void writePicture() throws IOException {
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        picture = Files.write(Files.createTempFile("benchmark-", ".jpg"), bytes);
    }

    @TearDown
    public void deletePicture() throws IOException {
        Files.delete(picture);
    }

    @Benchmark
    public long form() throws IOException {
        HttpEntity form = RequestBody.erase(EraseRequest.automatic(Content.of(picture)));
        form.writeTo(OutputStream.nullOutputStream());
        return form.getContentLength();
    }

    @Benchmark
    public long apacheFilePart() throws IOException {
        HttpEntity form = MultipartEntityBuilder.create()
                .addBinaryBody(
                        "original_preview_image",
                        picture.toFile(),
                        ContentType.IMAGE_JPEG,
                        "original_preview_image.jpeg")
                .addTextBody("remove_text", "false")
                .addTextBody("predict_mode", "3.0")
                .build();
        form.writeTo(OutputStream.nullOutputStream());
        return form.getContentLength();
    }

    @Benchmark
    public long readingAlone() throws IOException {
        try (InputStream in = Files.newInputStream(picture)) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
