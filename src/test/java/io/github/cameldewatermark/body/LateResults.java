package io.github.cameldewatermark.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.testkit.TestContext;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.apache.camel.Exchange;
import org.apache.camel.component.seda.SedaEndpoint;

/** Reads results late, when their exchange is done and garbage has been collected. */
final class LateResults {

    private LateResults() {}

    /** For the beginning of a class: what earlier tests have left is not to be taken for what one of its tests leaves. */
    static void collectOlderOnes() {
        System.gc();
    }

    /**
     * Sends a picture or clip on each way, and reads the results late: of all ways together, as a collection takes longer than all
     * else.
     *
     * @param contexts where each way is
     * @param expected opens what each result must be
     */
    static void assertWhole(Map<Way, TestContext> contexts, String erase, Object body, Opening expected)
            throws Exception {
        int share = Spool.HEAP.availablePermits();
        for (Map.Entry<Way, TestContext> context : contexts.entrySet()) {
            context.getKey().start(context.getValue(), erase);
        }

        assertAllWhole(contexts, body, checksum(expected.open()));

        SpoolFile.untilCollected(() -> {
            SpoolFile.assertNoFiles();
            assertThat(Spool.HEAP.availablePermits()).isGreaterThanOrEqualTo(share);
        });
    }

    /** A method of its own, as its variables have the results. */
    private static void assertAllWhole(Map<Way, TestContext> contexts, Object body, String expected) throws Exception {
        Map<Way, List<Object>> results = new EnumMap<>(Way.class);
        for (Map.Entry<Way, TestContext> context : contexts.entrySet()) {
            Way way = context.getKey();
            List<Object> answers = way.send(context.getValue().camel().createProducerTemplate(), body);
            results.put(way, new ArrayList<>(answers));
            await(way.name())
                    .atMost(Duration.ofSeconds(60))
                    .until(() ->
                            answers.size() + queued(late(context.getValue())).size() >= way.results);
        }
        await().atLeast(Duration.ofMillis(200))
                .pollDelay(Duration.ofMillis(200))
                .until(() -> true);
        System.gc();
        contexts.forEach((way, context) -> {
            results.get(way).addAll(queued(late(context)));
            late(context).getQueue().clear();
        });

        for (Map.Entry<Way, List<Object>> way : results.entrySet()) {
            for (Object result : way.getValue()) {
                assertThat(checksum(open(result))).as(way.getKey().name()).isEqualTo(expected);
            }
        }
    }

    private static SedaEndpoint late(TestContext context) {
        return context.camel().getEndpoint("seda:late", SedaEndpoint.class);
    }

    private static List<Object> queued(SedaEndpoint late) {
        List<Object> results = new ArrayList<>();
        for (Exchange exchange : late.getExchanges()) {
            Object result = exchange.getMessage().getBody();
            results.addAll(result instanceof List<?> all ? all : List.of(result));
        }
        return results;
    }

    private static InputStream open(Object result) throws IOException {
        return result instanceof File file ? Files.newInputStream(file.toPath()) : (InputStream) result;
    }

    private static String checksum(InputStream stream) throws IOException {
        try (CheckedInputStream in = new CheckedInputStream(stream, new CRC32C())) {
            long length = in.transferTo(java.io.OutputStream.nullOutputStream());
            return length + " bytes, " + in.getChecksum().getValue();
        }
    }

    /** Opens what is expected. */
    interface Opening {
        InputStream open() throws IOException;
    }
}
