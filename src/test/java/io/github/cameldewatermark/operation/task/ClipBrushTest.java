package io.github.cameldewatermark.operation.task;

import static io.github.cameldewatermark.DewatermarkConstants.MASK_BRUSH;
import static io.github.cameldewatermark.DewatermarkConstants.MASK_REGION;
import static io.github.cameldewatermark.DewatermarkConstants.TASK_ID;
import static io.github.cameldewatermark.DewatermarkConstants.TASK_KEY;
import static io.github.cameldewatermark.operation.task.BrushedClips.CLIP;
import static io.github.cameldewatermark.sandbox.platform.LedgerEntry.Kind.CHARGE;
import static io.github.cameldewatermark.testkit.TestClips.bookings;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.clip.WrittenClips;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.JournalFiles;
import io.github.cameldewatermark.operation.RequestKey;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.TestClient;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.awt.Rectangle;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is to be erased from a clip goes with its submit, and is right or refused for nothing. */
@Timeout(60)
class ClipBrushTest {

    private static final int ONE = 1 << 16;
    private static final int END = 1 << 30;

    @TempDir
    private Path folder;

    private final BrushedClips engine = new BrushedClips();

    @AutoClose
    private final Sandbox sandbox = Sandbox.builder()
            .taskDuration(Duration.ofMillis(100))
            .clipEngine(engine)
            .start();

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @Test
    void withoutABrushNothingIsSent() throws Exception {
        body(context.start("dewatermark:video").send(CLIP));

        assertThat(engine.erased()).containsExactly("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bottom-right:50%x50% | 427,240,427,240",
                "10,20,30,40 | 10,20,30,40",
            })
    void theOptionMaskRegionIsSentInTheSizeOfTheClip(String region, String erased) throws Exception {
        body(context.start("dewatermark:video?maskRegion=" + region).send(CLIP));

        assertThat(engine.erased()).containsExactly(erased);
    }

    @Test
    void theOptionMaskBrushIsScaledToTheClip() throws Exception {
        context.bind("stamp", TestPictures.brush(427, 240, new Rectangle(10, 20, 30, 40)));

        body(context.start("dewatermark:video?maskBrush=ref:stamp").send(CLIP));

        assertThat(engine.erased()).containsExactly("20,40,60,80");
    }

    /** What the PRO model doesn't take is a matter of pictures. */
    @Test
    void theOptionProOfTheComponentIsNoHindrance() throws Exception {
        context.options().setPro(true);

        body(context.start("dewatermark:video?maskRegion=1,2,3,4").send(CLIP));

        assertThat(engine.erased()).containsExactly("1,2,3,4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "stream"})
    void theHeaderMaskBrushBeatsTheOptions(String type) throws Exception {
        byte[] mask = TestPictures.brush(854, 480, new Rectangle(10, 20, 30, 40));
        Object header = type.equals("bytes") ? mask : new ByteArrayInputStream(mask);

        body(context.start("dewatermark:video?maskRegion=1,2,3,4").send(CLIP, Map.of(MASK_BRUSH, header)));

        assertThat(engine.erased()).containsExactly("10,20,30,40");
    }

    @ParameterizedTest
    @ValueSource(strings = {"maskRegion=1,2,3,4", "maskBrush=ref:stamp"})
    void theHeaderMaskRegionBeatsTheOptions(String option) throws Exception {
        context.bind("stamp", TestPictures.brush(854, 480));

        body(context.start("dewatermark:video?" + option).send(CLIP, Map.of(MASK_REGION, "top-right:10x10")));

        assertThat(engine.erased()).containsExactly("844,0,10,10");
    }

    @ParameterizedTest
    @CsvSource({
        "true, " + MASK_REGION,
        "false, " + MASK_REGION,
        "true, " + MASK_BRUSH,
        "false, " + MASK_BRUSH,
    })
    void aBrushIsForOneCallOnly(boolean wait, String header) throws Exception {
        Object value = header.equals(MASK_REGION) ? "top-left:10x10" : TestPictures.brush(854, 480);

        Exchange exchange =
                context.start("dewatermark:video?waitForCompletion=" + wait).send(CLIP, Map.of(header, value));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeaders()).containsKey(TASK_ID).doesNotContainKey(header);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"mp4 | mpeg4 | false", "matroska | mpeg4 | false", "mp4 | mpeg4 | true"})
    void theSizeIsReadFromTheHeader(String container, String codec, boolean fragmented) throws Exception {
        Path clip = WrittenClips.write(
                folder, container, codec, 50, fragmented ? Map.of("movflags", "frag_keyframe+empty_moov") : Map.of());

        // the sandbox has another size, so it refuses what the component has made
        Exchange exchange =
                context.start("dewatermark:video?maskRegion=1,2,3,4").send(clip.toFile());

        assertThat(failure(exchange, DewatermarkException.class))
                .hasMessageContaining("mask_brush has 176 x 144 px, but the video has 854 x 480 px");
        assertThat(bookings(sandbox)).isEmpty();
    }

