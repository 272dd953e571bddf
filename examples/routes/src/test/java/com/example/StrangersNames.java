package com.example;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a route must not do with the names of files that strangers choose, wherever it finds them. */
abstract class StrangersNames {

    /** Listed after all others. */
    static final String GOOD = "~good.jpg";

    /** With many folders above it, so that none of the ways out leads out of the folder of this test. */
    @TempDir
    Path root;

    Path folder;
    LocalS3 s3;
    RouteRun run;

    @BeforeEach
    void prepare() throws Exception {
        Canary.hush();
        folder = Files.createDirectories(root.resolve("a/b/c/d/route"));
        s3 = new LocalS3("clean");
        run = s3.use(open()).with(Canary.PROPERTY, Canary.SECRET).with("errors.redeliveries", 1);
    }

    @AfterEach
    void stop() throws Exception {
        run.close();
        close();
        s3.close();
    }

    abstract RouteRun open() throws Exception;

    abstract void close() throws Exception;

    /** Puts a file where the route looks for it. */
    abstract void put(String name, byte[] picture) throws Exception;

    /** The key of its clean form. */
    abstract String key(String name);

    /** The text files with the reasons for what is refused. */
    abstract List<String> reasons() throws Exception;

    /** Where the refused files themselves must be. */
    abstract void checkRefused(SoftAssertions softly, List<String> names) throws Exception;

    /** What the route may write into, relative to the root. */
    abstract String[] ownFolders();

    @Test
    void aNameIsNotTakenForCode() throws Exception {
        checkThatOnlyTheGoodOneIsTaken(List.of(
                "${" + Canary.CALL + "}.jpg",
                "$simple{" + Canary.CALL + "}.jpg",
                "x${" + Canary.CALL + "}y.jpg",
                "${${" + Canary.CALL + "}}.jpg",
                "#{" + Canary.CALL + "}.jpg",
                "${properties:" + Canary.PROPERTY + "}.jpg",
                "${properties:camel.component.dewatermark.apiKey}.jpg",
                "$simple{properties:camel.component.dewatermark.apiKey}.jpg",
                "{{" + Canary.PROPERTY + "}}.jpg",
                "{{camel.component.dewatermark.apiKey}}.jpg",
                "${file:name}.jpg",
                "${sys.user.home}.jpg"));
    }

    @Test
    void harmlessNamesArriveAsTheyAre() throws Exception {
        StrangeNames names = new StrangeNames(7, 40);
        int number = 0;
        for (String name : names.harmless()) {
            put(name, Samples.numbered(number++));
        }
        run.start();
        List<String> keys = names.harmless().stream().map(this::key).toList();

        eventually(() -> s3.keys("clean").size() >= keys.size());

        assertThat(s3.keys("clean")).as(names.toString()).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(reasons()).isEmpty();
        assertThat(run.sandbox().ledger()).hasSize(keys.size());
    }

    @Test
    void whateverItsNameAFileDoesNoHarm() throws Exception {
        StrangeNames names = new StrangeNames(11, 60);
        for (String name : names.all()) {
            if (!names.harmless().contains(name) && isPossible(name)) {
                put(name, Samples.jpeg());
            }
        }
        put(GOOD, Samples.jpeg());
        Tree before = Tree.of(root);
        run.start();

        eventually(() -> s3.keys("clean").contains(key(GOOD)));
        waitForMorePolls();

        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(s3.keys("clean")).as(names + ": keys of clean files").contains(key(GOOD));
        softly.assertThat(names.forbidden())
                .as(names + ": what must not be delivered")
                .noneMatch(name -> s3.keys("clean").contains(key(name)));
        softly.assertThat(run.sandbox().ledger())
                .as(names + ": payments")
                .hasSizeLessThanOrEqualTo(1 + names.borderline().size());
        checkThatNothingIsHarmed(softly, before);
        softly.assertAll();
    }

    /** Whether the server can list it at all. */
    boolean isPossible(String name) {
        return true;
    }

    void checkThatOnlyTheGoodOneIsTaken(List<String> bad) throws Exception {
        for (int i = 0; i < bad.size(); i++) {
            put(bad.get(i), bad(i));
        }
        put(GOOD, Samples.jpeg());
        Tree before = Tree.of(root);
        run.start();

        eventually(() -> s3.keys("clean").contains(key(GOOD)) && reasons().size() >= bad.size());
        waitForMorePolls();

        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(s3.keys("clean")).as("keys of clean files").containsExactly(key(GOOD));
        checkThatNothingIsHarmed(softly, before);
        softly.assertThat(reasons()).as("reasons").hasSameSizeAs(bad);
        softly.assertThat(run.sandbox().ledger()).as("payments").hasSize(1);
        checkRefused(softly, bad);
        softly.assertAll();
    }

    private void checkThatNothingIsHarmed(SoftAssertions softly, Tree before) throws Exception {
        softly.assertThat(Canary.touches()).as("calls of the canary").isZero();
        softly.assertThat(String.join(" ", s3.keys("clean")))
                .as("secrets in keys")
                .doesNotContain(Canary.SECRET, run.sandbox().apiKey());
        softly.assertThat(before.changesTo(Tree.of(root), ownFolders()))
                .as("changes of files")
                .isEmpty();
    }

    private static void waitForMorePolls() {
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
    }

    /** The picture of the bad name with this number, unlike any other. */
    static byte[] bad(int number) throws Exception {
        return Samples.jpeg(20 + 10 * number);
    }

    static List<String> badPictures(int count) throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(Tree.describe(bad(i)));
        }
        return all;
    }

    static List<String> textsIn(Path folder) throws Exception {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .filter(file -> file.endsWith(".txt"))
                    .toList();
        }
    }

    /** Without a failure, because the assertions that follow tell more. */
    private static void eventually(Callable<Boolean> condition) {
        try {
            await().atMost(90, SECONDS).pollInterval(200, MILLISECONDS).until(condition);
        } catch (ConditionTimeoutException e) {
            // see the assertions
        }
    }
}
