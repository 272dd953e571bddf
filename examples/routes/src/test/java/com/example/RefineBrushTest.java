package com.example;

import static com.example.RouteRun.inTheEnd;
import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.pixel.CleanedPicture;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which brush the platform gets with which picture. Pictures are known by their greys, and masks by their white cells. */
@Timeout(240)
class RefineBrushTest {

    private static final Set<Integer> NO_BRUSH = Set.of(-1);

    @TempDir
    private Path folder;

    private final Map<Integer, List<Set<Integer>>> brushes = new ConcurrentHashMap<>();
    private RouteRun run;

    @BeforeEach
    void prepare() throws Exception {
        run = new RouteRun(sandbox -> sandbox.pictureEngine(this::clean), "refine").with("refine.folder", folder);
    }

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void aPictureWithoutAMaskIsSentWithoutABrush() throws Exception {
        drop("other.mask.png", Samples.mask(1));
        drop("photo.jpg", Samples.jpeg(100));
        drop("holiday.jpg", resource("holiday.jpg"));
        run.start();

        soon().untilAsserted(() -> assertThat(in("inbox/.done")).containsExactlyInAnyOrder("photo.jpg", "holiday.jpg"));

        assertThat(brushes.values()).hasSize(2).allMatch(sent -> sent.equals(List.of(NO_BRUSH)));
        assertThat(in("inbox")).containsExactly("other.mask.png");
    }

    @Test
    void aMaskHasTheNameOfItsPictureUpToTheLastDot() throws Exception {
        drop("photo.v2.jpg", resource("photo.v2.jpg"));
        drop("photo.v2.mask.png", resource("photo.v2.mask.png"));
        drop("photo.mask.png", Samples.mask(1));
        run.start();

        soon().untilAsserted(() ->
                assertThat(in("inbox/.done")).containsExactlyInAnyOrder("photo.v2.jpg", "photo.v2.mask.png"));

        Set<Integer> white = Samples.whiteCells(Samples.read(resource("photo.v2.mask.png")));
        assertThat(brushes.values()).containsExactly(List.of(white));
        assertThat(in("inbox")).containsExactly("photo.mask.png");
    }

    @Test
    void theMaskOfAShorterNameBelongsToAnotherPicture() throws Exception {
        drop("shared.mask.png", resource("shared.mask.png"));
        drop("shared.other.jpg", resource("shared.other.jpg"));
        run.start();

        soon().untilAsserted(() -> assertThat(in("inbox/.done")).containsExactly("shared.other.jpg"));

        assertThat(brushes.values()).containsExactly(List.of(NO_BRUSH));
        assertThat(in("inbox")).containsExactly("shared.mask.png");
    }

    @Test
    void picturesOfAllKindsAreTakenEachWithItsMask() throws Exception {
        List<String> kinds = List.of(
                "jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp", "tif", "tiff", "webp", "JPG", "PNG", "Tiff", "WEBP");
        for (int i = 0; i < kinds.size(); i++) {
            drop(i + ".mask.png", Samples.mask(i));
            drop(i + "." + kinds.get(i), Samples.jpeg(grey(i)));
        }
        run.start();

        inTheEnd().untilAsserted(() -> assertThat(in("inbox/.done")).hasSize(2 * kinds.size()));

        for (int i = 0; i < kinds.size(); i++) {
            assertThat(brushes.get(grey(i))).as(kinds.get(i)).containsExactly(Set.of(i));
        }
        assertThat(in("inbox")).isEmpty();
    }

    @Test
    void theResultOfAPngIsAJpegAndItsMaskIsDone() throws Exception {
        drop("drawing.mask.png", Samples.mask(7));
        drop("drawing.png", Samples.mask());
        run.start();

        soon().untilAsserted(() ->
                assertThat(in("inbox/.done")).containsExactlyInAnyOrder("drawing.png", "drawing.mask.png"));

        assertThat(in("outbox")).containsExactly("drawing.png.jpg");
        assertThat(brushes.get(0)).containsExactly(Set.of(7));
    }

