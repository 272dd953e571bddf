package io.github.cameldewatermark.image.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IccProfileTest {

    private static final byte[] PROFILE = new byte[200_000];

    static {
        new Random(1).nextBytes(PROFILE);
    }

    @Test
    void partsAreJoinedByTheirNumbersInWhateverOrderTheyCome() {
        List<byte[]> parts = new ArrayList<>(IccProfile.split(PROFILE));
        assertThat(parts).hasSize(4);

        Collections.reverse(parts);

        assertThat(IccProfile.join(parts)).isEqualTo(PROFILE);
    }

    @Test
    void aProfileThatLacksAPartIsNotTheSameAsNone() {
        for (int missing = 0; missing < 4; missing++) {
            List<byte[]> parts = new ArrayList<>(IccProfile.split(PROFILE));
            parts.remove(missing);
            assertThat(IccProfile.join(parts)).isEmpty();
        }
        assertThat(IccProfile.join(List.of())).isNull();
    }

    @Test
    void aProfileWithAPartTwiceIsBroken() {
        List<byte[]> parts = new ArrayList<>(IccProfile.split(PROFILE));
        parts.add(parts.get(1));

        assertThat(IccProfile.join(parts)).isEmpty();
    }
}
