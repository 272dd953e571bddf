package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(240)
class HttpUploadTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private URI uri;

    @TempDir
    private Path folder;

    private RouteRun run;

    @BeforeEach
    void prepare() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        uri = URI.create("http://127.0.0.1:" + port + "/clean");
        run = new RouteRun("http-upload")
                .with("http.folder", folder)
                .with("camel.server.port", port)
                .with("camel.server.maxBodySize", 100_000);
    }

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void aPictureComesBackClean() throws Exception {
        run.start();

        HttpResponse<byte[]> answer = post("image/jpeg", Samples.jpeg());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(answer.headers().firstValue("X-Credits")).contains("1");
        assertThat(Samples.read(answer.body()))
                .extracting("width", "height")
                .containsExactly(Samples.WIDTH, Samples.HEIGHT);
        assertThat(run.sandbox().balance()).isEqualByComparingTo("99");
    }

    @Test
    void aPictureThatIsSentAgainIsNotPaidForAgain() throws Exception {
        run.start();
        byte[] first = post("image/jpeg", Samples.jpeg()).body();

        HttpResponse<byte[]> answer = post("image/jpeg", Samples.jpeg());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(first);
        assertThat(answer.headers().firstValue("X-Credits")).contains("0");
        assertThat(run.sandbox().ledger()).hasSize(1);
        assertThat(folder.resolve(".journal/ledger.csv")).content().contains(",YES,");
    }

    @Test
    void whatMayHaveBeenChargedIsPaidForAgainOnPurposeOnly() throws Exception {
        run.sandbox().faults().on(Call.ERASE).inject(Fault.resetAfter());
        run.start();

        assertRefused(post("image/jpeg", Samples.jpeg()), 502, "X-Pay-Again: true");
        assertRefused(post("image/jpeg", Samples.jpeg()), 502, "X-Pay-Again: true");
        assertRefused(post("image/jpeg", Samples.jpeg(), "X-Pay-Again", "false"), 502, "X-Pay-Again: true");
        assertRefused(post("image/jpeg", Samples.jpeg(), "X-Pay-Again", "${x}"), 502, "X-Pay-Again: true");
        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(1);

        assertThat(post("image/jpeg", Samples.jpeg(), "X-Pay-Again", "true").statusCode())
                .isEqualTo(200);
        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(2);
    }

    @Test
    void noHeaderOfOursGetsOutOrIn() throws Exception {
        run.start();
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "image/jpeg")
                .header("CamelDewatermarkPredictMode", "none")
                .header("CamelHttpResponseCode", "418")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Samples.jpeg()))
                .build();

        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase().startsWith("camel"));
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfTheRequestComesBack(Outcome outcome) throws Exception {
        run.start();
        if (outcome.fault != null) {
            run.sandbox().faults().on(Call.ERASE).always().inject(outcome.fault);
        }
        String[] names = {
            "Set-Cookie",
            "Location",
            "X-Anything",
            "ETag",
            "Cache-Control",
            "Content-Language",
            "Content-Disposition",
            "Access-Control-Allow-Origin",
            "WWW-Authenticate",
            "Strict-Transport-Security",
            "Server",
            "Via",
            "Link",
            "authorization",
            "cookie",
            "accept",
            "user-agent",
            "X-Credits",
            "Retry-After",
            "CamelFileName"
        };
        String parameters = String.join("=echo&", names) + "=echo";
        HttpRequest.Builder request = HttpRequest.newBuilder(uri.resolve("/clean?" + parameters))
                .header("Content-Type", outcome.type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(outcome.body()));
        for (String header : names) {
            request.header(header, "echo");
        }

        HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(outcome.status);
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        List.of(":status", "content-length", "transfer-encoding", "connection", "date")
                .forEach(headers::remove);
        Set<String> own = new TreeSet<>();
        switch (outcome.status) {
            case 200 -> own.addAll(List.of("content-type", "x-credits"));
            case 413 -> own.clear(); // the server itself refuses it
            case 429, 503 -> own.addAll(List.of("content-type", "retry-after"));
            default -> own.add("content-type");
        }
        assertThat(headers.keySet()).isEqualTo(own);
        assertThat(headers.values().toString()).doesNotContain("echo");
        if (outcome.status != 200) {
            assertThat(new String(answer.body())).hasSizeLessThan(500).doesNotContain("echo");
        }
    }

    @Test
    void noHeaderOfTheConnectionComesBack() throws Exception {
        run.start();

        String answer = exchange("""
                Content-Type: image/jpeg
                Transfer-Encoding: chunked
                Expect: 100-continue
                TE: trailers
                Trailer: X-Echo
                Keep-Alive: timeout=77
                Proxy-Connection: keep-alive
                Upgrade: echo
                """, chunked(Samples.jpeg()));

        assertThat(answer).startsWith("HTTP/1.1 100 Continue");
        String head = answer.substring(answer.indexOf("HTTP/1.1 200"));
        head = head.substring(0, head.indexOf("\r\n\r\n"));
        assertThat(head.lines().skip(1).map(line -> line.substring(0, line.indexOf(':'))
                        .toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates()
                .isSubsetOf("content-type", "x-credits", "content-length", "transfer-encoding", "connection", "date");
    }

    @Test
    void noHeaderOfOursGetsInInAnyCasingNorAsAParameter() throws Exception {
        run.start();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        run.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/headers").process(exchange -> {
                    seen.addAll(exchange.getMessage().getHeaders().keySet());
                    exchange.getMessage().setBody("");
                });
            }
        });
        String[] names = {
            "CamelDewatermarkTaskId", "cameldewatermarktaskid", "CAMELDEWATERMARKTASKID", "cAmElDewatermarkTaskId",
            "camelDewatermarkSessionId", "CAMELDewatermarkMaskBrush", "camel.dewatermark.apiKey", "CamelHttpUri2"
        };
        String parameters = String.join("=x&", names) + "=x";
        HttpRequest.Builder request = HttpRequest.newBuilder(uri.resolve("/headers?seen=y&" + parameters))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Seen", "y")
                .POST(HttpRequest.BodyPublishers.ofString(parameters));
        for (String name : names) {
            request.header(name, "x");
        }

        client.send(request.build(), HttpResponse.BodyHandlers.ofString());

        assertThat(seen).contains("seen").anyMatch("X-Seen"::equalsIgnoreCase);
        assertThat(seen).map(name -> name.toLowerCase(Locale.ROOT)).noneMatch(name -> name.contains("dewatermark"));
    }

    @Test
    void whatCantBeCleanedIsRefusedInTermsOfHttp() throws Exception {
        run.start();

        assertRefused(post("image/jpeg", Samples.text()), 415, "the body is a text; put a picture in its place");
        assertRefused(
                post("image/heic", "\0\0\0\30ftypheic\0\0\0\0mif1heic".getBytes()), 415, "the body is an HEIC picture");
        assertRefused(
                post("image/jpeg", Arrays.copyOf(Samples.clip(), 1000)), 415, "the body is a clip. Nothing was sent");
        assertRefused(
                post("image/jpeg", Arrays.copyOf(Samples.jpeg(), 300)), 400, "was it still being written?. Nothing");
        assertRefused(post("image/jpeg", new byte[0]), 400, "empty");
        assertThat(run.sandbox().requests().count(Call.ERASE)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "image/x-anything", "application/octet-stream"})
    void aPictureOfAnotherKindComesBackAsAJpeg(String type) throws Exception {
        run.start();

        HttpResponse<byte[]> answer = post(type, Samples.mask()); // a PNG

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(answer.body()).startsWith(0xFF, 0xD8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Image/JPEG; q=1", "IMAGE/PNG", "image/jpeg;charset=nonsense", "Application/Octet-Stream ; a=b"})
    void theTypeMayHaveParametersAndAnyCasing(String type) throws Exception {
        run.start();

        assertThat(post(type, Samples.jpeg()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "text/plain",
                "application/json",
                "video/mp4",
                "image",
                "image/",
                "imagery/png",
                "x-image/png",
                "text/plain; image/png",
                "*/*",
                "echo echo",
                "application/x-www-form-urlencoded", // what curl --data-binary says by itself
                "application/x-www-form-urlencoded; charset=UTF-8",
                "multipart/form-data; boundary=echo",
                "Multipart/Form-Data",
                "multipart/mixed; boundary=echo"
            })
    void anotherTypeIsRefusedAndTheAnswerSaysWhatToDo(String type) throws Exception {
        run.start();

        HttpResponse<byte[]> answer = post(type, Arrays.copyOf(Samples.jpeg(), 90_000));

        assertRefused(answer, 415, "Content-Type: image/jpeg");
        assertThat(new String(answer.body())).contains("Nothing was charged").doesNotContain("echo");
        assertThat(run.sandbox().requests().all()).isEmpty();
        assertThat(post("image/jpeg", Samples.jpeg()).statusCode()).isEqualTo(200);
    }

    @Test
    void aFormWithAFileIsRefusedAndNothingOfItIsKept() throws Exception {
        run.start();
        String form = "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"echo.jpg\"\r\n"
                + "Content-Type: image/jpeg\r\n\r\npicture\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"Location\"\r\n\r\necho\r\n--x--\r\n";

        HttpResponse<byte[]> answer = post("multipart/form-data; boundary=x", form.getBytes());

        assertRefused(answer, 415, "Content-Type: image/jpeg");
        assertThat(answer.headers().firstValue("Location")).isEmpty();
        assertThat(run.sandbox().requests().all()).isEmpty();
    }

    @Test
    void aConnectionCanBeUsedAgainAfterAFormThatWasNotRead() throws Exception {
        run.start();
        byte[] large = new byte[1_000_000]; // more than the buffers of the network hold
        byte[] head =
                request("Content-Type: application/x-www-form-urlencoded\nContent-Length: " + large.length, false);
        byte[] next = request("Content-Type: image/jpeg\nContent-Length: " + Samples.jpeg().length, true);

        String answers = exchange(head, large, next, Samples.jpeg());

        assertThat(answers).startsWith("HTTP/1.1 415").contains("HTTP/1.1 200");
    }

    @Test
    void aConnectionOfHttp2CanBeUsedAgainAfterAFormThatWasNotRead() throws Exception {
        run.start();

        for (int i = 0; i < 5; i++) {
            assertThat(post("image/jpeg", Samples.jpeg()).version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertRefused(post("application/x-www-form-urlencoded", new byte[1_000_000]), 415, "Content-Type");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "x-gzip", "br", "deflate, gzip", "echo"})
    void aCompressedPictureIsRefusedAndTheAnswerSaysWhatToDo(String coding) throws Exception {
        run.start();
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(Samples.jpeg());
        }

        HttpResponse<byte[]> answer = post("image/jpeg", compressed.toByteArray(), "Content-Encoding", coding);

        assertRefused(answer, 415, "without Content-Encoding");
        assertThat(new String(answer.body())).contains("Nothing was charged").doesNotContain("echo");
        assertThat(run.sandbox().requests().all()).isEmpty();
    }

    @Test
    void aPictureThatIsSaidNotToBeCompressedIsTaken() throws Exception {
        run.start();

        HttpResponse<byte[]> answer = post("image/jpeg", Samples.jpeg(), "Content-Encoding", "Identity");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void anotherMethodIsNotAllowed() throws Exception {
        run.start();

        HttpRequest get = HttpRequest.newBuilder(uri).header("Location", "echo").build();
        HttpResponse<byte[]> answer = client.send(get, HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void aPictureThatIsTooLargeIsRefused() throws Exception {
        run.start();

        assertThat(post("image/jpeg", new byte[100_001]).statusCode()).isEqualTo(413);
    }

    @Test
    void withoutCreditsItIsUnavailableAndDoesNotSayWhy() throws Exception {
        run.withoutCredits().start();

        HttpResponse<byte[]> answer = post("image/jpeg", Samples.jpeg());

        assertRefused(answer, 503, "can't be cleaned at the moment");
        assertThat(answer.headers().firstValue("Retry-After")).contains("30");
        assertThat(new String(answer.body())).doesNotContainIgnoringCase("credit", "key", "sandbox", "403");
    }

    @Test
    void withAWrongKeyItIsUnavailableAndDoesNotSayWhy() throws Exception {
        run.with("camel.component.dewatermark.apiKey", "wrong").start();

        HttpResponse<byte[]> answer = post("image/jpeg", Samples.jpeg());

        assertRefused(answer, 503, "can't be cleaned at the moment");
        assertThat(new String(answer.body())).doesNotContainIgnoringCase("key", "wrong", "401", "http");
    }

    @Test
    void whenThePlatformIsBusyTheClientIsToldToComeAgain() throws Exception {
        run.start();
        run.sandbox().faults().on(Call.ERASE).inject(Fault.status(429).retryAfter("20"));

        HttpResponse<byte[]> answer = post("image/jpeg", Samples.jpeg());

        assertRefused(answer, 429, "Nothing was charged");
        assertThat(answer.headers().firstValue("Retry-After")).contains("30");
    }

    @Test
    void whenTheMoneyIsUnclearTheClientIsNotToldToComeAgain() throws Exception {
        run.start();
        run.sandbox().faults().on(Call.ERASE).inject(Fault.resetAfter());

        HttpResponse<byte[]> answer = post("image/jpeg", Samples.jpeg());

        assertRefused(answer, 502, "may have been charged");
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(1);
    }

    private static void assertRefused(HttpResponse<byte[]> answer, int status, String reason) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain");
        assertThat(new String(answer.body())).contains(reason);
    }

    /** {@code null} as the type: no such header. */
    private HttpResponse<byte[]> post(String type, byte[] body, String... more)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        if (more.length > 0) {
            request.headers(more);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** One request with headers that the client of the JDK doesn't send. */
    private String exchange(String headers, byte[] body) throws IOException {
        return exchange(request(headers.strip(), true), body);
    }

    /** What a connection brings back for these bytes, until the server closes it. */
    private String exchange(byte[]... all) throws IOException {
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(10_000);
            for (byte[] bytes : all) {
                socket.getOutputStream().write(bytes);
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private byte[] request(String headers, boolean last) {
        String connection = last ? "close" : "keep-alive";
        return ("POST /clean HTTP/1.1\r\nHost: localhost\r\nConnection: " + connection + "\r\n"
                        + headers.replace("\n", "\r\n") + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] chunked(byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write((Integer.toHexString(body.length) + "\r\n").getBytes());
        out.write(body);
        out.write("\r\n0\r\n\r\n".getBytes());
        return out.toByteArray();
    }

    /** What can come of a request. */
    private enum Outcome {
        CLEAN(200, "image/jpeg", null),
        NO_PICTURE(415, "image/jpeg", null),
        REFUSED_BY_THE_PLATFORM(400, "image/jpeg", Fault.status(400)),
        TOO_LARGE(413, "image/jpeg", null),
        ANOTHER_TYPE(415, "text/plain", null),
        FORM(415, "application/x-www-form-urlencoded", null),
        TOO_MANY(429, "image/jpeg", Fault.status(429)),
        UNCLEAR(502, "image/jpeg", Fault.resetAfter()),
        PLATFORM_DOWN(503, "image/jpeg", Fault.status(503).retryAfter("30"));

        private final int status;
        private final String type;
        private final Fault fault;

        Outcome(int status, String type, Fault fault) {
            this.status = status;
            this.type = type;
            this.fault = fault;
        }

        private byte[] body() throws IOException {
            return switch (this) {
                case NO_PICTURE -> Samples.text();
                case TOO_LARGE -> new byte[100_001];
                default -> Samples.jpeg();
            };
        }
    }
}