    @Test
    void aMaskIsNeverAPicture() throws Exception {
        List<String> masks = List.of("photo.mask.png", "Photo.MASK.PNG");
        for (String mask : masks) {
            drop(mask, Samples.mask());
        }
        drop("first.jpg", Samples.jpeg(100));
        run.start();
        soon().untilAsserted(() -> assertThat(in("outbox")).containsExactly("first.jpg"));
        drop("second.jpg", Samples.jpeg(101));

        soon().untilAsserted(() -> assertThat(in("outbox")).contains("second.jpg"));

        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(2);
        assertThat(in("inbox")).containsAll(masks);
    }

    @Test
    void aNameIsOnlyAName() throws Exception {
        // in a URI or an expression, most of them would mean something
        List<String> names = List.of(
                "a&delete=true",
                "a&delete=true&idempotentKey=b",
                "a&fileName=other.mask.png",
                "a&move=elsewhere",
                "RAW(a)",
                "RAW{a}",
                "a+b c",
                "a#b?c=d",
                "#a",
                "a'b\"c`d",
                "a,b;c|d",
                "}");
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            drop(name + ".mask.png", Samples.mask(i));
            drop(name + ".jpg", Samples.jpeg(grey(2 * i)));
            drop(name + ".without.jpg", Samples.jpeg(grey(2 * i + 1)));
            drop(name + ".bad.mask.png", Samples.text());
            drop(name + ".bad.jpg", Samples.jpeg());
        }
        drop("other.mask.png", Samples.mask(47));
        run.start();

