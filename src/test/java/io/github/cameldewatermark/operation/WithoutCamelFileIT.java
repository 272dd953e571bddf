package io.github.cameldewatermark.operation;

import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.JavaProcess;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Of camel-file, nothing is needed by those who don't use it. */
class WithoutCamelFileIT {

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.server();

    @Test
    void aResultInATempFileIsReadLikeAnyOther() throws Exception {
        WIRE.answersWith(TestPictures.large());

        try (JavaProcess process = JavaProcess.startWithout("camel-file", Reader.class, WIRE.baseUrl())) {
            assertThat(process.awaitLine("READ ", 60)).isEqualTo(TestPictures.large().length + " not to be moved");
        }
    }

    /** A program. */
    static final class Reader {

        private Reader() {}

        public static void main(String[] args) throws Exception {
            try (TestContext context = TestContext.at(args[0])) {
                context.start(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:in").to("dewatermark:erase").process(exchange -> {
                            exchange.setProperty(Exchange.TO_ENDPOINT, "file:outbox");
                            Message result = exchange.getMessage();
                            System.out.println("READ " + result.getBody(byte[].class).length
                                    + (toBeMoved(result) ? " to be moved" : " not to be moved"));
                        });
                    }
                });
                Exchange exchange = context.send(jpeg());
                if (exchange.getException() != null) {
                    exchange.getException().printStackTrace(System.out);
                }
            }
        }

        private static boolean toBeMoved(Message result) {
            return Files.exists(Path.of(result.getHeader("CamelFileLocalWorkPath", String.class)));
        }
    }
}
