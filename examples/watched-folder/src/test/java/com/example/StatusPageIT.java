package com.example;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.sandbox.platform.LedgerEntry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of the installed service, by HTTP and, if there is one, in a browser. The pictures of the README are made of its
 * screenshots: {@code cp target/screenshots/*.png src/docs; pngquant -f --ext .png --speed 1 src/docs/*.png}.
 */
@Timeout(300)
class StatusPageIT {

    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    private static final String PROBLEM = "<p id=\"state\" role=\"status\" class=\"problem\">";

    private static final Pattern PROGRESS = Pattern.compile("<progress max=\"1\" value=\"0\\.[1-9]");

    @TempDir
    private static Path shared;

    private static Installation installation;

    @TempDir
    private Path folder;

    private final Sandbox sandbox =
            Sandbox.builder().taskDuration(Duration.ofSeconds(100)).start();
    private ServiceProcess service;

    @BeforeAll
    static void install() throws Exception {
        installation = Installation.unpack(shared);
        Files.createDirectories(SCREENSHOTS);
    }

    @AfterEach
    void stop() {
        service.close();
        sandbox.close();
    }

    private void start(String maximumSpend) throws Exception {
        service = new ServiceProcess(installation, folder)
                .with(folder, sandbox)
                .property("camel.component.dewatermark.maximumSpend", maximumSpend)
                .start();
        service.awaitLine(ServiceProcess.STARTED);
    }

    /** 4.2 credits: three pictures, and a clip under way. */
    private void work() throws Exception {
        for (String picture : List.of("coffee.jpg", "rocket.jpg", "chelsea.jpg")) {
            Samples.drop(picture, folder.resolve("inbox"));
            service.awaitLine(picture + " is clean");
        }
        Samples.drop("<b>notes.jpg", "no picture".getBytes(), folder.resolve("inbox"));
        Samples.drop(Samples.CLIP, folder.resolve("inbox"));
        soon().until(() -> page().contains("aria-label=\"" + Samples.CLIP));
    }

    @Test
    void whatIsUnderWayAndDoneIsAtTheRootAndHealthAndMetricsStayWhereTheyAre() throws Exception {
        start("5/1d");
        assertThat(page()).contains("None yet.");
        work();

        String page = page();
        assertThat(page)
                .contains("coffee.jpg", "rocket.jpg", "chelsea.jpg", "&lt;b&gt;notes.jpg is a text")
                .doesNotContain("<b>")
                .hasSizeLessThan(200_000);
        // in the ledger of the platform, on the page, and in the meters
        assertThat(sandbox.ledger()).extracting(LedgerEntry::kind).containsOnly(LedgerEntry.Kind.CHARGE);
        assertThat(page).contains("<dt>spent today</dt><dd>4.2</dd>", "<dt>allowed by the limit</dt><dd>0.8</dd>");
        assertThat(service.get("/metrics").body())
                .containsPattern("dewatermark_spending_left\\{.*} 0\\.8")
                .containsPattern("dewatermark_credits_charged_total\\{.*} 3\\.0");
        soon().until(() -> service.get("/health").statusCode() == 200); // pay-again begins after five seconds
        var image = Pattern.compile("thumbnail/[0-9a-f]{64}/[0-9]+/after").matcher(page);
        assertThat(image.find()).isTrue();
        HttpResponse<String> thumbnail = service.get("/" + image.group());
        assertThat(thumbnail.headers().firstValue("Content-Type")).hasValue("image/jpeg");
        assertThat(thumbnail.headers().firstValue("Expires")).isPresent();
        assertThat(service.get("/").headers().map())
                .containsKeys("content-security-policy", "x-content-type-options", "referrer-policy");
        HttpResponse<Void> post = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(service.url("/")))
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.discarding());
        assertThat(post.statusCode()).isEqualTo(405);

        Samples.drop("coffee.jpg", "one-too-many.jpg", folder.resolve("inbox"));
        service.awaitLine("one-too-many.jpg is clean"); // which is in the journal
    }

    @Test
    @EnabledIf("com.example.Browser#isThere")
    void inABrowserItIsReadableEverywhereAndLive() throws Exception {
        Browser browser = new Browser(folder);
        start("6/1d");
        shoot(browser, "empty", 1280, 600, false);
        fail();
        shoot(browser, "failures", 1280, 800, false);
        work();
        soon().until(() -> PROGRESS.matcher(page()).find());
        shoot(browser, "running", 1600, 980, false);
        shoot(browser, "dark", 1280, 1010, true);
        shoot(browser, "phone", 360, 1920, false);
        Samples.drop("original/coffee.jpg", "one-too-many.jpg", folder.resolve("inbox"));
        soon().until(() -> page().contains(PROBLEM));
        shoot(browser, "limit-reached", 1280, 1040, false);

        assertThat(browser.document(service.url("/"), 10_000)).contains(PROBLEM + "Route watched-folder is suspended");
    }

    /** One that may have cost a credit, and one with a long name that hasn't. */
    private void fail() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());
        Samples.drop("original/chelsea.jpg", "unlucky.jpg", folder.resolve("inbox"));
        soon().until(() -> page().contains("unlucky.jpg"));
        String name = "WhatsApp_Image_2026-11-30_at_13.15.42_" + "copy_".repeat(12) + ".jpg";
        Samples.drop(name, "no picture".getBytes(), folder.resolve("inbox"));
        soon().until(() -> page().contains(name));
    }

    @Test
    @EnabledIf("com.example.Browser#isThere")
    void withAProxyThatAnswersForTheServiceItIsOutOfDateInABrowserUntilThatIsOver() throws Exception {
        Browser browser = new Browser(folder);
        start("5/1d");

        try (BadGateway proxy = new BadGateway(service.url("/"), request -> request > 1)) {
            assertThat(browser.document(proxy.url(), 10_000))
                    .contains(PROBLEM + "This page is out of date")
                    .doesNotContain("All is well.");
        }
        try (BadGateway proxy = new BadGateway(service.url("/"), request -> request == 2)) {
            assertThat(browser.document(proxy.url(), 10_000))
                    .contains("All is well.")
                    .doesNotContain(PROBLEM);
        }
    }

    private void shoot(Browser browser, String name, int width, int height, boolean dark) throws Exception {
        Path file = SCREENSHOTS.resolve("page-" + name + ".png").toAbsolutePath();
        List<String> console = browser.screenshot(service.url("/"), file, width, height, dark);

        assertThat(console).isEmpty();
        assertThat(file).isNotEmptyFile();
    }

    private String page() throws IOException, InterruptedException {
        return service.get("/").body();
    }

    private static ConditionFactory soon() {
        return await().atMost(60, SECONDS).pollInterval(Duration.ofMillis(200));
    }
}
