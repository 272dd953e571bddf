package io.github.cameldewatermark.errorhandling;

import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a redelivery sends when the body is a stream or a file. */
@Timeout(60)
class StreamBodyTest {

    @TempDir
    private Path folder;

    @AutoClose
    private final Sandbox sandbox = Sandbox.start();

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @BeforeEach
    void setUp() {
        context.options().setMaxThrottleWait(0);
        sandbox.faults().on(Call.ERASE).inject(Fault.status(503).retryAfter("0"));
    }

    private Exchange sendTwice(Object body, boolean streamCaching) throws Exception {
        context.start(routes -> {
            routes.onException(DewatermarkException.class)
                    .onWhen(routes.simple("${exception.retryable}"))
                    .maximumRedeliveries(1)
                    .redeliveryDelay(0);
            routes.from("direct:in")
                    .streamCache(String.valueOf(streamCaching))
                    .to("dewatermark:erase")
                    .convertBodyTo(byte[].class);
        });
        return context.send(body);
    }

    /** As from a socket: it can be read once. */
    private static InputStream once(byte[] bytes) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public boolean markSupported() {
                return false;
            }

            @Override
            public synchronized void reset() {
                throw new UnsupportedOperationException();
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 400_000})
    void aStreamIsSentAgainFromItsBeginning(int size) throws Exception {
        byte[] picture = TestPictures.noise(size);

        body(sendTwice(once(picture), true));

        assertThat(sandbox.requests().of(Call.ERASE)).hasSize(2);
        assertThat(sandbox.ledger()).hasSize(1);
    }

    @Test
    void withoutStreamCachingASecondDeliveryHasNothingToSendAndSaysSo() throws Exception {
        DewatermarkInputException error =
                TestContext.failure(sendTwice(once(jpeg()), false), DewatermarkInputException.class);

        assertThat(error).hasMessageContaining("empty");
        assertThat(sandbox.requests().count(Call.ERASE)).isOne();
        assertThat(sandbox.ledger()).isEmpty();
    }

    @Test
    void aFileIsReadAgain() throws Exception {
        Path file = Files.write(folder.resolve("a.jpg"), jpeg());

        body(sendTwice(file.toFile(), false));

        assertThat(sandbox.requests().count(Call.ERASE)).isEqualTo(2);
        assertThat(sandbox.ledger()).hasSize(1);
    }
}
