package io.github.cameldewatermark;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.github.cameldewatermark.DewatermarkConstants.MASK_BASE;
import static io.github.cameldewatermark.DewatermarkConstants.MASK_BRUSH;
import static io.github.cameldewatermark.DewatermarkConstants.SESSION_ID;
import static io.github.cameldewatermark.DewatermarkConstants.TASK_ID;
import static io.github.cameldewatermark.DewatermarkConstants.TASK_KEY;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever headers a message brings along, from a web client for example: only those of the reference do anything. */
class HeaderInjectionTest {

    private static final byte[] PICTURE = TestPictures.jpeg(16, 16, 1);

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.server();

    @TempDir
    Path folder;

    @AutoClose
    private final TestContext context = TestContext.at(WIRE.baseUrl());

    /** All that someone might try, by the names of our options, of camel-http, and of HTTP itself. */
    static Stream<String> names() throws Exception {
        List<String> options = new ArrayList<>();
        for (Class<?> type : List.of(DewatermarkConfiguration.class, DewatermarkComponent.class)) {
            Arrays.stream(type.getMethods())
                    .map(java.lang.reflect.Method::getName)
                    .filter(name -> name.startsWith("set"))
                    .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
                    .filter(name -> !listed().contains("cameldewatermark" + name.toLowerCase(Locale.ROOT)))
                    .forEach(options::add);
        }
        return Stream.concat(
                options.stream().flatMap(name -> Stream.of(name, "Dewatermark." + name, "CamelDewatermark" + name)),
                Stream.of(
                        Exchange.HTTP_URI,
                        Exchange.HTTP_PATH,
                        Exchange.HTTP_QUERY,
                        Exchange.HTTP_RAW_QUERY,
                        Exchange.HTTP_METHOD,
                        Exchange.HTTP_HOST,
                        Exchange.REST_HTTP_URI,
                        "CamelDestinationOverrideUrl",
                        "X-API-KEY",
                        "Host",
                        "Authorization",
                        "Cookie",
                        "Accept",
                        "Content-Type",
                        "Content-Length",
                        "Content-Encoding",
                        "Transfer-Encoding",
                        "Connection",
                        "Expect",
                        "Location",
                        "X-Forwarded-Host"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"erase", "credit"})
    void noOtherHeaderChangesWhatIsSent(String operation) throws Exception {
        stubPlatform();
        context.start("dewatermark:" + operation);
        List<String> usual = sentWith(Map.of());

        assertThat(sentWith(others())).isEqualTo(usual).isNotEmpty();
    }

    @Test
    void noOtherHeaderChangesWhatIsSentOfAClip() throws Exception {
        try (Sandbox sandbox = TestClips.sandbox(Duration.ofMillis(50));
                TestContext clips = TestContext.at(sandbox).start("dewatermark:video")) {
            List<String> usual = sentWith(Map.of(), clips, sandbox);

            assertThat(sentWith(others(), clips, sandbox)).isEqualTo(usual).hasSize(5);
        }
    }

    private static Map<String, Object> others() throws Exception {
        Map<String, Object> headers = new HashMap<>();
        for (String name : names().toList()) {
            casings(name).forEach(casing -> headers.put(casing, "http://127.0.0.1:1/evil?a=b"));
        }
        assertThat(headers).hasSizeGreaterThan(300);
        return headers;
    }

    @ParameterizedTest
    @MethodSource("casingsOfOurHeaders")
    void whatComesOverHttpIsDroppedInEveryCasing(String header) {
        assertThat(new HttpHeaderFilterStrategy().applyFilterToExternalHeaders(header, "x", null))
                .isTrue();
    }

    static Stream<String> casingsOfOurHeaders() {
        return listed().stream().flatMap(HeaderInjectionTest::casings);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../api/creditInfo",
                "x/../../y",
                "a?b=c",
                "a#b",
                "http://127.0.0.1:1/x",
                "//127.0.0.1:1",
                "a\r\nX-API-KEY: mine",
                "a%2f..%2fb",
                "..;/x",
                "\\..\\x"
            })
    void aTaskIdIsNeverMoreThanOneSegmentOfAPath(String taskId) throws Exception {
        stubPlatform();
        WIRE.stubFor(any(urlPathMatching("/api/video/v1/tasks/[^/]+"))
                .willReturn(aResponse().withStatus(404)));

        Exchange exchange = context.start("dewatermark:video").send(null, Map.of(TASK_ID, taskId));

        assertThat(exchange.getException()).isInstanceOf(DewatermarkException.class);
        assertThat(requests()).singleElement().satisfies(request -> {
            assertThat(request.getUrl()).matches("/api/video/v1/tasks/[^/?#]+");
            assertThat(request.getHeader("X-API-KEY")).isEqualTo(TestContext.KEY);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void aTaskIdThatWouldMeanAnotherPathIsNotSent(String taskId) throws Exception {
        Exchange exchange = context.start("dewatermark:video").send(null, Map.of(TASK_ID, taskId));

        assertThat(exchange.getException()).hasMessageContaining("is not a task id");
        assertThat(requests()).isEmpty();
    }

    @Test
    void aSessionIdCannotBecomeAnotherPart() throws Exception {
        stubPlatform();
        String session = "s\r\n--x\r\nContent-Disposition: form-data; name=\"remove_text\"\r\n\r\ntrue\r\n--x--";

        context.start("dewatermark:erase").send(null, Map.of(SESSION_ID, session));

        Map<String, byte[]> parts = WIRE.parts();
        assertThat(parts).containsOnlyKeys("session_id", "remove_text", "predict_mode");
        assertThat(new String(parts.get("session_id"))).isEqualTo(session);
        assertThat(new String(parts.get("remove_text"))).isEqualTo("false");
    }

    @Test
    void theNameOfAFileIsNotSent() throws Exception {
        stubPlatform();
        String name = "a\"; name=\"x\r\nX-Evil: 1.jpg";
        context.start("dewatermark:erase");

        List<String> usual = sentWith(Map.of());

        assertThat(sentWith(Map.of(Exchange.FILE_NAME, name))).isEqualTo(usual);
    }

    @ParameterizedTest
    @ValueSource(strings = {MASK_BRUSH, MASK_BASE})
    void aTextInTheHeaderOfAMaskIsNoPath(String header) throws Exception {
        Path secret = Files.write(folder.resolve("secret.png"), PICTURE);
        Map<String, Object> headers = new HashMap<>(Map.of(MASK_BRUSH, PICTURE));
        context.start("dewatermark:erase");
        for (Object text : List.of(
                secret.toString(),
                "file:" + secret,
                secret.toUri(),
                secret.toUri().toURL())) {
            headers.put(header, text);

            failure(context.send(PICTURE, headers), DewatermarkInputException.class);
        }
        assertThat(requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"erase", "video"})
    void aTextInTheBodyIsNoPath(String operation) throws Exception {
        Path secret = Files.write(folder.resolve("secret.jpg"), PICTURE);
        context.start("dewatermark:" + operation);
        for (Object text : List.of(
                secret.toString(),
                "file:" + secret,
                secret.toUri(),
                secret.toUri().toURL())) {
            failure(context.send(text), DewatermarkInputException.class);
        }
        assertThat(requests()).isEmpty();
    }

    @Test
    void aTaskKeyIsNoPath() throws Exception {
        Path journal = Files.createDirectories(folder.resolve("a/journal"));
        try (Sandbox sandbox = TestClips.sandbox(Duration.ofSeconds(50));
                TestContext clips = TestContext.at(sandbox)) {
            clips.options().setJournalDirectory(journal.toString());
            clips.start(routes -> routes.from("direct:in")
                    .to("dewatermark:video?waitForCompletion=false")
                    .throwException(new IllegalStateException("so that the record stays")));

            clips.send(TestClips.clip("a"), Map.of(TASK_KEY, "../../evil"));
        }
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allMatch(
                            file -> file.startsWith(journal) && !file.toString().contains("evil"));
        }
    }

    private void stubPlatform() {
        WIRE.answersWith(PICTURE);
        WIRE.stubFor(any(urlPathEqualTo("/api/creditInfo")).willReturn(okJson("{\"data\":{\"available_credit\":1}}")));
    }

    /** All that goes over the wire for one message, without the boundary of multipart, which is random. */
    private List<String> sentWith(Map<String, Object> headers) {
        WIRE.resetRequests();
        body(context.send(PICTURE.clone(), headers));
        return requests().stream().map(HeaderInjectionTest::describe).toList();
    }

    /** The kinds of requests for one clip; how often its status is looked at depends on the time. */
    private static List<String> sentWith(Map<String, Object> headers, TestContext context, Sandbox sandbox) {
        sandbox.requests().clear();
        body(context.send(TestClips.clip("a"), headers));
        return sandbox.requests().all().stream()
                .map(request -> request.call() + " " + request.method() + " " + new TreeMap<>(request.headers()))
                .map(request -> request.replaceAll("boundary=[^,\\]]+", ""))
                .distinct()
                .toList();
    }

    private static List<LoggedRequest> requests() {
        return WIRE.findAll(com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor(anyUrl()));
    }

    private static String describe(LoggedRequest request) {
        String type = String.valueOf(request.getHeader("Content-Type"));
        String boundary = type.contains("boundary=") ? type.substring(type.indexOf('=') + 1) : "none";
        List<String> lines = new ArrayList<>(List.of(request.getMethod() + " " + request.getAbsoluteUrl()));
        for (HttpHeader header : request.getHeaders().all()) {
            lines.add(header.key() + ": " + header.values());
        }
        lines.add(request.getBodyAsString());
        return String.join("\n", lines).replace(boundary, "BOUNDARY");
    }

    /** The headers of the reference, in lower case. */
    private static List<String> listed() {
        return Arrays.stream(DewatermarkConstants.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(field -> {
                    try {
                        return ((String) field.get(null)).toLowerCase(Locale.ROOT);
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private static Stream<String> casings(String name) {
        StringBuilder mixed = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            String c = name.substring(i, i + 1);
            mixed.append(i % 2 == 0 ? c.toLowerCase(Locale.ROOT) : c.toUpperCase(Locale.ROOT));
        }
        return Stream.of(name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT), mixed.toString());
    }
}
