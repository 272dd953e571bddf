package io.github.cameldewatermark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A table or snippet of the reference that follows from something else. {@code -Ddocs.update=true} writes it anew. */
public final class ReferenceTable {

    private static final Path REFERENCE = Path.of("src/main/docs/dewatermark-component.adoc");

    private ReferenceTable() {}

    /** The part of the reference with this tag is this text. */
    public static void assertHas(String tag, String expected) throws IOException {
        String reference = Files.readString(REFERENCE);
        String begin = "// tag::" + tag + "[]\n";
        String end = "// end::" + tag + "[]\n";
        assertThat(reference.contains(begin) && reference.contains(end))
                .as("the reference has the tag %s", tag)
                .isTrue();
        int from = reference.indexOf(begin) + begin.length();
        int to = reference.indexOf(end);
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(REFERENCE, reference.substring(0, from) + expected + reference.substring(to));
        } else {
            assertThat(reference.substring(from, to))
                    .as("the part %s; run this test with -Ddocs.update=true to write it anew", tag)
                    .isEqualTo(expected);
        }
    }
}
