package io.github.cameldewatermark.client;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.cameldewatermark.client.Task.Status;
import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.ApiCall.Step;
import io.github.cameldewatermark.error.DewatermarkException;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call as it goes over the wire, and its answer as it is read. */
class ApiWireTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @AutoClose
    private final DewatermarkClient client = TestApi.client(SERVER.baseUrl());

    @Test
    void theBalanceIsADecimal() {
        answer("{\"status\":\"OK\",\"data\":{\"available_credit\":1000.2,\"user_id\":\"u1\",\"new\":[1]}}");

        CreditInfo credit = client.credit();

        assertThat(credit.availableCredit()).isEqualByComparingTo(new BigDecimal("1000.2"));
        assertThat(credit.userId()).isEqualTo("u1");
        assertApiCall(RequestMethod.GET, "/api/creditInfo");
        assertThat(request().getBody()).isEmpty();
    }

    @Test
    void aFractionOfTheBalanceIsExact() {
        answer("{\"data\":{\"available_credit\":0.30000000000000004}}");

        assertThat(client.credit()).isEqualTo(new CreditInfo(new BigDecimal("0.30000000000000004"), null));
    }

    @Test
    void createUploadSaysMultipartAndHasNoBody() throws Exception {
        String ticket = "{\"task_id\":\"t1\",\"upload_signed_url\":\"https://storage.googleapis.com/b/c.mp4?Sig=1\","
                + "\"file_path\":\"c.mp4\",\"status\":\"CREATED\",\"push_notification_token\":null,\"created_at\":1}";
        // WireMock fails over a multipart request without a boundary
        try (FakeServer raw = FakeServer.json(ticket)) {
            assertThat(raw.client().video().create())
                    .isEqualTo(TestApi.created("t1", "https://storage.googleapis.com/b/c.mp4?Sig=1"));

            assertThat(raw.requests()).singleElement().satisfies(request -> assertThat(request.lines())
                    .startsWith("POST /api/video/v1/upload HTTP/1.1")
                    .contains(
                            "Accept: application/json",
                            "X-API-KEY: " + TestApi.KEY,
                            "Content-Type: multipart/form-data",
                            "Content-Length: 0")
                    .noneMatch(line -> line.startsWith("Transfer-Encoding")));
        }
    }

    @Test
    void anUploadIsPutWithoutTheKeyToTheVeryUrlThatWasSigned() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok()));
        byte[] clip = new byte[100_000];

        client.video().upload(URI.create(SERVER.baseUrl() + TestApi.SIGNED), Content.of("clip.mp4", clip));

        assertThat(request().getMethod()).isEqualTo(RequestMethod.PUT);
        assertThat(request().getUrl()).isEqualTo(TestApi.SIGNED);
        assertNoKey();
        assertThat(header("Content-Type")).containsExactly("application/octet-stream");
        assertLength(clip.length);
        assertThat(request().getBody()).isEqualTo(clip);
    }

    @Test
    void aDownloadComesWithoutTheKeyFromTheVeryUrlThatWasSigned() {
        byte[] clip = new byte[100_000];
        clip[99_999] = 1;
        SERVER.stubFor(any(anyUrl()).willReturn(ok().withBody(clip)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        long length = client.video().download(URI.create(SERVER.baseUrl() + TestApi.SIGNED), out);

        assertThat(length).isEqualTo(100_000);
        assertThat(out.toByteArray()).isEqualTo(clip);
        assertThat(request().getMethod()).isEqualTo(RequestMethod.GET);
        assertThat(request().getUrl()).isEqualTo(TestApi.SIGNED);
        assertNoKey();
    }

    @Test
    void submitSendsTheTaskIdAsAPart() {
        answer("{\"task_id\":\"t1\",\"status\":\"PROCESSING\"}");

        Task task = client.video().submit("t1");

        assertThat(task).isEqualTo(new Task("t1", Status.PROCESSING, 0, null, null, null, null, null));
        assertApiCall(RequestMethod.POST, "/api/video/v1/tasks");
        assertThat(header("Content-Type")).singleElement().asString().startsWith("multipart/form-data; boundary=");
        assertLength(request().getBody().length);
        assertThat(request().getParts()).singleElement().satisfies(part -> {
            assertThat(part.getName()).isEqualTo("task_id");
            assertThat(part.getHeader("Content-Disposition").firstValue()).doesNotContain("filename");
            assertThat(part.getBody().asString()).isEqualTo("t1");
        });
    }

    @Test
    void submitSendsABrushAsAFile() {
        answer("{\"task_id\":\"t1\",\"status\":\"PROCESSING\"}");

        client.video().submit("t1", Content.of("b\"\r\nX-Evil: 1", new byte[] {1, 2, 3}));

        assertApiCall(RequestMethod.POST, "/api/video/v1/tasks");
        String type = header("Content-Type").get(0);
        String delimiter = "--" + type.substring("multipart/form-data; boundary=".length());
        assertThat(new String(request().getBody(), StandardCharsets.ISO_8859_1))
                .isEqualTo(delimiter + "\r\nContent-Disposition: form-data; name=\"task_id\"\r\n"
                        + "Content-Type: text/plain; charset=UTF-8\r\n\r\nt1\r\n"
                        + delimiter
                        + "\r\nContent-Disposition: form-data; name=\"mask_brush\"; filename=\"mask_brush.png\"\r\n"
                        + "Content-Type: image/png\r\n\r\n\1\2\3\r\n" + delimiter + "--\r\n");
        assertLength(request().getBody().length);
    }

    @Test
    void aStatusHasAllThatIsKnownOfATask() {
        answer(
                "{\"task_id\":\"t1\",\"status\":\"COMPLETED\",\"progress\":0.75,\"has_watermark\":true,\"duration\":12.5,"
                        + "\"upload_signed_url\":\"https://a/u\",\"download_signed_url\":\"https://a/d?x=1\",\"completed_at\":1700000000,\"instance_name\":null}");

        Task task = client.video().status("t1");

        assertThat(task)
                .isEqualTo(new Task(
                        "t1",
                        Status.COMPLETED,
                        0.75,
                        true,
                        12.5,
                        URI.create("https://a/u"),
                        URI.create("https://a/d?x=1"),
                        Instant.ofEpochSecond(1_700_000_000)));
        assertApiCall(RequestMethod.GET, "/api/video/v1/tasks/t1");
    }

    @Test
    void whatAStatusDoesNotSayIsUnknown() {
        answer("{\"status\":\"CREATED\",\"progress\":null,\"has_watermark\":null,\"duration\":\"?\","
                + "\"download_signed_url\":\"\",\"upload_signed_url\":null}");

        assertThat(client.video().status("t1"))
                .isEqualTo(new Task("t1", Status.CREATED, 0, null, null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "a/b,    a%2Fb",
        "../x,   ..%2Fx",
        "a b,    a%20b",
        "a?b=c,  a%3Fb%3Dc",
        "a#b,    a%23b",
        "ä,      %C3%A4",
        "100%25, 100%2525",
    })
    void aTaskIdStaysOneSegmentOfThePath(String taskId, String segment) {
        answer("{\"status\":\"PROCESSING\"}");

        client.video().status(taskId);

        assertThat(request().getUrl()).isEqualTo("/api/video/v1/tasks/" + segment);
    }

    /** No cookie, no encoding that would hide a length, no expectation to wait for, nothing of a message. */
    @ParameterizedTest
    @EnumSource
    void aCallHasTheseHeadersAndNoOthers(ApiCall call) throws Exception {
        Set<String> expected = new TreeSet<>(Set.of("Host", "Connection", "User-Agent"));
        if (call.step() != Step.UPLOAD && call.step() != Step.DOWNLOAD) {
            expected.addAll(Set.of("X-API-KEY", "Accept"));
        }
        if (Set.of(Step.ERASE, Step.CREATE, Step.UPLOAD, Step.SUBMIT).contains(call.step())) {
            expected.add("Content-Length");
        }
        if (expected.contains("Content-Length") && call != ApiCall.PDF_CREATE) {
            expected.add("Content-Type");
        }
        try (FakeServer raw = FakeServer.answering("HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n")) {
            assertThatThrownBy(() -> TestApi.call(call, raw)).isInstanceOf(DewatermarkException.class);

            assertThat(raw.requests()).singleElement().satisfies(request -> assertThat(
                            request.lines().skip(1).takeWhile(line -> !line.isEmpty()))
                    .extracting(line -> line.substring(0, line.indexOf(':')))
                    .containsExactlyInAnyOrderElementsOf(expected));
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "/", "/v7", "/v7/", "/a/b", "/a/b/"})
    void aPathOfTheBaseUrlComesFirst(String path) throws Exception {
        answer("{\"data\":{\"available_credit\":1}}");

        try (DewatermarkClient other = TestApi.client(SERVER.baseUrl() + path)) {
            other.credit();
        }

        assertThat(request().getUrl()).isEqualTo(path.replaceAll("/$", "") + "/api/creditInfo");
    }

    private static void answer(String json) {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(json)));
    }

    private static LoggedRequest request() {
        List<ServeEvent> events = SERVER.getAllServeEvents();
        assertThat(events).hasSize(1);
        return events.get(0).getRequest();
    }

    private static List<String> header(String name) {
        return request().getHeaders().getHeader(name).isPresent()
                ? request().header(name).values()
                : List.of();
    }

    private static void assertApiCall(RequestMethod method, String url) {
        assertThat(request().getMethod()).isEqualTo(method);
        assertThat(request().getUrl()).isEqualTo(url);
        assertThat(header("X-API-KEY")).containsExactly(TestApi.KEY);
        assertThat(header("Accept")).containsExactly("application/json");
    }

    private static void assertNoKey() {
        assertThat(header("X-API-KEY")).isEmpty();
        assertThat(request().getHeaders().toString()).doesNotContain(TestApi.KEY);
    }

    private static void assertLength(int length) {
        assertThat(header("Content-Length")).containsExactly(Integer.toString(length));
        assertThat(header("Transfer-Encoding")).isEmpty();
    }
}
