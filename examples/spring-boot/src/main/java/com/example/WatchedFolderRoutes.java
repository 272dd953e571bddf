package com.example;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.file.FailureReason;
import io.github.cameldewatermark.file.FileKind;
import io.github.cameldewatermark.file.FreeName;
import io.github.cameldewatermark.file.NameFilter;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/**
 * Cleans what is dropped into the inbox: pictures and clips.
 *
 * <pre>
 *   outbox         the clean files, under the same names; photo.png becomes photo.png.jpg
 *   inbox/.done    the originals
 *   failed         what could not be cleaned, each with a text file beside it that says why
 *   failed/clean   what is clean and could not be stored: the original would be paid for again
 * </pre>
 *
 * One process per folder.
 */
@Component
public class WatchedFolderRoutes extends RouteBuilder {

    @Override
    public void configure() {
        rulesForFailures();

        // gives each file a name that no other file has: photo-2.jpg where there is another photo.jpg
        bindToRegistry("free-name", new FreeName());

        from("file:{{watched.folder}}/inbox"
                        // takes pictures and clips; a file whose name could do harm, such as one with an expression in
                        // it, goes to failed, with the reason; any other one stays, and is named once in the log
                        + "?filter=#class:" + NameFilter.class.getName() + "('{{watched.folder}}/failed')"
                        // a file is taken when nobody has written to it for two seconds, so never half of it; its size
                        // says nothing, as a Windows copy has its full size from the start. On Windows itself take
                        // readLock=rename, which fails during a copy
                        + "&readLock=changed&readLockMinAge=2s"
                        // one that is still being written doesn't hold up the others: it is looked at again with the
                        // next poll
                        + "&readLockTimeout=500&readLockCheckInterval=200&readLockLoggingLevel=DEBUG"
                        // an empty one is taken, too, and refused with a reason
                        + "&readLockMinLength=0"
                        // the original stays until the clean one is in the outbox; after that, or a failure, no poll
                        // sees it again
                        + "&move=${bean:free-name?method=moved(*,'.done','failed')}"
                        + "&moveFailed=../failed/${bean:free-name?method=kept(*,'failed')}")
                .routeId("watched-folder")
                .choice()
                .when(FileKind::isClip)
                // after a crash or a stop, the next start goes on with what is paid for
                .to("dewatermark:video?journalDirectory={{watched.folder}}/.journal")
                .otherwise()
                .to("dewatermark:erase?journalDirectory={{watched.folder}}/.journal")
                .end()
                // appears under its name when it is whole
                .to(
                        "file:{{watched.folder}}/outbox?fileName=${bean:free-name?method=result}&tempFileName=.writing-${exchangeProperty.CamelDewatermarkFreeName}")
                .log("${file:name} is clean, credits: ${header." + DewatermarkConstants.CREDITS_CHARGED + "}");

        from("direct:say-why")
                .routeId("say-why")
                .errorHandler(noErrorHandler())
                // clean already, so paid for, and only the outbox failed: kept, too
                .choice()
                .when(simple("${header.CamelDewatermarkCreditsCharged} != null"
                        + " || ${header.CamelDewatermarkTaskStatus} == 'COMPLETED'"))
                .to("file:{{watched.folder}}/failed/clean?fileName=${bean:free-name?method=rescued(*,'failed/clean')}"
                        + "&tempFileName=.writing-${exchangeProperty.CamelDewatermarkFreeName}")
                .end()
                .setBody(method(FailureReason.class, "of"))
                .log(LoggingLevel.WARN, "${body}")
                .setBody(simple("${date:now:yyyy-MM-dd HH:mm:ss} ${body}\\n"))
                .to("file:{{watched.folder}}/failed?fileName=${bean:free-name?method=kept(*,'failed')}.txt");
    }

    private void rulesForFailures() {
        // Free of a second charge: tried again with growing pauses, during which no thread waits. What a video task has
        // begun is resumed, not begun again.
        onException(DewatermarkException.class)
                .onWhen(exchange -> failure(exchange).retryable())
                .maximumRedeliveries(5)
                .redeliveryDelay(2000)
                .useExponentialBackOff()
                .backOffMultiplier(2)
                .maximumRedeliveryDelay(60_000)
                .asyncDelayedRedelivery()
                .retryAttemptedLogLevel(LoggingLevel.INFO)
                .handled(true)
                .to("direct:say-why");

        // The platform gave up on a clip, and refunded it. Trying once more is a new task; more often would upload it
        // in vain.
        onException(DewatermarkTaskException.class)
                .onWhen(exchange -> failure(exchange).billed() == Billed.NO)
                .maximumRedeliveries(1)
                .redeliveryDelay(5000)
                .asyncDelayedRedelivery()
                .handled(true)
                .to("direct:say-why");

        // Could be charged again, or would fail again: goes to failed at once.
        onException(DewatermarkException.class).handled(true).to("direct:say-why");

        // Anything else, such as a full disk while the outbox is written. Only the step that failed is tried again,
        // so a picture that is paid for is not paid for twice.
        onException(Exception.class)
                .maximumRedeliveries(3)
                .redeliveryDelay(5000)
                .asyncDelayedRedelivery()
                .handled(true)
                .to("direct:say-why");
    }

    private static DewatermarkException failure(Exchange exchange) {
        return exchange.getException(DewatermarkException.class);
    }
}
