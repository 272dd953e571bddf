package io.github.cameldewatermark.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Any text in place of an entry of the journal. */
class EntryTextFuzzTest {

    private static final String KEY = "ab".repeat(32);

    @FuzzTest
    void anEntryOrTheReasonWhyItIsNone(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            Entry entry = EntryText.read(KEY, text, false);
            assertThat(EntryText.write(entry, false)).isEqualTo(text);
        } catch (IOException e) {
            assertThat(e).hasMessageMatching(".+");
        }
    }
}
