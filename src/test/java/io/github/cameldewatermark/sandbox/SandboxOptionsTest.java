package io.github.cameldewatermark.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestPdfs;
import io.github.cameldewatermark.testkit.TestPictures;
import java.awt.Color;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxOptionsTest {

    @Test
    void helpNamesEveryOption() {
        assertThat(SandboxOptions.parse(List.of("--help")).help()).isTrue();
        assertThat(SandboxOptions.USAGE)
                .contains(
                        "--port",
                        "--api-key",
                        "--credits",
                        "--prices",
                        "--no-credit-status",
                        "--rate-limit",
                        "--task-speed",
                        "--task-duration",
                        "--data-dir",
                        "--clips");
    }

    @Test
    void pricesAndTheRefusalWithoutCreditsAreThoseThatWereAskedFor() throws Exception {
        try (Sandbox sandbox = SandboxOptions.parse(List.of(
                        "--prices=2,5,0.5",
                        "--no-credit-status",
                        "402",
                        "--credits",
                        "3",
                        "--task-duration=0",
                        // else what is no real clip fails soon, and is refunded
                        "--clips=unchanged"))
                .builder()
                .start()) {
            TestClient client = new TestClient(sandbox);
            TestClient.Form picture = new TestClient.Form().image(TestPictures.jpeg(64, 48, Color.BLUE));

            assertThat(client.erase(picture).statusCode()).isEqualTo(200);
            assertThat(sandbox.balance()).isEqualByComparingTo("1");
            assertThat(client.erase(picture).statusCode()).isEqualTo(402);
            client.submitClip(TestClips.mp4(2, 10));
            assertThat(sandbox.balance()).isEqualByComparingTo("0");
        }
    }

    @Test
    void theFourthPriceIsThatOfTenPages() throws Exception {
        assertThat(balanceAfterTwelvePages("--prices=2,5,0.5,1.5")).isEqualByComparingTo("7");
        assertThat(balanceAfterTwelvePages("--prices=2,5,0.5")).isEqualByComparingTo("8");
    }

    private static BigDecimal balanceAfterTwelvePages(String prices) throws IOException {
        try (Sandbox sandbox =
                SandboxOptions.parse(List.of(prices, "--credits=10")).builder().start()) {
            new TestClient(sandbox).submitPdf(TestPdfs.pages(12));
            return sandbox.balance();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--port=x, --port must be 0 to 65535",
        "--port=65536, --port must be 0 to 65535",
        "--credits=-1, --credits must be a number",
        "--credits=many, --credits must be a number",
        "'--prices=1,2', --prices must be three numbers or four",
        "'--prices=1,2,3,4,5', --prices must be three numbers or four",
        "'--prices=1,2,3,x', --prices must be a number",
        "'--prices=1,2,-3', --prices must be a number",
        "--no-credit-status=500, The status must be 402",
        "--rate-limit=0, --rate-limit must be a whole number",
        "--rate-limit=1.5, --rate-limit must be a whole number",
        "--task-speed=0, --task-speed must be more than 0",
        "--task-duration=soon, --task-duration must be a number",
        "--clips=vlc, --clips must be ffmpeg or unchanged",
        "--api-key, --api-key needs a value",
        "--api-key=, needs a value",
        "--what=1, Unknown option: --what",
        "8080, Unexpected argument: 8080",
    })
    void aWrongValueIsNamed(String option, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SandboxOptions.parse(List.of(option)))
                .withMessageContaining(message);
    }
}
