package io.github.cameldewatermark.operation.task;

import static io.github.cameldewatermark.sandbox.platform.LedgerEntry.Kind.CHARGE;
import static io.github.cameldewatermark.testkit.TestClips.bookings;
import static io.github.cameldewatermark.testkit.TestClips.clip;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.body.SpoolFile;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.http.LoggedRequest;
import io.github.cameldewatermark.sandbox.pixel.ClipEngine.CleanedClip;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestContext;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A large clip over a line that breaks: what has arrived is not fetched again. */
class ClipDownloadTest {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final int LENGTH = 16 * MEBIBYTE;

    @AutoClose
    private final Sandbox sandbox = Sandbox.builder()
            .taskDuration(Duration.ofMillis(100))
            .clipEngine((input, output, progress) -> {
                byte[] block = new byte[MEBIBYTE];

                Random random = new Random(7);
                try (OutputStream out = Files.newOutputStream(output)) {
                    for (int i = 0; i < LENGTH / block.length; i++) {
                        random.nextBytes(block);
                        out.write(block);
                    }
                }
                return new CleanedClip(6, true);
            })
            .start();

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    /** What the body was while its exchange was under way. */
    private final AtomicReference<String> received = new AtomicReference<>();

    private Exchange clean() throws Exception {
        return context.start(routes -> routes.from("direct:in")
                        .to("dewatermark:video")
                        .process(exchange ->
                                received.set(hash(exchange.getMessage().getBody(InputStream.class)))))
                .send(clip("a"));
    }

    private static String hash(InputStream in) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        return Arrays.toString(digest.digest());
    }

    private static String cleanHash() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] block = new byte[MEBIBYTE];
        Random random = new Random(7);
        for (int i = 0; i < LENGTH / block.length; i++) {
            random.nextBytes(block);
            digest.update(block);
        }
        return Arrays.toString(digest.digest());
    }

    private List<String> ranges() {
        return sandbox.requests().of(Call.DOWNLOAD).stream()
                .map(request -> String.join(",", request.headers().getOrDefault("range", List.of("all"))))
                .toList();
    }

    private void assertCleanedAndEachByteFetchedOnce(Exchange exchange) throws Exception {
        assertThat(exchange.getException()).isNull();
        assertThat(received).hasValue(cleanHash());
        assertThat(sandbox.requests().bytesSent(Call.DOWNLOAD)).isBetween((long) LENGTH, LENGTH + MEBIBYTE / 4L);
        assertThat(sandbox.requests().leaks()).isEmpty();
        assertThat(sandbox.faults().isUsedUp()).isTrue();
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    @Test
    void aClipThatIsCutAtHalfTwiceIsFetchedOnce() throws Exception {
        sandbox.faults().on(Call.DOWNLOAD).times(2).inject(Fault.cut());

        assertCleanedAndEachByteFetchedOnce(clean());

        assertThat(ranges()).containsExactly("all", "bytes=" + LENGTH / 2 + "-", "bytes=" + LENGTH / 4 * 3 + "-");
        assertThat(sandbox.requests().of(Call.DOWNLOAD))
                .extracting(LoggedRequest::status)
                .containsExactly(200, 206, 206);
    }

    @Test
    void aLineThatBreaksMoreOftenThanACallIsRepeatedIsNoHindranceAsLongAsItComesFurther() throws Exception {
        sandbox.faults().on(Call.DOWNLOAD).times(5).inject(Fault.cutAfter(3 * MEBIBYTE / 2));

        assertCleanedAndEachByteFetchedOnce(clean());

        assertThat(ranges()).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410})
    void aUrlThatExpiresInTheMiddleIsReplacedByANewerOne(int expired) throws Exception {
        sandbox.faults().on(Call.DOWNLOAD).inject(Fault.cut());
        sandbox.faults().on(Call.DOWNLOAD).inject(Fault.status(expired));

        assertCleanedAndEachByteFetchedOnce(clean());

        assertThat(ranges()).containsExactly("all", "bytes=" + LENGTH / 2 + "-", "bytes=" + LENGTH / 2 + "-");
        List<Call> calls =
                sandbox.requests().all().stream().map(LoggedRequest::call).toList();
        assertThat(calls).endsWith(Call.DOWNLOAD, Call.DOWNLOAD, Call.STATUS, Call.DOWNLOAD);
    }

    @Test
    void aNewerUrlThatIsRefusedTooIsTheEnd() throws Exception {
        sandbox.faults().on(Call.DOWNLOAD).inject(Fault.cut());
        sandbox.faults().on(Call.DOWNLOAD).always().inject(Fault.status(403));

        DewatermarkTaskException error = failure(clean(), DewatermarkTaskException.class);

        assertThat(error).hasMessageContaining("completed and paid").hasMessageContaining("403");
        assertThat(error.billed()).isEqualTo(Billed.YES);
        assertThat(error.retryable()).isTrue();
        assertThat(ranges()).hasSize(3);
    }

    @Test
    void aUrlThatIsRefusedAtOnceIsNotReplaced() throws Exception {
        sandbox.faults().on(Call.DOWNLOAD).always().inject(Fault.status(403));

        failure(clean(), DewatermarkTaskException.class);

        assertThat(ranges()).hasSize(1);
    }

    @Test
    void theWholeInPlaceOfTheRestIsAllThatIsDelivered() throws Exception {
        sandbox.faults().on(Call.DOWNLOAD).inject(Fault.cut());
        sandbox.faults().on(Call.DOWNLOAD).inject(Fault.status(200).body("video/mp4", "another clip"));

        assertThat(clean().getException()).isNull(); // and nobody has the exchange from now on

        assertThat(received).hasValue(hash(new ByteArrayInputStream("another clip".getBytes())));
        SpoolFile.assertNoneLeft();
    }
}
