package io.github.cameldewatermark.observe;

import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestPictures.numbered;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.AccountRoutePolicy;
import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.observe.page.StatusPage;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.UnchangedPictures;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.pixel.PictureEngine;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page says, without a browser. */
@Timeout(60)
class StatusPageTest {

    private static final Pattern IMAGE = Pattern.compile("src=\"thumbnail/([0-9a-f]{64})/([0-9]+)/(before|after)\"");

    @TempDir
    private Path folder;

    private volatile PictureEngine engine = new WhiteningPictures();

    @AutoClose
    private final Sandbox sandbox = Sandbox.builder()
            .taskDuration(Duration.ofMinutes(1))
            .pictureEngine((picture, brush) -> engine.clean(picture, brush))
            .clipEngine(TestClips.copying(6))
            .start();

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    private void start() throws Exception {
        StatusPage page = new StatusPage();
        context.options().setJournalDirectory(folder.resolve("journal").toString());
        context.start(routes -> {
            routes.from("direct:in").to("dewatermark:erase?thumbnails=true&maximumSpend=5/1d");
            routes.from("direct:video").to("dewatermark:video");
            routes.from("direct:page").process(page::page);
            routes.from("direct:thumbnail").process(page::thumbnail);
        });
    }

    private Exchange get() {
        return context.sendTo("direct:page", null, Map.of("Cookie", "of the request"));
    }

    private String page() {
        return new String(body(get()), UTF_8);
    }

    @Test
    void whenNothingIsDoneYetItSaysSo() throws Exception {
        start();

        assertThat(page())
                .contains("All is well.", "0 files, of which 0 wait", "None yet.", "None since the start.")
                .contains("<dt>left</dt><dd>?</dd>", "<dt>allowed by the limit</dt><dd>5</dd>")
                .contains("<dt>spent today</dt><dd>0</dd>", "Nothing was spent in the last 31 days.")
                .doesNotContain("<svg");
    }

    @Test
    void resultsAreThereBeforeAndAfterWithWhatTheyCost() throws Exception {
        start();
        body(context.send(numbered(1), Map.of(Exchange.FILE_NAME, "holiday.jpg")));
        String page = page();

        assertThat(page)
                .contains("<span class=\"name\">holiday.jpg</span>", "1 credit</span>")
                .contains("<dt>spent today</dt><dd>1</dd>", "<dt>spent this month</dt><dd>1</dd>")
                .contains("<dt>allowed by the limit</dt><dd>4</dd>")
                .contains("<title>" + LocalDate.now() + ": 1 credit</title>");
        List<byte[]> pictures = IMAGE.matcher(page)
                .results()
                .map(image -> body(thumbnail(image)))
                .toList();
        assertThat(pictures).hasSize(2);
        assertThat(TestPictures.image(pictures.get(0)).getWidth()).isLessThanOrEqualTo(160);
        assertThat(TestPictures.isWhite(TestPictures.image(pictures.get(1)), 1, 1))
                .isTrue();
        assertThat(pictures.get(0)).isNotEqualTo(pictures.get(1));
    }

    private Exchange thumbnail(MatchResult image) {
        return thumbnail(image.group(1), image.group(2), image.group(3));
    }

    private Exchange thumbnail(String key, String time, String which) {
        return context.sendTo(
                "direct:thumbnail", null, Map.of(StatusPage.KEY, key, StatusPage.TIME, time, StatusPage.WHICH, which));
    }

    @Test
    void whatIsPaidForAgainIsShownAsItIsNow() throws Exception {
        start();
        body(context.send(numbered(1)));
        MatchResult first = image(page(), "after");
        byte[] then = body(thumbnail(first));

        engine = new UnchangedPictures();
        body(context.send(numbered(1), Map.of(DewatermarkConstants.PAY_AGAIN, true)));
        await().until(() ->
                !image(page(), "after").group().equals(first.group())); // browsers keep what they have by its URL

        assertThat(TestPictures.isWhite(TestPictures.image(then), 1, 1)).isTrue();
        byte[] now = body(thumbnail(image(page(), "after")));
        assertThat(TestPictures.isWhite(TestPictures.image(now), 1, 1)).isFalse();
    }

