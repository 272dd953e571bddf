package io.github.cameldewatermark.published;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The snippets of the reference are parts of tests, word for word: what stands between {@code // tag::name[]} and
 * {@code // end::name[]} there.
 */
class ReferenceSnippetsTest {

    private static final Path TESTS = Path.of("src/test/java/io/github/cameldewatermark");
    private static final Pattern SNIPPET = Pattern.compile("(?ms)^ *// tag::([\\w-]+)\\[]\n(.*?)^ *// end::\\1\\[]$");

    record Snippet(String tag, String code) {

        static Snippet of(MatchResult found) {
            return new Snippet(found.group(1), found.group(2).stripTrailing().stripIndent() + "\n");
        }

        @Override
        public String toString() {
            return tag;
        }
    }

    static List<Snippet> snippets() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> SNIPPET.matcher(text(file)).results())
                    .map(Snippet::of)
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void theReferenceShowsWhatATestRuns(Snippet snippet) throws IOException {
        ReferenceTable.assertHas(snippet.tag(), "[source,java]\n----\n" + snippet.code() + "----\n");
    }

    @Test
    void eachTagIsThereOnce() throws IOException {
        assertThat(snippets()).extracting(Snippet::tag).isNotEmpty().doesNotHaveDuplicates();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
