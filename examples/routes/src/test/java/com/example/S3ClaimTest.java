package com.example;

import static com.example.RouteRun.soon;
import static com.example.S3Trouble.Call.COPY;
import static com.example.S3Trouble.Call.DELETE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One object that can't be claimed doesn't hold up the others. They come after it in the listing. */
@Timeout(240)
class S3ClaimTest {

    private LocalS3 s3;
    private RouteRun run;

    @BeforeEach
    void prepare() throws Exception {
        s3 = new LocalS3("dirty", "clean");
        run = s3.use(new RouteRun("s3-to-s3"))
                .with("s3.in", "dirty")
                .with("s3.out", "clean")
                .with("s3.poll", 100);
        s3.put("dirty", "inbox/zebra.jpg", Samples.jpeg());
    }

    @AfterEach
    void stop() throws Exception {
        run.close();
        s3.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inbox/${file:name}.jpg",
                "inbox/$simple{body}.jpg",
                "inbox/{{s3.in}}.jpg",
                "inbox/a/../../b.jpg",
                "inbox/a\\b.jpg",
                "inbox/a\nb.jpg",
                "inbox/a\u0001b.jpg"
            })
    void aKeyThatCouldDoHarmIsSetAsideWithItsReason(String key) throws Exception {
        s3.put("dirty", key, Samples.jpeg(50));
        run.start();

        soon().untilAsserted(() -> assertThat(s3.keys("clean")).containsExactly("inbox/zebra.jpg"));
        soon().untilAsserted(() -> assertThat(s3.keys("dirty")).hasSize(3).doesNotContain(key));

        assertThat(aside(".jpg")).isEqualTo(Samples.jpeg(50));
        assertThat(aside(".txt")).asString().contains("can't be used", "it ");
        assertThat(run.sandbox().ledger()).hasSize(1);
    }

    @Test
    void aKeyThatIsTooLongForAllThatIsMadeOfItIsSetAside() throws Exception {
        s3.put("dirty", "inbox/" + "x".repeat(200) + "/" + "y/".repeat(400) + ".jpg", Samples.jpeg(50));
        run.start();

        soon().untilAsserted(() -> assertThat(s3.keys("clean")).containsExactly("inbox/zebra.jpg"));
        soon().untilAsserted(() -> assertThat(s3.keys("dirty"))
                .hasSize(3)
                .noneMatch(key -> key.startsWith("inbox/"))
                .allMatch(key -> key.length() < 200));

        assertThat(aside(".txt")).asString().contains("it has 1011 bytes, more than 1000");
    }

    @Test
    void anObjectThatNobodyMayCopyStaysWithItsReasonAndIsTriedOnce() throws Exception {
        S3Trouble.Rule refused = s3.trouble().refuse(COPY, "inbox/bad.jpg", 403);
        s3.put("dirty", "inbox/bad.jpg", Samples.jpeg(50));
        run.start();

        soon().untilAsserted(() ->
                assertThat(s3.keys("dirty")).contains("done/inbox/zebra.jpg").anyMatch(key -> key.endsWith(".txt")));
        s3.put("dirty", "inbox/zoo.jpg", Samples.jpeg(90));
        soon().untilAsserted(() -> assertThat(s3.keys("dirty")).contains("done/inbox/zoo.jpg"));

        assertThat(s3.get("dirty", "inbox/bad.jpg")).isEqualTo(Samples.jpeg(50));
        assertThat(aside(".txt")).asString().contains("inbox/bad.jpg", "403");
        // to claim it, and to move it out of the way
        assertThat(refused.happened()).isEqualTo(2);
        assertThat(run.sandbox().ledger()).hasSize(2);
    }

    @Test
    void anObjectThatIsDeletedBeforeItIsClaimedIsForgotten() throws Exception {
        s3.put("dirty", "inbox/bad.jpg", Samples.jpeg(50));
        s3.trouble().before(COPY, "inbox/bad.jpg"::equals, () -> s3.delete("dirty", "inbox/bad.jpg"));
        run.start();

        soon().untilAsserted(() -> assertThat(s3.keys("dirty")).containsExactly("done/inbox/zebra.jpg"));

        assertThat(run.sandbox().ledger()).hasSize(1);
    }

    @Test
    void aPassingTroubleIsTriedAgainAndTheOthersGoOnMeanwhile() throws Exception {
        S3Trouble.Rule trouble = s3.trouble().refuse(COPY, "inbox/bad.jpg", 503);
        s3.put("dirty", "inbox/bad.jpg", Samples.jpeg(50));
        run.start();
        soon().untilAsserted(() -> assertThat(s3.keys("dirty")).contains("done/inbox/zebra.jpg"));
        s3.put("dirty", "inbox/zoo.jpg", Samples.jpeg(90));
        soon().untilAsserted(() -> assertThat(s3.keys("dirty")).contains("done/inbox/zoo.jpg", "inbox/bad.jpg"));
        assertThat(trouble.happened()).isPositive();

        s3.trouble().end();

        soon().untilAsserted(() -> assertThat(s3.keys("dirty"))
                .containsExactlyInAnyOrder("done/inbox/zebra.jpg", "done/inbox/zoo.jpg", "done/inbox/bad.jpg"));
        assertThat(run.sandbox().ledger()).hasSize(3);
    }

    @Test
    void norDoesATroubleWithAKeyThatIsRefusedHoldThemUp() throws Exception {
        s3.trouble().refuse(COPY, "inbox/${x}.jpg", 503);
        s3.put("dirty", "inbox/${x}.jpg", Samples.jpeg(50));
        run.start();
        soon().untilAsserted(() -> assertThat(s3.keys("dirty")).contains("done/inbox/zebra.jpg"));

        s3.trouble().end();

        soon().untilAsserted(() -> assertThat(s3.keys("dirty")).doesNotContain("inbox/${x}.jpg"));
        assertThat(aside(".jpg")).isEqualTo(Samples.jpeg(50));
    }

    @Test
    void aKeyAmongTheLeftoversIsNotRunEither() throws Exception {
        Canary.hush();
        s3.put("dirty", "working/inbox/${" + Canary.CALL + "}.jpg/1", Samples.jpeg(50));
        s3.put("dirty", "working/inbox/left.jpg/1", Samples.jpeg(90));
        run.start();

        soon().untilAsserted(() -> assertThat(s3.keys("dirty"))
                .hasSize(5)
                .contains("failed/inbox/left.jpg", "failed/inbox/left.jpg.txt", "done/inbox/zebra.jpg"));

        assertThat(Canary.touches()).isZero();
        assertThat(run.sandbox().ledger()).hasSize(1);
    }

    @Test
    void aKeyForgesNoLineOfALogOrReason() throws Exception {
        s3.put("dirty", "inbox/x\nFORGED.jpg", Samples.jpeg(50));
        run.start();

        soon().untilAsserted(() -> assertThat(s3.keys("dirty")).hasSize(3));

        assertThat(aside(".txt"))
                .asString()
                .contains("inbox/x\\u000AFORGED.jpg")
                .hasLineCount(1);
    }

    @Test
    void anObjectThatIsCopiedButCantBeDeletedAtFirstIsPaidForOnce() throws Exception {
        s3.trouble().refuse(DELETE, "inbox/bad.jpg"::equals, 503, 6);
        s3.put("dirty", "inbox/bad.jpg", Samples.jpeg(50));
        run.start();

        soon().untilAsserted(() ->
                assertThat(s3.keys("dirty")).containsExactlyInAnyOrder("done/inbox/zebra.jpg", "done/inbox/bad.jpg"));

        assertThat(run.sandbox().ledger()).hasSize(2);
    }

    private byte[] aside(String extension) {
        List<String> keys = s3.keys("dirty").stream()
                .filter(key -> key.startsWith("failed/") && key.endsWith(extension))
                .toList();
        assertThat(keys).hasSize(1);
        return s3.get("dirty", keys.get(0));
    }
}
