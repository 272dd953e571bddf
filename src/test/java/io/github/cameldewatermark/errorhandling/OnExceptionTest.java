package io.github.cameldewatermark.errorhandling;

import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.error.DewatermarkRequestException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of failure has its way. */
@Timeout(60)
class OnExceptionTest {

    @TempDir
    private Path folder;

    @AutoClose
    private final Sandbox sandbox = TestClips.sandbox(Duration.ofMillis(200));

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @BeforeEach
    void setUp() {
        context.property("folder", folder);
        context.options().setMaxThrottleWait(0);
    }

    private static final class Rules extends RouteBuilder {
        @Override
        public void configure() {
            // tag::on-exception[]
            // the picture is at fault: it would be refused again
            onException(DewatermarkInputException.class, DewatermarkRequestException.class)
                    .handled(true)
                    .to("file:{{folder}}/rejected");

            // paid for: its id is kept, to fetch the clip with
            onException(DewatermarkTaskException.class)
                    .onWhen(simple("${exception.billed} == 'YES'"))
                    .handled(true)
                    .setBody(simple("${exception.taskId}"))
                    .to("file:{{folder}}/paid?fileName=${file:name}.task");

            // perhaps paid for: somebody has a look at the account before it is sent again
            onException(DewatermarkException.class)
                    .onWhen(simple("${exception.billed} == 'UNKNOWN'"))
                    .handled(true)
                    .to("file:{{folder}}/unclear");
            // end::on-exception[]

            from("file:{{folder}}/inbox?initialDelay=0&move=../done&moveFailed=../failed")
                    .routeId("pictures")
                    .to("dewatermark:erase")
                    .to("file:{{folder}}/outbox");
            from("file:{{folder}}/clips?initialDelay=0&move=../done&moveFailed=../failed")
                    .to("dewatermark:video")
                    .to("file:{{folder}}/outbox");

            // tag::resume-by-id[]
            from("file:{{folder}}/paid?include=.*[.]task&move=.done&moveFailed=.failed")
                    .routeId("paid")
                    .autoStartup(false) // to be started when the trouble is over
                    .setHeader("CamelDewatermarkTaskId", bodyAs(String.class))
                    .setBody(constant((Object) null)) // there is no clip to begin anew with
                    .to("dewatermark:video")
                    .to("file:{{folder}}/outbox?fileName=${file:name.noext.single}");
            // end::resume-by-id[]
        }
    }

    private void drop(String file, byte[] content) throws Exception {
        TestFiles.drop(folder.resolve(file), content);
    }

    private static void until(Path file) {
        await().until(() -> Files.exists(file));
    }

    @Test
    void whatIsNoPictureIsRejected() throws Exception {
        byte[] text = "no picture".getBytes(StandardCharsets.UTF_8);
        drop("inbox/a.jpg", text);

        context.start(new Rules());

        until(folder.resolve("done/a.jpg"));
        assertThat(folder.resolve("rejected/a.jpg")).hasBinaryContent(text);
        assertThat(folder.resolve("outbox")).doesNotExist();
        assertThat(sandbox.requests().count(Call.ERASE)).isZero();
    }

    @Test
    void whatThePlatformRefusesIsRejected() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.status(406));
        drop("inbox/a.jpg", jpeg());

        context.start(new Rules());

        until(folder.resolve("done/a.jpg"));
        assertThat(folder.resolve("rejected/a.jpg")).hasBinaryContent(jpeg());
    }

    @Test
    void whatMayBePaidForGoesToWhereSomebodyLooks() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());
        drop("inbox/a.jpg", jpeg());

        context.start(new Rules());

        until(folder.resolve("done/a.jpg"));
        assertThat(folder.resolve("unclear/a.jpg")).hasBinaryContent(jpeg());
        assertThat(sandbox.requests().count(Call.ERASE)).isOne();
    }

    @Test
    void aPaidTaskIsKeptByItsIdAndFetchedWithItLater() throws Exception {
        sandbox.faults().on(Call.DOWNLOAD).always().inject(Fault.status(404));
        drop("clips/a.mp4", TestClips.clip("a"));

        context.start(new Rules());

        until(folder.resolve("done/a.mp4"));
        assertThat(folder.resolve("paid/a.mp4.task"))
                .hasContent(sandbox.tasks().get(0).taskId());

        sandbox.faults().clear();
        context.camel().getRouteController().startRoute("paid");

        until(folder.resolve("paid/.done/a.mp4.task"));
        assertThat(folder.resolve("outbox/a.mp4")).isNotEmptyFile();
        assertThat(sandbox.ledger()).hasSize(1);
    }
}
