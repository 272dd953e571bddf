package io.github.cameldewatermark.published;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A table or snippet of the documents that follows from something else. {@code -Ddocs.update=true} writes it anew. */
public final class ReferenceTable {

    private static final Path DOCS = Path.of("src/main/docs");
    private static final String REFERENCE = "dewatermark-component.adoc";

    private ReferenceTable() {}

    /** The part of the reference with this tag is this text. */
    public static void assertHas(String tag, String expected) throws IOException {
        assertHas(REFERENCE, tag, expected);
    }

    /** The part of a document with this tag is this text: what is between the comments {@code tag::…[]} and {@code end::…[]}. */
    public static void assertHas(String document, String tag, String expected) throws IOException {
        Path file = DOCS.resolve(document);
        String text = Files.readString(file);
        Matcher part = Pattern.compile("(?m)^.*\\btag::%1$s\\[].*\\n([\\s\\S]*?)^.*\\bend::%1$s\\[]".formatted(tag))
                .matcher(text);
        assertThat(part.find()).as("%s has the tag %s", document, tag).isTrue();
        assertText(file, part.group(1), expected, text.substring(0, part.start(1)), text.substring(part.end(1)));
    }

    /** A file that the reference includes is this text. */
    public static void assertPartial(String name, String expected) throws IOException {
        Path file = DOCS.resolve("partials").resolve(name + ".adoc");
        assertText(file, Files.exists(file) ? Files.readString(file) : "", expected, "", "");
        assertThat(DOCS.resolve(REFERENCE)).content().contains("include::partials/" + name + ".adoc[]");
    }

    private static void assertText(Path file, String actual, String expected, String before, String after)
            throws IOException {
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(file, before + expected + after);
        } else {
            assertThat(actual)
                    .as("a part of %s; run this test with -Ddocs.update=true to write it anew", file)
                    .isEqualTo(expected);
        }
    }
}
