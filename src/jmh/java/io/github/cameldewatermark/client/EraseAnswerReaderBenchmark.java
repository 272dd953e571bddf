package io.github.cameldewatermark.client;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** The answer of an erase call, from memory: the picture in it goes to an array, or nowhere. Against Jackson's two ways. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EraseAnswerReaderBenchmark {

    private static final ObjectMapper JACKSON = new ObjectMapper();

    /** Of the picture, in bytes. */
    @Param({"300000", "12000000"})
    int size;

    private byte[] answer;

    @Setup
    public void makeAnswer() {
        byte[] picture = new byte[size];
        new Random(1).nextBytes(picture);
        Base64.Encoder base64 = Base64.getEncoder();
        answer = """
                {"edited_image": {"image": "%s", "image_id": "image", "mask": "%s"}, "session_id": "session"}""".formatted(base64.encodeToString(picture), base64.encodeToString(new byte[2048]))
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Benchmark
    public Object scannerToMemory() throws IOException {
        ByteArrayOutputStream picture = new ByteArrayOutputStream(size);
        EraseAnswerReader.read(new ByteArrayInputStream(answer), picture);
        return picture;
    }

    @Benchmark
    public Object scannerToNowhere() throws IOException {
        return EraseAnswerReader.read(new ByteArrayInputStream(answer), OutputStream.nullOutputStream());
    }

    @Benchmark
    public Object jacksonToMemory() throws IOException {
        ByteArrayOutputStream picture = new ByteArrayOutputStream(size);
        jackson(picture);
        return picture;
    }

    @Benchmark
    public int jacksonToNowhere() throws IOException {
        return jackson(OutputStream.nullOutputStream());
    }

    @Benchmark
    public byte[] treeToMemory() throws IOException {
        String base64 = JACKSON.readTree(new ByteArrayInputStream(answer))
                .path("edited_image")
                .path("image")
                .textValue();
        return Base64.getDecoder().decode(base64);
    }

    private int jackson(OutputStream picture) throws IOException {
        int bytes = 0;
        try (JsonParser json = JACKSON.createParser(new ByteArrayInputStream(answer))) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.VALUE_STRING && "image".equals(json.currentName())) {
                    bytes = json.readBinaryValue(Base64Variants.MIME_NO_LINEFEEDS, picture);
                }
            }
        }
        return bytes;
    }
}