    private static MatchResult image(String page, String which) {
        return IMAGE.matcher(page)
                .results()
                .filter(image -> image.group(3).equals(which))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void lookingAtAResultDoesNotCountAsAUseOfIt() throws Exception {
        start();
        body(context.send(numbered(1)));
        Path entry = entry();
        var lastUse = Files.getLastModifiedTime(entry);

        body(thumbnail(image(page(), "before")));
        body(thumbnail(image(page(), "after")));

        assertThat(Files.getLastModifiedTime(entry)).isEqualTo(lastUse);
    }

    private Path entry() throws IOException {
        try (var files = Files.list(folder.resolve("journal"))) {
            return files.filter(file -> file.toString().endsWith(".entry"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0000000000000000000000000000000000000000000000000000000000000000, 1, before",
        "0000000000000000000000000000000000000000000000000000000000000000, -1, before",
        "0000000000000000000000000000000000000000000000000000000000000000, 99999999999999999999, before",
        "../ledger, 1, csv",
        "x, 1, after"
    })
    void whatIsNoThumbnailIsNotFound(String key, String time, String which) throws Exception {
        start();

        Exchange exchange = thumbnail(key, time, which);

        assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(404);
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("There is no such picture");
    }

    @Test
    void onlyThumbnailsAreShown() throws Exception {
        start();
        body(context.send(numbered(1)));
        MatchResult image = image(page(), "after");

        assertThat(thumbnail(image.group(1), image.group(2), "picture")
                        .getMessage()
                        .getHeader(Exchange.HTTP_RESPONSE_CODE))
                .isEqualTo(404);
    }

    @Test
    void namesAndReasonsAreTexts() throws Exception {
        start();
        String name = "<img src=x onerror=alert(1)>\"'&.jpg";
        body(context.send(numbered(1), Map.of(Exchange.FILE_NAME, name)));
        context.send("no picture".getBytes(UTF_8), Map.of(Exchange.FILE_NAME, name));

        assertThat(page())
                .doesNotContain("<img src=x")
                .contains("&lt;img src=x onerror=alert(1)&gt;&quot;&apos;&amp;.jpg");
    }

    @Test
    void failuresAreThereWithTheirReasonsAndWhetherTheyWereCharged() throws Exception {
        start();
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());
        context.send(numbered(1), Map.of(Exchange.FILE_NAME, "unlucky.jpg"));
        context.send("no picture".getBytes(UTF_8), Map.of(Exchange.FILE_NAME, "notes.txt"));

        String page = page();
        assertThat(page)
                .containsSubsequence(
                        "<span class=\"name\">notes.txt</span><br>",
                        "<span class=\"name\">unlucky.jpg</span> <span class=\"billed\">may have been charged</span>");
        assertThat(page).contains("<dt>spent today</dt><dd>1</dd>");
    }

    @Test
    void tasksAreThereWithTheirProgress() throws Exception {
        start();
        context.camel()
                .createProducerTemplate()
                .asyncRequestBodyAndHeader("direct:video", TestClips.clip("a"), Exchange.FILE_NAME, "clip.mp4");
        await().until(() -> context.component().getInflightTasks() == 1);

        assertThat(page())
                .contains("1 file, of which 0 wait", "<span class=\"name\">clip.mp4</span>", "<progress max=\"1\"");
    }

    @Test
    void whyARouteWaitsIsSaid() throws Exception {
        context.options().setJournalDirectory(folder.resolve("journal").toString());
        TestFiles.drop(folder.resolve("inbox/1.jpg"), numbered(1));
        TestFiles.drop(folder.resolve("inbox/2.jpg"), numbered(2));
        StatusPage page = new StatusPage();
        context.start(routes -> {
            routes.from("file:" + folder.resolve("inbox") + "?initialDelay=0&delay=50")
                    .routeId("pictures")
                    .routePolicy(new AccountRoutePolicy())
                    .to("dewatermark:erase?maximumSpend=1/1h");
            routes.from("direct:page").process(page::page);
        });

        await().untilAsserted(() -> assertThat(page()).contains("class=\"problem\">Route pictures is suspended: "));
    }

    @Test
    void howeverOftenItIsAskedForItIsMadeOnceASecond() throws Exception {
        start();
        String first = page();
        body(context.send(numbered(1), Map.of(Exchange.FILE_NAME, "holiday.jpg")));

        assertThat(page()).isEqualTo(first);
        await().untilAsserted(() -> assertThat(page()).contains("holiday.jpg"));
    }

    @Test
    void itIsSmallAndLetsNothingElseIn() throws Exception {
        start();
        for (int i = 0; i < 30; i++) {
            context.sendTo("direct:in", "no picture".getBytes(UTF_8), Map.of(Exchange.FILE_NAME, i + ".jpg"));
        }
        Exchange answer = get();

        assertThat(body(answer)).hasSizeLessThan(200_000);
        assertThat(answer.getMessage().getHeaders())
                .containsOnlyKeys(
                        "Content-Type", "X-Content-Type-Options", "Content-Security-Policy", "Referrer-Policy")
                .containsEntry("Content-Type", "text/html; charset=utf-8");
        assertThat(answer.getMessage().getHeader("Content-Security-Policy", String.class))
                .startsWith("default-src 'none'; connect-src 'self'; img-src 'self'")
                .contains("script-src 'sha256-");
    }

    @Test
    void whatTwoComponentsPayWithOneJournalCountsOnce() throws Exception {
        DewatermarkComponent other = new DewatermarkComponent();
        other.getConfiguration().setBaseUrl(sandbox.baseUrl());
        other.getConfiguration().setApiKey(sandbox.apiKey());
        other.getConfiguration()
                .setJournalDirectory(folder.resolve("journal/../journal").toString());
        context.camel().addComponent("other", other);
        startWith("dewatermark:erase", "other:erase");

        body(context.sendTo("direct:0", numbered(1), Map.of(Exchange.FILE_NAME, "mine.jpg")));
        body(context.sendTo("direct:1", numbered(2), Map.of(Exchange.FILE_NAME, "yours.jpg")));

        assertThat(page()).contains("<dt>spent today</dt><dd>2</dd>");
        assertThat(page().split("mine.jpg|yours.jpg")).hasSize(3);
    }

    @Test
    void whatIsPaidWithTwoJournalsIsAddedUp() throws Exception {
        startWith("dewatermark:erase", "dewatermark:erase?journalDirectory=" + folder.resolve("second"));

        body(context.sendTo("direct:0", numbered(1), Map.of(Exchange.FILE_NAME, "here.jpg")));
        body(context.sendTo("direct:1", numbered(2), Map.of(Exchange.FILE_NAME, "there.jpg")));

        assertThat(page()).contains("<dt>spent today</dt><dd>2</dd>");
        assertThat(page().split("here.jpg|there.jpg")).hasSize(3);
    }

    private void startWith(String... uris) throws Exception {
        StatusPage page = new StatusPage();
        context.options().setJournalDirectory(folder.resolve("journal").toString());
        context.start(routes -> {
            for (int i = 0; i < uris.length; i++) {
                routes.from("direct:" + i).to(uris[i]);
            }
            routes.from("direct:page").process(page::page);
        });
    }

    @Test
    void withoutThumbnailsNamesDo() throws Exception {
        StatusPage page = new StatusPage();
        context.options().setJournalDirectory(folder.resolve("journal").toString());
        context.start(routes -> {
            routes.from("direct:in").to("dewatermark:erase");
            routes.from("direct:page").process(page::page);
        });
        body(context.send(numbered(1), Map.of(Exchange.FILE_NAME, "holiday.jpg")));

        assertThat(page())
                .contains("holiday.jpg", "<div class=\"pair\"><span class=\"soft\">erase</span></div>")
                .doesNotContain("<img");
    }
}
