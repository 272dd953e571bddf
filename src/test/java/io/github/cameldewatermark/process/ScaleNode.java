package io.github.cameldewatermark.process;

import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.DewatermarkComponent;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A program: cleans all clips of {@code inbox}, all of them at once, and says what that took. Arguments: folder, how many
 * clips, base URL, API key.
 */
final class ScaleNode {

    static final String ALL_IN_FLIGHT = "all in flight, used heap in MiB: ";
    static final String ALL_DONE = "all done, most threads: ";

    private ScaleNode() {}

    public static void main(String[] args) throws Exception {
        int clips = Integer.parseInt(args[1]);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            DewatermarkComponent dewatermark = context.getComponent("dewatermark", DewatermarkComponent.class);
            dewatermark.getConfiguration().setBaseUrl(args[2]);
            dewatermark.getConfiguration().setApiKey(args[3]);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("file:" + args[0] + "/inbox?moveFailed=../failed&initialDelay=0")
                            .to("dewatermark:video?pollInterval=10s&journalDirectory=" + args[0] + "/journal")
                            .to("file:" + args[0] + "/outbox");
                }
            });
            NotifyBuilder done = new NotifyBuilder(context).whenDone(clips).create();
            context.start();
            await().pollInSameThread()
                    .pollInterval(Duration.ofMillis(250))
                    .atMost(Duration.ofMinutes(5))
                    .until(() -> dewatermark.tasksInFlight().size() == clips);
            System.out.println(ALL_IN_FLIGHT + usedHeap());
            await().pollInSameThread().atMost(Duration.ofMinutes(5)).until(done::matches);
            System.out.println(ALL_DONE + ManagementFactory.getThreadMXBean().getPeakThreadCount());
        }
    }

    /** What is left after a collection. */
    private static long usedHeap() {
        System.gc();
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return heap.getUsed() >> 20;
    }
}
