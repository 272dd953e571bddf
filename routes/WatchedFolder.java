import io.github.cameldewatermark.AccountRoutePolicy;
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

/**
 * {@code watched-folder.camel.yaml} in Java: use one of them, not both. Cleans the files that are put into
 * <code>{{folder}}/inbox</code>.
 *
 * <pre>
 *   outbox         the clean files, under the same names; photo.png becomes photo.png.jpg
 *   inbox/.done    the originals
 *   failed         files that could not be cleaned, each with a text file that gives the reason
 *   failed/clean   clean files that could not be stored
 *   pay-again      files that are put here are paid for even if they have been paid for, or may have been
 *   .journal       remembers what is paid for: what is seen again isn't paid again. ledger.csv lists all charges
 * </pre>
 *
 * Only one process may use a folder; for several processes see {@code shared-folder.camel.yaml}. No list of cleaned files is
 * needed, because they have left the folder. Needs {@code application.properties}. From a checkout:
 *
 * <pre>
 *   mvn -q -f examples/routes compile exec:java -Droute=WatchedFolder.java
 * </pre>
 *
 * In an application with Camel Main it is a class like any other: {@code main.configure().addRoutesBuilder(new
 * WatchedFolder())}.
 */
public class WatchedFolder extends RouteBuilder {

    @Override
    public void configure() {
        rulesForFailures();

        // Gives each file a name that no other file has: photo-2.jpg where there is another photo.jpg.
        bindToRegistry("free-name", new FreeName());

        // Suspends the route when the account is at fault and not a file: a refused key, too few credits, a platform
        // that can't be reached, or no room for results. Files stay where they are until that is over.
        // Camel has 2.6 kB of heap for each file of a poll before it processes the first one.
        from(files("inbox") + "&maxMessagesPerPoll=1000")
                .routeId("watched-folder")
                .routePolicy(new AccountRoutePolicy())
                .to("direct:clean");

        // A picture in failed that may have been charged isn't sent again by itself. Put it here if you want to pay for
        // it. It is taken once: after a crash or a stop, it is in the inbox, and isn't paid for once more by itself.
        from(files("pay-again") + "&initialDelay=5000&readLockMarkerFile=false&preMove=paying/${file:name}")
                .routeId("pay-again")
                .startupOrder(2)
                .setHeader(Exchange.FILE_NAME, simple("${file:onlyname}"))
                .setHeader(DewatermarkConstants.PAY_AGAIN, constant(true))
                .to("direct:clean");

        // Runs once, before the route above starts.
        from("file:{{folder}}/pay-again/paying?initialDelay=0&repeatCount=1&delete=true")
                .routeId("pay-again-leftovers")
                // What can't be put back stays until the next start.
                .errorHandler(noErrorHandler())
                .startupOrder(1)
                .to(
                        "file:{{folder}}/inbox?fileName=${bean:free-name?method=result}&tempFileName=.writing-${exchangeProperty.CamelDewatermarkFreeName}");

        // After a crash or a stop, the journal has what is paid for already: answers to pictures, and tasks of clips,
        // which are resumed. Set the property journal if the folder isn't on a local disk.
        from("direct:clean")
                .routeId("clean")
                .choice()
                .when(FileKind::isClip)
                .to("dewatermark:video?journalDirectory={{journal:{{folder}}/.journal}}")
                .otherwise()
                .to("dewatermark:erase?journalDirectory={{journal:{{folder}}/.journal}}")
                .end()
                // The file gets its final name only when it is complete.
                .to(
                        "file:{{folder}}/outbox?fileName=${bean:free-name?method=result}&tempFileName=.writing-${exchangeProperty.CamelDewatermarkFreeName}")
                .log("${file:name} is clean, credits: ${header." + DewatermarkConstants.CREDITS_CHARGED + "}");

        from("direct:say-why")
                .routeId("say-why")
                .errorHandler(noErrorHandler())
                // If the file is clean, and so paid for, and only storing it in the outbox failed, the clean file is
                // kept, too.
                .choice()
                .when(simple("${header.CamelDewatermarkCreditsCharged} != null"
                        + " || ${header.CamelDewatermarkTaskStatus} == 'COMPLETED'"))
                .to("file:{{folder}}/failed/clean?fileName=${bean:free-name?method=rescued(*,'failed/clean')}"
                        + "&tempFileName=.writing-${exchangeProperty.CamelDewatermarkFreeName}")
                .end()
                .setBody(method(FailureReason.class, "of"))
                .log(LoggingLevel.WARN, "${body}")
                .setBody(simple("${date:now:yyyy-MM-dd HH:mm:ss} ${body}\\n"))
                .to("file:{{folder}}/failed?fileName=${bean:free-name?method=kept(*,'failed')}.txt");
    }

    private static String files(String folder) {
        return "file:{{folder}}/" + folder
                // Takes pictures and clips. A file whose name could do harm, such as one with an expression in it, goes
                // to failed, with the reason. Any other file stays, and is named once in the log.
                + "?filter=#class:" + NameFilter.class.getName() + "('{{folder}}/failed')"
                // A file is taken two seconds after it was last written to, so that it is complete. Its size doesn't
                // tell that, because a copy made by Windows has its full size from the start. On Windows itself use
                // readLock=rename, which fails during a copy.
                + "&readLock=changed&readLockMinAge=2s"
                // A file that is still being written doesn't delay the others: it is checked again at the next poll.
                + "&readLockTimeout=500&readLockCheckInterval=200&readLockLoggingLevel=DEBUG"
                // An empty file is taken, too, and then refused with a reason.
                + "&readLockMinLength=0"
                // The original stays until the clean file is in the outbox. After that, or after a failure, no poll
                // finds it again.
                + "&move=${bean:free-name?method=moved(*,'.done','failed')}"
                + "&moveFailed=../failed/${bean:free-name?method=kept(*,'failed')}";
    }

    private void rulesForFailures() {
        // Failures whose repeat causes no second charge: tried again with growing pauses, without a waiting thread. A
        // video task is resumed, not begun again.
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

        // The platform failed to process a clip, and refunded it. One retry begins a new task; more of them would
        // hardly help.
        onException(DewatermarkTaskException.class)
                .onWhen(exchange -> failure(exchange).billed() == Billed.NO)
                .maximumRedeliveries(1)
                .redeliveryDelay(5000)
                .asyncDelayedRedelivery()
                .handled(true)
                .to("direct:say-why");

        // Failures whose repeat could be charged again, or would fail again: the file goes to failed at once.
        onException(DewatermarkException.class).handled(true).to("direct:say-why");

        // All other failures, such as a full disk when the outbox is written. Only the failed step is tried again, so
        // that no picture is paid for twice.
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
