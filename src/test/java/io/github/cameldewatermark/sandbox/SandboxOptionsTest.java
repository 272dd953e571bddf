package io.github.cameldewatermark.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
                        "--rate-limit",
                        "--task-speed",
                        "--task-duration",
                        "--data-dir",
                        "--clips");
    }

    @ParameterizedTest
    @CsvSource({
        "--port=x, --port must be 0 to 65535",
        "--port=65536, --port must be 0 to 65535",
        "--credits=-1, --credits must be a number",
        "--credits=many, --credits must be a number",
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
