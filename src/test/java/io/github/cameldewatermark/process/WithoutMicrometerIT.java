package io.github.cameldewatermark.process;

import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.JavaProcess;
import io.github.cameldewatermark.testkit.TestContext;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Of Micrometer, nothing is needed by those who don't use it. */
class WithoutMicrometerIT {

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.server();

    @Test
    void aPictureIsCleanedAndJmxHasTheFigures() throws Exception {
        WIRE.answersWith(jpeg());

        try (JavaProcess process = JavaProcess.startWithout("micrometer-", Cleaner.class, WIRE.baseUrl())) {
            assertThat(process.awaitLine("CLEAN ", 60)).isEqualTo(jpeg().length + " bytes, 1 call");
            assertThat(process.awaitEnd(60)).isZero();
        }
    }

    /** A program. */
    static final class Cleaner {

        private Cleaner() {}

        public static void main(String[] args) throws Exception {
            try (TestContext context = TestContext.at(args[0])) {
                context.camel().getManagementStrategy(); // which reads the methods of the component by reflection
                Exchange exchange = context.start("dewatermark:erase").send(jpeg());
                System.out.println("CLEAN " + TestContext.body(exchange).length + " bytes, "
                        + context.component().getCalls() + " call");
            }
        }
    }
}
