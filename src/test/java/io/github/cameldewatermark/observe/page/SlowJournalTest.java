package io.github.cameldewatermark.observe.page;

import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestPictures.numbered;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.journal.Journal;
import io.github.cameldewatermark.journal.folder.FolderJournal;
import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A journal that doesn't answer, such as one on a share that hangs, takes few threads of the server. */
@Timeout(60)
class SlowJournalTest {

    private static final Pattern BEFORE = Pattern.compile("thumbnail/([0-9a-f]{64})/([0-9]+)/before");

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.answering(TestPictures.jpeg());

    @AutoClose
    private final TestContext context = TestContext.at(WIRE.baseUrl());

    @TempDir
    private Path folder;

    @AutoClose("shutdownNow")
    private final ExecutorService visitors = Executors.newCachedThreadPool();

    private final AtomicLong nanoTime = new AtomicLong();
    private final StatusPage page = new StatusPage(nanoTime::get);

    /** Which method of the journal hangs. */
    private volatile String hanging = "none";

    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);

    @BeforeEach
    void start() throws Exception {
        context.component().setAccount("mine");
        context.options().setJournal(slow(new FolderJournal(folder, Duration.ofDays(1), Long.MAX_VALUE)));
        context.start(routes -> {
            routes.from("direct:in").to("dewatermark:erase?thumbnails=true");
            routes.from("direct:page").process(page::page);
            routes.from("direct:thumbnail").process(page::thumbnail);
        });
        body(context.send(numbered(1), Map.of(Exchange.FILE_NAME, "holiday.jpg")));
    }

    @AfterEach
    void goOn() {
        goesOn.countDown();
    }

    private Journal slow(Journal journal) {
        return (Journal) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Journal.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(hanging)) {
                        hangs.countDown();
                        goesOn.await();
                    }
                    try {
                        return method.invoke(journal, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Exchange get() {
        return context.sendTo("direct:page", null, Map.of());
    }

    private CompletableFuture<Exchange> getLater() {
        return CompletableFuture.supplyAsync(this::get, visitors);
    }

    private static Object status(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE);
    }

    @Test
    void untilThereIsAPageNobodyWaitsButTheFirst() throws Exception {
        hanging = "ledger";
        CompletableFuture<Exchange> first = getLater();
        hangs.await();

        assertThat(status(get())).isEqualTo(503);
        assertThat(status(get())).isEqualTo(503);

        assertThat(first).isNotDone();
        goOn();
        assertThat(new String(body(first.get()), UTF_8)).contains("holiday.jpg");
    }

    @Test
    void theOthersSeeTheLastPageUnlessItIsTooOld() throws Exception {
        byte[] last = body(get());
        hanging = "latestResults";
        nanoTime.addAndGet(Duration.ofSeconds(2).toNanos());
        CompletableFuture<Exchange> next = getLater();
        hangs.await();

        assertThat(body(get())).isEqualTo(last);
        nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(status(get())).isEqualTo(503);

        goOn();
        assertThat(status(next.get())).isNull();
    }

    @Test
    void afterAPauseThePageIsMadeAnew() throws Exception {
        body(get());
        body(context.send(numbered(2), Map.of(Exchange.FILE_NAME, "later.jpg")));
        nanoTime.addAndGet(Duration.ofDays(1).toNanos());

        assertThat(new String(body(get()), UTF_8)).contains("later.jpg");
    }

    @Test
    void fewWaitForThumbnails() throws Exception {
        MatchResult image = BEFORE.matcher(new String(body(get()), UTF_8))
                .results()
                .findFirst()
                .orElseThrow();
        hanging = "peek";
        List<CompletableFuture<Exchange>> visits = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> thumbnail(image), visitors))
                .limit(30)
                .toList();

        await().until(() -> visits.stream().filter(CompletableFuture::isDone).count() == 30 - Thumbnails.MOST_WAITING);
        assertThat(visits.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join))
                .extracting(SlowJournalTest::status)
                .containsOnly(503);

        goOn();
        assertThat(visits)
                .filteredOn(visit -> status(visit.join()) == null)
                .hasSize(Thumbnails.MOST_WAITING)
                .allSatisfy(visit -> assertThat(body(visit.join())).isNotEmpty());
        assertThat(body(thumbnail(image))).isNotEmpty();
    }

    private Exchange thumbnail(MatchResult image) {
        return context.sendTo(
                "direct:thumbnail",
                null,
                Map.of(StatusPage.KEY, image.group(1), StatusPage.TIME, image.group(2), StatusPage.WHICH, "before"));
    }
}
