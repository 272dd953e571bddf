package io.github.cameldewatermark.file;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.testkit.LogLines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.converter.stream.InputStreamCache;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeNameTest {

    private static final String RESULT =
            "fileName=${bean:free-name?method=result}&tempFileName=.writing-${exchangeProperty.CamelDewatermarkFreeName}";

    @TempDir
    private Path folder;

    @AutoClose
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @Test
    void otherBytesGetAnotherNameAndTheLogTellsIt() throws Exception {
        ProducerTemplate template = start(deliver());

        try (LogLines log = LogLines.infosOf(ReservedNames.class)) {
            template.sendBodyAndHeader("direct:in", "one", Exchange.FILE_NAME, "photo.jpg");
            template.sendBodyAndHeader("direct:in", "two", Exchange.FILE_NAME, "photo.jpg");
            template.sendBodyAndHeader("direct:in", "three", Exchange.FILE_NAME, "photo.jpg");

            assertThat(contents("out"))
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of("photo.jpg", "one", "photo-2.jpg", "two", "photo-3.jpg", "three"));
            assertThat(log.messages()).hasSize(2).last().asString().contains("photo.jpg", "photo-3.jpg", "out");
        }
    }

    @Test
    void theSameBytesAreWrittenOverWhateverTypeTheBodyHas() throws Exception {
        ProducerTemplate template = start(deliver());
        Path file = Files.writeString(folder.resolve("file"), "same");

        for (Object body : new Object[] {
            "same".getBytes(),
            file.toFile(),
            new InputStreamCache("same".getBytes()),
            new ByteArrayInputStream("same".getBytes())
        }) {
            template.sendBodyAndHeader("direct:in", body, Exchange.FILE_NAME, "photo.jpg");
        }

        assertThat(contents("out")).containsExactlyEntriesOf(Map.of("photo.jpg", "same"));
    }

    @Test
    void longBytesOfTheSameLengthThatDifferAtTheirEndAreOthers() throws Exception {
        ProducerTemplate template = start(deliver());

        template.sendBodyAndHeader("direct:in", "x".repeat(200_000) + "a", Exchange.FILE_NAME, "photo.jpg");
        template.sendBodyAndHeader(
                "direct:in", ("x".repeat(200_000) + "b").getBytes(), Exchange.FILE_NAME, "photo.jpg");
        template.sendBodyAndHeader("direct:in", "x".repeat(200_000).getBytes(), Exchange.FILE_NAME, "photo.jpg");

        assertThat(contents("out")).containsOnlyKeys("photo.jpg", "photo-2.jpg", "photo-3.jpg");
    }

    @Test
    void exchangesUnderWayAtOnceNeverGetTheSameName() throws Exception {
        int count = 8;
        Files.createDirectories(folder.resolve("out"));
        CountDownLatch allHaveNames = new CountDownLatch(count);
        Map<String, Object> names = new ConcurrentHashMap<>();
        start(routes -> routes.from("seda:in?concurrentConsumers=" + count)
                .to("file:" + folder + "/out?" + RESULT)
                .process(exchange -> {
                    names.put(exchange.getMessage().getHeader(Exchange.FILE_NAME_PRODUCED, String.class), exchange);
                    // as if it took long to write the first one
                    Files.deleteIfExists(folder.resolve("out/photo.jpg"));
                    allHaveNames.countDown();
                    assertThat(allHaveNames.await(20, SECONDS)).isTrue();
                }));

        try (ProducerTemplate template = camel.createProducerTemplate()) {
            for (int i = 0; i < count; i++) {
                template.sendBodyAndHeader("seda:in", "content " + i, Exchange.FILE_NAME, "photo.jpg");
            }
            await().atMost(20, SECONDS).until(() -> names.size() == count);
        }
    }

    @Test
    void filesOfTheSameNameThatAreWrittenAtOnceAreKeptApart() throws Exception {
        camel.setStreamCaching(false); // else it would wait for the end of the first one
        ProducerTemplate template = start(deliver());
        try (PipedOutputStream first = new PipedOutputStream();
                PipedInputStream slow = new PipedInputStream(first)) {
            var firstDelivered = template.asyncRequestBodyAndHeader("direct:in", slow, Exchange.FILE_NAME, "photo.jpg");
            first.write("on".getBytes());
            first.flush();
            await().atMost(20, SECONDS).until(() -> contents("out").containsKey(".writing-photo.jpg"));

            template.sendBodyAndHeader("direct:in", "two", Exchange.FILE_NAME, "photo.jpg");
            first.write("e".getBytes());
            first.close();
            firstDelivered.get(20, SECONDS);
        }

        assertThat(contents("out"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("photo.jpg", "one", "photo-2.jpg", "two"));
    }

    @Test
    void aStepThatIsTriedAgainWritesToTheSameName() throws Exception {
        start(routes -> {
            routes.errorHandler(
                    routes.defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(10));
            routes.from("direct:in").to("direct:deliver");
            routes.from("direct:deliver")
                    .errorHandler(routes.noErrorHandler())
                    .to("file:" + folder + "/out?" + RESULT)
                    .process(e -> {
                        if (e.getIn().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class) < 2) {
                            throw new IOException("stored, but not confirmed");
                        }
                    });
        });

        // a stream that can't be compared
        camel.createProducerTemplate()
                .sendBodyAndHeader(
                        "direct:in", new ByteArrayInputStream("a".getBytes()), Exchange.FILE_NAME, "photo.jpg");

        assertThat(contents("out")).containsOnlyKeys("photo.jpg");
    }

    @Test
    void originalsAreNeverOverwrittenAndWhatBelongsToAFailedOneHasItsName() throws Exception {
        Files.createDirectories(folder.resolve("in/.done"));
        Files.createDirectories(folder.resolve("failed"));
        Files.writeString(folder.resolve("in/.done/good.jpg"), "yesterday's");
        Files.writeString(folder.resolve("failed/bad.jpg"), "yesterday's");
        Files.writeString(folder.resolve("failed/bad.jpg.txt"), "yesterday's");
        Files.writeString(folder.resolve("in/good.jpg"), "today's");
        Files.writeString(folder.resolve("in/bad.jpg"), "today's");
        start(routes -> {
            routes.onException(IOException.class)
                    .to("file:" + folder + "/failed/clean?fileName=${bean:free-name?method=rescued(*,'failed/clean')}")
                    .setBody(routes.constant("reason"))
                    .to("file:" + folder + "/failed?fileName=${bean:free-name?method=kept(*,'failed')}.txt");
            routes.from("file:" + folder
                            + "/in?initialDelay=0&delay=50&move=${bean:free-name?method=original(*,'.done')}"
                            + "&moveFailed=../failed/${bean:free-name?method=kept(*,'failed')}")
                    .filter(routes.header(Exchange.FILE_NAME).isEqualTo("bad.jpg"))
                    .throwException(new IOException("no"));
        });

        await().atMost(20, SECONDS).until(() -> contents("in").isEmpty());

        assertThat(contents("in/.done"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("good.jpg", "yesterday's", "good-2.jpg", "today's"));
        assertThat(contents("failed"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "bad.jpg", "yesterday's",
                        "bad.jpg.txt", "yesterday's",
                        "bad-2.jpg", "today's",
                        "bad-2.jpg.txt", "reason"));
        assertThat(contents("failed/clean")).containsExactlyEntriesOf(Map.of("bad.jpg", "today's"));
    }

    @Test
    void aLongNameIsShortenedWhereAFailedFileIsKept() throws Exception {
        String name = "x".repeat(200) + ".jpg";
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in").resolve(name), "long");
        start(routes -> routes.from("file:" + folder + "/in?initialDelay=0&delay=50"
                        + "&moveFailed=../failed/${bean:free-name?method=kept(*,'failed')}")
                .throwException(new IOException("no")));

        await().atMost(20, SECONDS).until(() -> contents("in").isEmpty());

        assertThat(contents("failed")).containsExactlyEntriesOf(Map.of(NameRule.safe(name), "long"));
    }

    @Test
    void whenManyNumbersAreTakenThereIsStillAName() throws Exception {
        Files.createDirectories(folder.resolve("in/.done"));
        Files.writeString(folder.resolve("in/.done/photo.jpg"), "old");
        for (int n = 2; n < 100; n++) {
            Files.writeString(folder.resolve("in/.done/photo-" + n + ".jpg"), "old");
        }
        Files.writeString(folder.resolve("in/photo.jpg"), "new");
        start(routes -> routes.from("file:" + folder
                        + "/in?initialDelay=0&delay=50&move=${bean:free-name?method=original(*,'.done')}")
                .to("log:seen?level=OFF"));

        await().atMost(20, SECONDS).until(() -> contents("in").isEmpty());

        Map<String, String> done = contents("in/.done");
        assertThat(done).hasSize(100);
        assertThat(done.keySet().stream().filter(name -> done.get(name).equals("new")))
                .singleElement()
                .asString()
                .matches("photo-[0-9a-f]{8}\\.jpg");
    }

    @Test
    void aFolderThatIsNoFolderDoesntKeepAThreadForEver() throws Exception {
        Files.writeString(folder.resolve("out"), "no folder");
        ProducerTemplate template = start(deliver());

        assertThatThrownBy(() -> template.sendBodyAndHeader("direct:in", "one", Exchange.FILE_NAME, "photo.jpg"))
                .rootCause()
                .hasMessageContaining("out");
    }

    @Test
    void onlyAnEndpointForFilesCanAsk() throws Exception {
        ProducerTemplate template = start(
                routes -> routes.from("direct:in").setHeader("name", routes.simple("${bean:free-name?method=result}")));

        assertThatThrownBy(() -> template.sendBody("direct:in", "one"))
                .rootCause()
                .hasMessageContaining("Only a file, FTP or SFTP endpoint can ask for a free name");
    }

    private LambdaRouteBuilder deliver() {
        return routes -> routes.from("direct:in").to("file:" + folder + "/out?" + RESULT);
    }

    private ProducerTemplate start(LambdaRouteBuilder routes) throws Exception {
        camel.getRegistry().bind("free-name", new FreeName());
        RouteBuilder.addRoutes(camel, routes);
        camel.start();
        return camel.createProducerTemplate();
    }

    private Map<String, String> contents(String name) throws IOException {
        Map<String, String> contents = new ConcurrentHashMap<>();
        if (Files.isDirectory(folder.resolve(name))) {
            try (Stream<Path> files = Files.list(folder.resolve(name))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    contents.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return contents;
    }
}
