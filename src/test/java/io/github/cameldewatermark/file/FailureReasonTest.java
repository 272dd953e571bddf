package io.github.cameldewatermark.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.error.DewatermarkInputException;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureReasonTest {

    @AutoClose
    private final DefaultCamelContext camel = new DefaultCamelContext();

    private final Exchange exchange = new DefaultExchange(camel);

    @BeforeEach
    void setUp() {
        exchange.getMessage().setHeader(Exchange.FILE_NAME, "a.png");
    }

    @Test
    void itSaysWhatWasChargedForWhichFile() {
        failed(new DewatermarkInputException("erase", "it is empty"));

        assertThat(FailureReason.of(exchange))
                .isEqualTo("a.png: it is empty. Nothing was sent, nothing was charged. (billed: NO)");
        assertThat(FailureReason.text(exchange))
                .isEqualTo("it is empty. Nothing was sent, nothing was charged. (billed: NO)");
    }

    @Test
    void theFileHasTheNameThatItCameWith() {
        GenericFile<Object> file = new GenericFile<>();
        file.setFileNameOnly("b\n.png");
        exchange.setProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE, file);
        failed(new DewatermarkInputException("erase", "it is empty"));

        assertThat(FailureReason.of(exchange))
                .isEqualTo("b\\u000A.png: it is empty. Nothing was sent, nothing was charged. (billed: NO)");
    }

    @Test
    void whatFailsAfterItWasCleanedIsPaid() {
        exchange.getMessage().setHeader(DewatermarkConstants.CREDITS_CHARGED, 1);
        failed(new IOException("no space\nleft"));

        assertThat(FailureReason.of(exchange))
                .isEqualTo("a.png: java.io.IOException: no space\\u000Aleft (billed: YES)");
    }

    @Test
    void aTaskThatWasSubmittedIsPaidEvenIfItsLengthIsNotKnown() {
        exchange.getMessage().setHeader(DewatermarkConstants.TASK_STATUS, "PROCESSING");
        failed(new IOException("the broker is away"));

        assertThat(FailureReason.text(exchange)).isEqualTo("java.io.IOException: the broker is away (billed: YES)");
    }

    @Test
    void aFailureThatIsWrappedCountsAsItself() {
        DewatermarkInputException wrapped = new DewatermarkInputException("erase", "it is empty");
        failed(new RuntimeCamelException(new IllegalStateException("a splitter", wrapped)));

        assertThat(FailureReason.text(exchange))
                .isEqualTo("it is empty. Nothing was sent, nothing was charged. (billed: NO)");
    }

    private void failed(Exception e) {
        exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, e);
    }
}
