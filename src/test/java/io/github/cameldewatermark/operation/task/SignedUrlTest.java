package io.github.cameldewatermark.operation.task;

import static io.github.cameldewatermark.DewatermarkConstants.TASK_ID;
import static io.github.cameldewatermark.testkit.TestClips.cleaned;
import static io.github.cameldewatermark.testkit.TestClips.clip;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.client.FakeServer;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.http.LoggedRequest;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.NoSecretsLogged;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Where clips go and come from is said by the server: only known hosts get them, and never the API key. The signed URLs
 * of the sandbox have the host 127.0.0.1; for a component that knows the platform as localhost, that is another one.
 */
@ExtendWith(NoSecretsLogged.class)
class SignedUrlTest {

    @AutoClose
    private final Sandbox sandbox = TestClips.sandbox(Duration.ofMillis(100));

    @AutoClose
    private final TestContext context =
            TestContext.at(sandbox.baseUrl().replace("127.0.0.1", "localhost"), sandbox.apiKey());

    @Test
    void aHostOfSignedUrlHostsIsAllowedAndNeverGetsTheKey() throws Exception {
        context.component().setSignedUrlHosts("storage.googleapis.com, 127.0.0.1");

        assertThat(body(context.start("dewatermark:video").send(clip("a")))).isEqualTo(cleaned(clip("a")));

        assertThat(sandbox.requests().all()).anyMatch(LoggedRequest::hasKey);
        assertThat(sandbox.requests().of(Call.UPLOAD)).hasSize(1).noneMatch(LoggedRequest::hasKey);
        assertThat(sandbox.requests().of(Call.DOWNLOAD)).hasSize(1).noneMatch(LoggedRequest::hasKey);
        assertThat(sandbox.requests().leaks()).isEmpty();
    }

    @Test
    void theClipIsPutWithItsLengthAndTheContentTypeThatIsPartOfTheSignature() throws Exception {
        context.component().setSignedUrlHosts("127.0.0.1");

        body(context.start("dewatermark:video").send(clip("a")));

        assertThat(sandbox.requests().of(Call.UPLOAD)).singleElement().satisfies(upload -> {
            assertThat(upload.method()).isEqualTo("PUT");
            assertThat(upload.headers())
                    .containsEntry("content-type", List.of("application/octet-stream"))
                    .containsEntry("content-length", List.of("" + clip("a").length));
        });
    }

    @Test
    void anUploadToAnotherHostIsRefusedBeforeAnythingIsPaid() throws Exception {
        DewatermarkTransportException error =
                failure(context.start("dewatermark:video").send(clip("a")), DewatermarkTransportException.class);

        assertThat(error)
                .hasMessageContaining("the host 127.0.0.1 is not allowed")
                .hasMessageContaining("signedUrlHosts")
                .hasMessageNotContaining("?");
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(error.retryable()).isFalse();
        assertThat(sandbox.requests().count(Call.UPLOAD)).isZero();
        assertThat(sandbox.requests().count(Call.SUBMIT)).isZero();
    }

    /** As with {@code signedUrlHosts={{hosts:}}}. */
    @Test
    void ifNoHostIsSetOnlyThatOfTheBaseUrlIsAllowed() throws Exception {
        context.component().setSignedUrlHosts("");

        assertThat(failure(context.start("dewatermark:video").send(clip("a")), DewatermarkTransportException.class))
                .hasMessageContaining("only to localhost (option signedUrlHosts)");
    }

    @Test
    void aDownloadFromAnotherHostIsRefusedAndThePaidTaskIsNamed() throws Exception {
        String taskId = submit();

        Exchange exchange = context.start("dewatermark:video").send(null, Map.of(TASK_ID, taskId));

        DewatermarkTaskException error = failure(exchange, DewatermarkTaskException.class);
        assertThat(error)
                .hasMessageContaining(taskId)
                .hasMessageContaining("the host 127.0.0.1 is not allowed")
                .hasMessageContaining("signedUrlHosts")
                .hasMessageNotContaining("?");
        assertThat(error.billed()).isEqualTo(Billed.YES);
        assertThat(error.retryable()).isFalse();
        assertThat(sandbox.requests().count(Call.DOWNLOAD)).isZero();
    }

    @Test
    void aCompletedTaskWithoutAUrlIsNamedAndCanBeResumed() throws Exception {
        try (FakeServer server = FakeServer.json("{\"task_id\":\"t1\",\"status\":\"COMPLETED\"}");
                TestContext other = TestContext.at(server.url())) {
            Exchange exchange = other.start("dewatermark:video").send(null, Map.of(TASK_ID, "t1"));

            DewatermarkTaskException error = failure(exchange, DewatermarkTaskException.class);
            assertThat(error).hasMessageContaining("t1").hasMessageContaining("no download URL");
            assertThat(error.billed()).isEqualTo(Billed.YES);
            assertThat(error.retryable()).isTrue();
        }
    }

    private String submit() throws Exception {
        try (TestContext other = TestContext.at(sandbox)) {
            return other.start("dewatermark:video?waitForCompletion=false")
                    .send(clip("a"))
                    .getMessage()
                    .getHeader(TASK_ID, String.class);
        }
    }

    @Test
    void noRedirectOfStorageIsFollowed() throws Exception {
        context.component().setSignedUrlHosts("127.0.0.1");
        sandbox.faults()
                .on(Call.DOWNLOAD)
                .inject(Fault.status(307).header("Location", sandbox.baseUrl() + "/elsewhere"));

        DewatermarkTaskException error =
                failure(context.start("dewatermark:video").send(clip("a")), DewatermarkTaskException.class);

        assertThat(error).hasMessageContaining("307");
        assertThat(sandbox.requests().all()).noneMatch(request -> request.path().equals("/elsewhere"));
    }
}
