package io.github.cameldewatermark.client;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.cameldewatermark.client.Task.Status;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The calls for PDFs, byte by byte. What they have in common with those for clips is in {@link ApiWireTest}. */
class PdfWireTest {

    @RegisterExtension
    private static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private static final byte[] PDF = "%PDF-1.7\n\u0000\u00FF".getBytes(StandardCharsets.ISO_8859_1);

    private DewatermarkClient client;

    @BeforeEach
    void connect() {
        client = TestApi.client(SERVER.baseUrl());
    }

    @AfterEach
    void close() throws Exception {
        client.close();
    }

    @Test
    void createHasNoBodyAndNoType() {
        answer("{\"task_id\":\"p1\",\"upload_signed_url\":\"https://storage.googleapis.com/b/p?Sig=1\","
                + "\"file_path\":\"p\",\"status\":\"CREATED\",\"created_at\":1}");

        assertThat(client.pdf().create()).isEqualTo(TestApi.created("p1", "https://storage.googleapis.com/b/p?Sig=1"));

        assertApiCall(RequestMethod.POST, "/api/pdf/v1/upload");
        assertThat(request().getBody()).isEmpty();
        assertThat(request().getHeaders().getHeader("Content-Type").isPresent()).isFalse();
    }

    @Test
    void anUploadIsPutAsAPdfWithoutTheKey() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok()));

        client.pdf().upload(URI.create(SERVER.baseUrl() + TestApi.SIGNED), Content.of("a.pdf", PDF));

        assertThat(request().getMethod()).isEqualTo(RequestMethod.PUT);
        assertThat(request().getUrl()).isEqualTo(TestApi.SIGNED);
        assertThat(request().getHeader("Content-Type")).isEqualTo("application/pdf");
        assertThat(request().getHeader("Content-Length")).isEqualTo(String.valueOf(PDF.length));
        assertThat(request().getHeaders().toString()).doesNotContain(TestApi.KEY);
        assertThat(request().getBody()).isEqualTo(PDF);
    }

    @Test
    void submitSendsTheTaskIdAsAPart() {
        answer("{\"task_id\":\"p1\"}");

        Task task = client.pdf().submit("p1");

        assertThat(task).isEqualTo(new Task("p1", Status.PROCESSING, 0, null, null, null, null, null));
        assertApiCall(RequestMethod.POST, "/api/pdf/v1/tasks");
        String type = request().getHeader("Content-Type");
        String delimiter = "--" + type.substring("multipart/form-data; boundary=".length());
        assertThat(request().getBodyAsString())
                .isEqualTo(delimiter + "\r\nContent-Disposition: form-data; name=\"task_id\"\r\n"
                        + "Content-Type: text/plain; charset=UTF-8\r\n\r\np1\r\n" + delimiter + "--\r\n");
    }

    /** Its task is created until it ends, also when it is submitted. */
    @Test
    void whatIsSubmittedIsNotCreated() {
        answer("{\"task_id\":\"p1\",\"status\":\"CREATED\"}");

        assertThat(client.pdf().submit("p1").status()).isEqualTo(Status.PROCESSING);
        assertThat(client.pdf().status("p1").status()).isEqualTo(Status.CREATED);
    }

    @Test
    void aSuccessIsCompletedWithTheUrlOfItsResult() {
        answer("{\"task_id\":\"p1\",\"status\":\"SUCCESS\",\"result_url\":\"https://a/r?x=1\"}");

        assertThat(client.pdf().status("p1"))
                .isEqualTo(new Task("p1", Status.COMPLETED, 0, null, null, null, URI.create("https://a/r?x=1"), null));
        assertApiCall(RequestMethod.GET, "/api/pdf/v1/tasks/p1");
    }

    @Test
    void aDownloadComesWithoutTheKey() {
        SERVER.stubFor(any(anyUrl()).willReturn(ok().withBody(PDF)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        client.pdf().download(URI.create(SERVER.baseUrl() + TestApi.SIGNED), out);

        assertThat(out.toByteArray()).isEqualTo(PDF);
        assertThat(request().getHeaders().toString()).doesNotContain(TestApi.KEY);
    }

    private static void answer(String json) {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson(json)));
    }

    private static LoggedRequest request() {
        return SERVER.getAllServeEvents().get(0).getRequest();
    }

    private static void assertApiCall(RequestMethod method, String url) {
        assertThat(request().getMethod()).isEqualTo(method);
        assertThat(request().getUrl()).isEqualTo(url);
        assertThat(request().getHeader("X-API-KEY")).isEqualTo(TestApi.KEY);
        assertThat(request().getHeader("Accept")).isEqualTo("application/json");
    }
}