        inTheEnd().untilAsserted(() -> assertThat(in("inbox")).containsExactly("other.mask.png"));

        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            assertThat(in("inbox/.done")).contains(name + ".jpg", name + ".mask.png", name + ".without.jpg");
            assertThat(in("outbox")).contains(name + ".jpg", name + ".without.jpg");
            assertThat(in("failed")).contains(name + ".bad.jpg", name + ".bad.jpg.txt", name + ".bad.mask.png");
            assertThat(brushes.get(grey(2 * i))).as(name).containsExactly(Set.of(i));
            assertThat(brushes.get(grey(2 * i + 1))).as(name).containsExactly(NO_BRUSH);
        }
        assertThat(brushes).hasSize(2 * names.size());
        assertThat(in("inbox/.done")).hasSize(3 * names.size());
        assertThat(in("outbox")).hasSize(2 * names.size());
        assertThat(in("failed")).hasSize(3 * names.size());
    }

    @Test
    void noNameIsRun() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        run.start().context().getRegistry().bind("trap", Callable.class, calls::incrementAndGet);
        drop("${bean:trap}.jpg", Samples.jpeg(100));
        drop("$simple{bean:trap}.jpg", Samples.jpeg(150));
        drop("last.mask.png", Samples.mask(1)); // names are compared only if there is a mask
        drop("last.jpg", Samples.jpeg(200));

        soon().untilAsserted(() -> assertThat(in("outbox")).containsExactly("last.jpg"));
        soon().untilAsserted(() -> assertThat(in("failed")).hasSize(4));

        assertThat(calls).hasValue(0);
        assertThat(run.sandbox().ledger()).hasSize(1);
    }

    @Test
    void manyAtOnceGetEachTheirOwnMaskOrNone() throws Exception {
        int count = 20;
        for (int i = 0; i < count; i++) {
            drop("with-" + i + ".mask.png", Samples.mask(i));
            drop("with-" + i + ".jpg", Samples.jpeg(grey(i)));
            drop("without-" + i + ".jpg", Samples.jpeg(grey(count + i)));
        }
        run.start();

        inTheEnd().untilAsserted(() -> assertThat(in("inbox/.done")).hasSize(3 * count));

        for (int i = 0; i < count; i++) {
            assertThat(brushes.get(grey(i))).as("with-" + i).containsExactly(Set.of(i));
            assertThat(brushes.get(grey(count + i))).as("without-" + i).containsExactly(NO_BRUSH);
        }
        assertThat(in("outbox")).hasSize(2 * count);
        assertThat(in("inbox")).isEmpty();
        assertThat(in("failed")).isEmpty();
    }

    @Test
    void aPictureToPayForAgainGetsNoMaskOfTheInbox() throws Exception {
        int count = 15;
        run.start();
        Path inbox = folder.resolve("inbox");
        Path payAgain = folder.resolve("pay-again");
        // from now on, both folders are read
        Samples.drop(payAgain.resolve("first.jpg"), Samples.jpeg(5));
        soon().until(() -> in("pay-again/.done").size() == 1);
        for (int i = 0; i < 2 * count; i++) {
            drop(i + ".mask.png", Samples.mask(i));
        }
        for (int i = 0; i < count; i++) {
            Samples.drop(inbox.resolve(i + ".jpg"), Samples.jpeg(grey(i)));
            Samples.drop(payAgain.resolve((count + i) + ".jpg"), Samples.jpeg(grey(count + i)));
        }

        inTheEnd().untilAsserted(() -> assertThat(in("outbox")).hasSize(2 * count + 1));

        for (int i = 0; i < 2 * count; i++) {
            assertThat(brushes.get(grey(i))).as(i + ".jpg").containsExactly(Set.of(i));
        }
        assertThat(in("failed")).isEmpty();
    }

    @Test
    void aMaskFailsWithItsPictureAndOnlyWithThat() throws Exception {
        run.sandbox().faults().on(Call.ERASE).always().inject(Fault.status(400));
        drop("photo.mask.png", Samples.mask(1));
        drop("photo.jpg", Samples.jpeg(100));
        drop("photo.other.jpg", Samples.jpeg(150));
        drop("other.mask.png", Samples.mask(2));
        run.start();

        soon().untilAsserted(() -> assertThat(in("failed"))
                .containsExactlyInAnyOrder(
                        "photo.jpg", "photo.jpg.txt", "photo.mask.png", "photo.other.jpg", "photo.other.jpg.txt"));

        assertThat(in("inbox")).containsExactly("other.mask.png");
        assertThat(in("inbox/.done")).isEmpty();
    }

    @Test
    void aPictureThatIsTriedAgainKeepsItsMask() throws Exception {
        run.sandbox().faults().on(Call.ERASE).times(3).inject(Fault.status(503).retryAfter("0"));
        for (int i = 0; i < 4; i++) {
            drop(i + ".mask.png", Samples.mask(i));
            drop(i + ".jpg", Samples.jpeg(grey(i)));
        }
        run.start();

        inTheEnd().untilAsserted(() -> assertThat(in("inbox/.done")).hasSize(8));

        for (int i = 0; i < 4; i++) {
            assertThat(brushes.get(grey(i))).containsExactly(Set.of(i));
        }
    }

    @Test
    void aMaskStaysIfItsPictureStaysForWantOfCredits() throws Exception {
        run.with("camel.component.dewatermark.minimumCredit", 1000);
        drop("photo.mask.png", Samples.mask(1));
        drop("photo.jpg", Samples.jpeg(100));
        run.start();
        soon().until(() -> run.sandbox().requests().count(Call.CREDIT) > 0
                && run.context().getInflightRepository().size() == 0);

        assertThat(in("inbox")).containsExactlyInAnyOrder("photo.jpg", "photo.mask.png");
        assertThat(in("failed")).isEmpty();
    }

    @Test
    void twoPicturesOfOneNameShareNoMask() throws Exception {
        drop("photo.mask.png", Samples.mask(1));
        drop("photo.jpg", Samples.jpeg(100));
        drop("photo.png", Samples.jpeg(150));
        run.start();

        soon().untilAsserted(() ->
                assertThat(in("inbox/.done")).containsExactlyInAnyOrder("photo.jpg", "photo.png", "photo.mask.png"));

        List<Set<Integer>> sent = new ArrayList<>(brushes.get(100));
        sent.addAll(brushes.get(150));
        assertThat(sent).containsExactlyInAnyOrder(Set.of(1), NO_BRUSH);
    }

    /** The sandbox gives pictures back as they are, and keeps in mind what it got. */
    private CleanedPicture clean(BufferedImage picture, BufferedImage brush) {
        int grey = new Color(picture.getRGB(2, 2)).getRed();
        brushes.computeIfAbsent(grey, key -> new CopyOnWriteArrayList<>())
                .add(brush == null ? NO_BRUSH : Samples.whiteCells(brush));
        return new CleanedPicture(
                picture, new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_GRAY));
    }

    private static int grey(int number) {
        return 20 + 5 * number;
    }

    private void drop(String name, byte[] content) throws IOException {
        Samples.drop(folder.resolve("inbox").resolve(name), content);
    }

    private Set<String> in(String name) throws IOException {
        return new HashSet<>(Batch.names(folder.resolve(name)));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = RefineBrushTest.class.getResourceAsStream("/names/" + name)) {
            return in.readAllBytes();
        }
    }
}
