package io.github.cameldewatermark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A clip that arrives in pieces, as it goes over the wire. */
class DownloadTest {

    private static final String ETAG = "ETag: \"v1\"\r\n";
    private static final String CHANGED = "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\n";
    private static final int LENGTH = 3 * 1024 * 1024;
    private static final int BREAK = LENGTH / 2;
    private static final String CLIP = clip(LENGTH, 1);

    private final Queue<String> answers = new ArrayDeque<>();

    @AutoClose
    private final FakeServer server = new FakeServer(
            (connection, self) -> FakeServer.answer(answers.remove()).play(connection, self));

    @AutoClose
    private final DewatermarkClient client = TestApi.client(server.url());

    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();
    private final Download download = new Download(sink, sink::reset);

    private static String clip(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String whole(String headers, String body) {
        return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + LENGTH + "\r\n" + headers + "\r\n" + body;
    }

    /** A success that breaks off in the middle. */
    private static String cut(String headers) {
        return whole(headers, CLIP.substring(0, BREAK));
    }

    private static String part(String headers, String range, String body) {
        return "HTTP/1.1 206 Partial Content\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n"
                + (range == null ? "" : "Content-Range: " + range + "\r\n")
                + headers + "\r\n" + body;
    }

    private static String range(int from) {
        return "bytes " + from + "-" + (LENGTH - 1) + "/" + LENGTH;
    }

    private static String rest(String headers, int from) {
        return part(headers, range(from), CLIP.substring(from));
    }

    private long attempt() {
        return client.video().download(URI.create(server.url() + TestApi.SIGNED), download);
    }

    private DewatermarkTransportException failingAttempt() {
        DewatermarkTransportException e = catchThrowableOfType(DewatermarkTransportException.class, this::attempt);
        assertThat(e).isNotNull();
        assertThat(e.billed()).isEqualTo(Billed.YES);
        assertThat(e.retryable()).isTrue();
        return e;
    }

    private void assertWhole(long length) {
        assertThat(length).isEqualTo(LENGTH);
        assertThat(sink.toByteArray()).isEqualTo(CLIP.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(answers).isEmpty();
    }

    private List<String> lines(int request) {
        return server.requests().get(request).lines().toList();
    }

    private void assertAsksForAll(int request) {
        assertThat(lines(request)).noneMatch(line -> line.startsWith("Range") || line.startsWith("If-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {ETAG, ETAG + CHANGED})
    void onlyWhatIsMissingIsAskedForAndTheKeyIsNotSent(String headers) {
        answers.add(cut(headers));
        answers.add(rest(headers, BREAK));

        failingAttempt();
        assertThat(download.kept()).isEqualTo(BREAK);
        assertWhole(attempt());

        assertAsksForAll(0);
        assertThat(lines(1).stream().filter(line -> !lines(0).contains(line)))
                .containsExactlyInAnyOrder("Range: bytes=" + BREAK + "-", "If-Range: \"v1\"");
        assertThat(lines(1)).containsAll(lines(0)).noneMatch(line -> line.startsWith("X-API-KEY"));
    }

    @Test
    void itGoesOnAsOftenAsItBreaksOff() {
        answers.add(cut(ETAG));
        answers.add(part(ETAG, range(BREAK), CLIP.substring(BREAK, BREAK + 1000))); // less than it says
        answers.add(rest(ETAG, BREAK + 1000));

        failingAttempt();
        assertThat(failingAttempt()).hasMessageContaining((BREAK + 1000) + " bytes arrived of a result of " + LENGTH);
        assertWhole(attempt());
    }

    @Test
    void aClipOfUnknownLengthGoesOn() {
        String some = CLIP.substring(0, BREAK);
        answers.add("HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n" + ETAG + "\r\n"
                + Integer.toHexString(BREAK) + "\r\n" + some + "\r\n");
        answers.add(rest(ETAG, BREAK));

        failingAttempt();
        assertWhole(attempt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ETag: W/\"v1\"\r\n", "ETag: W/\"v1\"\r\n" + CHANGED, CHANGED})
    void withoutAProofThatItIsTheSameClipItBeginsAnew(String headers) {
        answers.add(cut(headers));
        answers.add(whole(headers, CLIP));

        failingAttempt();
        assertThat(download.kept()).isZero();
        assertWhole(attempt());

        assertAsksForAll(1);
    }

    @Test
    void aFewBytesAreNotWorthAQuestion() {
        answers.add(whole(ETAG, CLIP.substring(0, 1024 * 1024 - 1)));
        answers.add(whole(ETAG, CLIP));

        failingAttempt();
        assertWhole(attempt());

        assertAsksForAll(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {ETAG, "ETag: \"v2\"\r\n", ""})
    void theWholeInPlaceOfTheRestIsTaken(String headers) {
        answers.add(cut(ETAG).replace(CLIP.substring(0, BREAK), clip(BREAK, 2)));
        answers.add(whole(headers, CLIP));

        failingAttempt();
        assertWhole(attempt());
    }

    @Test
    void whoeverDoesNotTakeUpARangeIsNotAskedForOneAgain() {
        answers.add(cut(ETAG));
        answers.add(cut(ETAG));
        answers.add(whole(ETAG, CLIP));

        failingAttempt();
        failingAttempt();
        assertThat(download.progress()).isZero();
        assertWhole(attempt());

        assertAsksForAll(2);
    }

    @ParameterizedTest
    @MethodSource("unfitting")
    void aRestThatDoesNotFitIsNotTaken(String answer) {
        answers.add(cut(ETAG));
        answers.add(answer);
        answers.add(whole(ETAG, CLIP));

        failingAttempt();
        assertThat(failingAttempt()).hasMessageContaining("can't be used");
        assertWhole(attempt());

        assertAsksForAll(2);
    }

    static Stream<Arguments> unfitting() {
        String body = CLIP.substring(BREAK);
        String end = "-" + (LENGTH - 1) + "/";
        return Stream.of(
                unfitting("of another clip", part("ETag: \"v2\"\r\n", range(BREAK), body)),
                unfitting("of a clip that has no tag any more", part(CHANGED, range(BREAK), body)),
                unfitting("that begins too late", part(ETAG, range(BREAK + 1), body.substring(1))),
                unfitting("that begins too early", part(ETAG, range(BREAK - 1), "x" + body)),
                unfitting("of a longer clip", part(ETAG, "bytes " + BREAK + end + (LENGTH + 1), body)),
                unfitting("of a clip of any length", part(ETAG, "bytes " + BREAK + end + "*", body)),
                unfitting("in other units", part(ETAG, range(BREAK).replace("bytes", "frames"), body)),
                unfitting("of an absurd length", part(ETAG, "bytes " + BREAK + end + "9".repeat(30), body)),
                unfitting("that does not say which it is", part(ETAG, null, body)),
                unfitting("that is too long", part(ETAG, range(BREAK), body + "x")),
                unfitting(
                        "that is not there",
                        "HTTP/1.1 416 Range Not Satisfiable\r\nConnection: close\r\nContent-Length: 0\r\n"
                                + "Content-Range: bytes */7\r\n\r\n"));
    }

    private static Arguments unfitting(String what, String answer) {
        return Arguments.of(Named.of(what, answer));
    }

    @Test
    void aPartThatNobodyAskedForIsNotTaken() {
        answers.add(rest(ETAG, BREAK));
        answers.add(whole(ETAG, CLIP));

        failingAttempt();
        assertWhole(attempt());
    }

    @Test
    void aClipThatEndsWhereTheConnectionEndsIsNotTakenForWhole() {
        answers.add("HTTP/1.1 200 OK\r\n" + ETAG + "\r\n" + CLIP.substring(0, BREAK));

        assertThat(failingAttempt()).hasMessageContaining("doesn't say where the result ends");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html>\n<html><body>Welcome to the hotel</body></html>",
                "\r\n<?xml version='1.0'?><Error><Code>InternalError</Code></Error>",
                "{\"message\":\"try again\"}",
            })
    void aPageThatSaysSuccessIsNotTakenForTheClip(String page) {
        answers.add(FakeServer.ok(page));

        assertThat(failingAttempt()).hasMessageContaining("it is text, not the result");
        assertThat(sink.size()).isZero();
    }

    /** It does if its first box is of 1 GB. */
    @Test
    void aClipMayBeginWithABracket() {
        String clip = "<\u00f0\u0012\u0034mdat" + CLIP.substring(8);
        answers.add(whole("", clip));

        assertThat(attempt()).isEqualTo(LENGTH);
        assertThat(sink.toString(StandardCharsets.ISO_8859_1)).isEqualTo(clip);
    }

    @Test
    void whatAFullSinkHasTakenIsNotGoneOnFrom() {
        AtomicBoolean full = new AtomicBoolean(true);
        Download filling = new Download(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        sink.write(b);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        if (full.get() && sink.size() > 2 * 1024 * 1024) {
                            sink.write(bytes, offset, length / 2);
                            throw new IOException("No space left on device");
                        }
                        sink.write(bytes, offset, length);
                    }
                },
                sink::reset);
        URI url = URI.create(server.url() + TestApi.SIGNED);
        answers.add(whole(ETAG, CLIP));
        answers.add(whole(ETAG, CLIP));

        assertThat(catchThrowableOfType(DewatermarkTransportException.class, () -> client.video()
                        .download(url, filling)))
                .hasMessageContaining("No space left on device");
        full.set(false);
        assertWhole(client.video().download(url, filling));

        assertAsksForAll(1);
    }

    @Test
    void anAnswerThatIsOfNoUseIsNotReadToItsEnd() throws Exception {
        AtomicLong sent = new AtomicLong();
        AtomicBoolean refused = new AtomicBoolean();
        try (FakeServer endless = new FakeServer((connection, self) -> {
                    FakeServer.answer("HTTP/1.1 206 Partial Content\r\nContent-Length: 300000000\r\n\r\n")
                            .play(connection, self);
                    try {
                        sendTo(connection, sent);
                    } catch (IOException e) {
                        refused.set(true);
                    }
                });
                DewatermarkClient other = TestApi.client(endless.url())) {
            catchThrowableOfType(DewatermarkTransportException.class, () -> other.video()
                    .download(URI.create(endless.url() + "/x"), download));

            org.awaitility.Awaitility.await().untilTrue(refused);
            assertThat(sent).hasValueLessThan(100_000_000);
        }
    }

    private static void sendTo(Socket connection, AtomicLong sent) throws IOException {
        byte[] block = new byte[100_000];
        for (int i = 0; i < 3000; i++) {
            connection.getOutputStream().write(block);
            sent.addAndGet(block.length);
        }
    }
}