    @Test
    void aClipWhoseSizeCannotBeReadIsRefused() throws Exception {
        Path avi = WrittenClips.write(folder, "avi", "mpeg4", 50, Map.of());
        byte[] clip = Files.readAllBytes(avi);

        assertRefused(
                clip,
                Map.of(MASK_REGION, "1,2,3,4"),
                "The size of a.mp4 can't be read from its header, and a brush must have that size: convert it to MP4, or leave out"
                        + " the brush (maskRegion, maskBrush)");
        body(context.send(clip));
    }

    @Test
    void aClipOfAbsurdSizeIsRefusedWithoutMakingItsMask() throws Exception {
        byte[] clip = CLIP.clone();
        String text = new String(clip, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("avc1", text.indexOf("stsd"));
        for (int i = 28; i < 32; i++) {
            clip[at + i] = (byte) 0xFF;
        }

        assertRefused(clip, Map.of(MASK_REGION, "1,2,3,4"), "The size of a.mp4 can't be read from its header");
    }

    @Test
    void aClipThatIsShownTurnedOrStretchedIsRefused() throws Exception {
        byte[] quarter = BrushedClips.shown(854, 480, 0, ONE, 0, -ONE, 0, 0, 0, 0, END);
        byte[] half = BrushedClips.shown(854, 480, -ONE, 0, 0, 0, -ONE, 0, 0, 0, END);
        byte[] wide = BrushedClips.shown(1138, 480, ONE, 0, 0, 0, ONE, 0, 0, 0, END);

        for (byte[] clip : List.of(quarter, half, wide)) {
            assertRefused(
                    clip,
                    Map.of(MASK_REGION, "1,2,3,4"),
                    "a.mp4 has frames of 854 x 480 px that are shown turned or stretched");
        }
        body(context.send(quarter));
    }

    @Test
    void aBrushThatDoesNotFitTheClipIsRefused() throws Exception {
        assertRefused(
                CLIP,
                Map.of(MASK_BRUSH, TestPictures.brush(480, 480)),
                "the header CamelDewatermarkMaskBrush has 480 x 480 px, which is a different shape from a.mp4 with 854 x 480 px");
        assertRefused(
                CLIP,
                Map.of(MASK_REGION, "900,20,30,40"),
                "a.mp4 has 854 x 480 px, and 900,20,30,40 of the region is outside it");
    }

    @Test
    void headersThatAreNoBrushAreRefused() throws Exception {
        assertRefused(
                CLIP,
                Map.of(MASK_REGION, "bottom-rigth:30%x12%"),
                "The header CamelDewatermarkMaskRegion is wrong: 'bottom-rigth:30%x12%' is not a region: there is no anchor"
                        + " bottom-rigth");
        assertRefused(
                CLIP,
                Map.of(MASK_REGION, "1,2,3,4", MASK_BRUSH, TestPictures.brush(854, 480)),
                "The headers CamelDewatermarkMaskBrush and CamelDewatermarkMaskRegion are both set");
        assertRefused(
                CLIP,
                Map.of(MASK_BRUSH, "%PDF-1.7 and so on".getBytes(StandardCharsets.US_ASCII)),
                "the header CamelDewatermarkMaskBrush is a");
        assertRefused(CLIP, Map.of(MASK_BRUSH, "brush.png"), "the header CamelDewatermarkMaskBrush is a String");
    }

    @Test
    void aRedeliveryAfterTheUploadSubmitsWithTheBrush() throws Exception {
        sandbox.faults().on(Call.SUBMIT).inject(Fault.status(400));
        context.startWithRedelivery(DewatermarkException.class, 1, "dewatermark:video");

        body(context.send(CLIP, Map.of(MASK_REGION, "1,2,3,4")));

        assertThat(engine.erased()).containsExactly("1,2,3,4");
        assertThat(sandbox.requests().count(Call.UPLOAD)).isEqualTo(1);
        assertThat(sandbox.requests().count(Call.SUBMIT)).isEqualTo(2);
    }

    @Test
    void aSubmitThatDidNotArriveIsSentAgainWithTheBrush() throws Exception {
        sandbox.faults().on(Call.SUBMIT).inject(Fault.resetBefore());

        body(context.start("dewatermark:video?maskRegion=1,2,3,4").send(CLIP));

        assertThat(engine.erased()).containsExactly("1,2,3,4");
        assertThat(sandbox.requests().count(Call.SUBMIT)).isEqualTo(2);
    }

    @Test
    void anUploadThatTheJournalKnowsIsSubmittedWithTheBrush() throws Exception {
        context.options().setJournalDirectory(folder.toString());
        sandbox.faults().on(Call.SUBMIT).inject(Fault.status(400));
        context.start("dewatermark:video?maskRegion=1,2,3,4");
        failure(context.send(CLIP), DewatermarkException.class);

        body(context.send(CLIP));

        assertThat(engine.erased()).containsExactly("1,2,3,4");
        assertThat(sandbox.requests().count(Call.UPLOAD)).isEqualTo(1);
    }

    /** It has been read, and can't be read again. */
    @Test
    void aPaidTaskIsResumedThoughItsBrushWasAStream() throws Exception {
        context.options().setJournalDirectory(folder.toString());
        sandbox.faults().on(Call.DOWNLOAD).times(3).inject(Fault.status(500));
        context.startWithRedelivery(DewatermarkException.class, 1, "dewatermark:video");
        byte[] mask = TestPictures.brush(854, 480, new Rectangle(10, 20, 30, 40));

        body(context.send(CLIP, Map.of(MASK_BRUSH, new ByteArrayInputStream(mask))));

        assertThat(engine.erased()).containsExactly("10,20,30,40");
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSameClipWithAnotherRegionIsAnotherTask(boolean byTaskKey) throws Exception {
        context.options().setJournalDirectory(folder.toString());
        Map<String, Object> key = byTaskKey ? Map.of(TASK_KEY, "a key") : Map.of();
        context.start(routes -> {
            routes.from("direct:in").to("dewatermark:video?maskRegion=1,2,3,4&waitForCompletion=false");
            routes.from("direct:other")
                    .setHeader(MASK_REGION, routes.constant("5,6,7,8"))
                    .to("dewatermark:video?waitForCompletion=false");
        });

        String task = taskId(context.send(CLIP, key));
        String other = taskId(context.sendTo("direct:other", CLIP, key));

        assertThat(other).isNotEqualTo(task);
        assertThat(taskId(context.send(CLIP, key))).isEqualTo(task);
        assertThat(taskId(context.sendTo("direct:other", CLIP, key))).isEqualTo(other);
        assertThat(bookings(sandbox)).containsExactly(CHARGE, CHARGE);
    }

    @Test
    void theKeyOfAClipWithoutABrushIsWhatItAlwaysWas() throws Exception {
        context.options().setJournalDirectory(folder.toString());
        context.component().setAccount("me");
        body(context.start("dewatermark:video").send(CLIP));

        String key = new RequestKey(sandbox.baseUrl() + " me", "video")
                .text(null)
                .content(Content.of("a.mp4", CLIP))
                .hex();
        assertThat(JournalFiles.entries(folder)).extracting(Entry::key).containsExactly(key);
    }

    @Test
    void aBrushThatIsRefusedLeavesNothingInTheJournal() throws Exception {
        context.options().setJournalDirectory(folder.toString());
        context.start("dewatermark:video?maskRegion=900,1,2,3");

        failure(context.send(CLIP), DewatermarkInputException.class);

        assertThat(JournalFiles.states(folder)).isEmpty();
    }

    @Test
    void aTaskWithoutItsClipCannotBeSubmittedWithABrush() throws Exception {
        TestClient client = new TestClient(sandbox);
        JsonNode ticket = client.createUpload();
        TestClient.put(ticket.get("upload_signed_url").asText(), CLIP);
        String taskId = ticket.get("task_id").asText();

        Exchange exchange =
                context.start("dewatermark:video?maskRegion=1,2,3,4").send(null, Map.of(TASK_ID, taskId));

        DewatermarkInputException error = failure(exchange, DewatermarkInputException.class);
        assertThat(error)
                .hasMessageStartingWith("The size of the clip of video task " + taskId + " isn't known")
                .hasMessageContaining("send the clip, too, or leave out the brush");
        assertThat(error.operation()).isEqualTo("video");
        assertThat(sandbox.requests().count(Call.SUBMIT)).isZero();
    }

    @Test
    void aBrushHasNoEffectOnATaskThatIsSubmitted() throws Exception {
        String taskId = new TestClient(sandbox).submitClip(CLIP);
        context.start("dewatermark:video?maskRegion=1,2,3,4");

        assertThat(body(context.send(null, Map.of(TASK_ID, taskId)))).isEqualTo(CLIP);

        assertThat(engine.erased()).containsExactly("none");
        assertThat(sandbox.requests().count(Call.SUBMIT)).isEqualTo(1);
    }

    @Test
    void aTaskThatFailsIsSubmittedAnewWithTheBrush() throws Exception {
        sandbox.faults().on(Call.SUBMIT).inject(Fault.failingTask());
        context.startWithRedelivery(DewatermarkTaskException.class, 1, "dewatermark:video");

        body(context.send(CLIP, Map.of(MASK_REGION, "1,2,3,4")));

        assertThat(engine.erased()).containsExactly("1,2,3,4");
        assertThat(sandbox.tasks()).hasSize(2);
    }

    private static String taskId(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getHeader(TASK_ID, String.class);
    }

    private void assertRefused(byte[] clip, Map<String, Object> headers, String message) throws Exception {
        if (!context.camel().isStarted()) {
            context.start("dewatermark:video");
        }
        Map<String, Object> all = new HashMap<>(headers);
        all.put(Exchange.FILE_NAME, "a.mp4");

        DewatermarkInputException error = failure(context.send(clip, all), DewatermarkInputException.class);

        assertThat(error)
                .hasMessageStartingWith(message)
                .hasMessageEndingWith(". Nothing was sent, nothing was charged.");
        assertThat(error.operation()).isEqualTo("video");
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(sandbox.requests().all()).isEmpty();
    }
}
