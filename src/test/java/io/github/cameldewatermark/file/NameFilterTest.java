package io.github.cameldewatermark.file;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.testkit.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameFilterTest {

    @TempDir
    private Path folder;

    @Test
    void aFileThatBreaksTheRuleIsSetAsideWithItsReasonAndTheOthersPass() throws Exception {
        drop("${file:size}.jpg", "bad");
        drop("photo.jpg", "good");
        try (DefaultCamelContext camel = poll();
                LogLines log = LogLines.infosOf(NameFilter.class)) {
            camel.start();
            await().atMost(20, SECONDS).until(() -> Files.exists(folder.resolve("out/photo.jpg")));
            await().atMost(20, SECONDS).until(() -> aside().size() == 2);

            String safe = NameRule.safe("${file:size}.jpg");
            assertThat(aside()).containsExactly(safe, safe + ".txt");
            assertThat(folder.resolve("failed").resolve(safe)).hasContent("bad");
            assertThat(folder.resolve("failed").resolve(safe + ".txt"))
                    .content()
                    .matches(
                            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d \\$\\{file:size}\\.jpg was not processed because of its name:"
                                    + " it contains the start of an expression\\. Nothing was sent, nothing was charged\\."
                                    + " Give it another name and put it back\\.\n");
            assertThat(names("in")).doesNotContain("${file:size}.jpg");
            assertThat(log.messages()).hasSize(1);
        }
    }

    @Test
    void whatIsNeitherPictureNorClipStaysAndIsNamedOnce() throws Exception {
        drop("notes.txt", "text");
        drop("Thumbs.db", "text");
        drop("a.jpg", "good");
        drop("B.HEIC", "good");
        drop("c", "good");
        drop("d.wmv", "good");
        drop("e\nf.jpg", "bad");
        drop("g\\h.jpg", "bad");
        try (DefaultCamelContext camel = poll();
                LogLines log = LogLines.infosOf(NameFilter.class)) {
            camel.start();
            await().atMost(20, SECONDS)
                    .untilAsserted(() -> assertThat(names("out")).containsExactly("B.HEIC", "a.jpg", "c", "d.wmv"));
            await().atMost(20, SECONDS).until(() -> aside().size() == 4);

            assertThat(names("in")).containsExactly("Thumbs.db", "notes.txt");
            assertThat(aside()).contains(NameRule.safe("e\nf.jpg"), NameRule.safe("g\\h.jpg"));
            assertThat(log.messages())
                    .filteredOn(line -> line.contains("stays where it is"))
                    .containsExactlyInAnyOrder(
                            "notes.txt stays where it is: its name isn't that of a picture or a clip",
                            "Thumbs.db stays where it is: its name isn't that of a picture or a clip");
        }
    }

    @ParameterizedTest
    @CsvSource({"a picture, a.jpg, a.mp4", "a clip, a.mp4, a.jpg"})
    void aFolderMayBeForOneKindOnly(String kind, String wanted, String other) {
        NameFilter filter = new NameFilter(folder.resolve("failed").toString(), kind);

        assertThat(filter.accept(remote(wanted))).isTrue();
        assertThat(filter.accept(remote("without-extension"))).isTrue();
        assertThat(filter.accept(remote(other))).isFalse();
        assertThat(folder.resolve("failed")).doesNotExist();
    }

    @Test
    void anotherKindIsRefused() {
        assertThatThrownBy(() -> new NameFilter("failed", "clips")).hasMessageContaining("a picture or a clip");
    }

    @Test
    void notMoreThanAThousandOthersAreNamed() {
        NameFilter filter = new NameFilter(folder.resolve("failed").toString());

        try (LogLines log = LogLines.infosOf(NameFilter.class)) {
            for (int i = 0; i < 1100; i++) {
                assertThat(filter.accept(remote(i + ".txt"))).isFalse();
            }
            assertThat(log.messages()).hasSize(1000);
        }
    }

    @Test
    void aNameThatTheTargetHasNoCharactersForIsRefused() throws Exception {
        NameFilter latin = new NameFilter(folder.resolve("failed").toString(), "a picture", "ISO-8859-1");

        assertThat(latin.accept(remote("B\u00fcrger.jpg"))).isTrue();
        assertThat(latin.accept(remote("\u6771\u4eac.jpg"))).isFalse();

        assertThat(folder.resolve("failed").resolve(NameRule.safe("\u6771\u4eac.jpg") + ".txt"))
                .content()
                .contains("it can't be encoded in ISO-8859-1");
    }

    @Test
    void aFileOnAServerStaysThereAndIsToldOnce() throws Exception {
        NameFilter filter = new NameFilter(folder.resolve("failed").toString());

        try (LogLines log = LogLines.infosOf(NameFilter.class)) {
            assertThat(filter.accept(remote("../a.jpg"))).isFalse();
            assertThat(filter.accept(remote("../a.jpg"))).isFalse();

            assertThat(log.messages()).hasSize(1);
        }
        assertThat(aside()).containsExactly(NameRule.safe("../a.jpg") + ".txt");
    }

    @Test
    void aWildcardIsRefusedOnAServerOnly() throws Exception {
        NameFilter filter = new NameFilter(folder.resolve("failed").toString());

        assertThat(filter.accept(local(drop("what?.jpg", "good")))).isTrue();
        assertThat(filter.accept(remote("what?.jpg"))).isFalse();

        assertThat(aside()).containsExactly(NameRule.safe("what?.jpg") + ".txt");
    }

    @Test
    void otherBytesUnderTheSameBadNameAreSetAsideBesideTheFirst() throws Exception {
        NameFilter filter = new NameFilter(folder.resolve("failed").toString());
        String name = "{{a}}.jpg";

        for (String content : List.of("one", "two", "two")) {
            assertThat(filter.accept(local(drop(name, content)))).isFalse();
        }

        String safe = NameRule.safe(name);
        String second = safe.replace(".jpg", "-2.jpg");
        assertThat(aside()).containsExactlyInAnyOrder(safe, safe + ".txt", second, second + ".txt");
        assertThat(names("in")).isEmpty();
    }

    @Test
    void aFileThatCantBeMovedStaysAndIsToldOnce() throws Exception {
        Path file = drop("{{a}}.jpg", "bad");
        Files.writeString(folder.resolve("failed"), "no folder");
        NameFilter filter = new NameFilter(folder.resolve("failed").toString());

        try (LogLines log = LogLines.infosOf(NameFilter.class)) {
            assertThat(filter.accept(local(file))).isFalse();
            assertThat(filter.accept(local(file))).isFalse();

            assertThat(log.messages()).singleElement().asString().contains("It stays where it is", "failed");
        }
        assertThat(file).hasContent("bad");

        Files.delete(folder.resolve("failed"));

        assertThat(filter.accept(local(file))).isFalse();
        assertThat(file).doesNotExist();
        assertThat(aside()).hasSize(2);
    }

    @Test
    void aFolderWithABadNameIsNotEnteredAndNotMoved() throws Exception {
        GenericFile<Object> directory = remote("..");
        directory.setDirectory(true);

        assertThat(new NameFilter(folder.resolve("failed").toString()).accept(directory))
                .isFalse();
        assertThat(folder.resolve("failed")).doesNotExist();
    }

    private DefaultCamelContext poll() throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + folder + "/in?initialDelay=0&delay=50&filter=#class:" + NameFilter.class.getName() + "('"
                                + folder + "/failed')")
                        .to("file:" + folder + "/out");
            }
        });
        return camel;
    }

    private Path drop(String name, String content) throws IOException {
        Files.createDirectories(folder.resolve("in"));
        return Files.writeString(folder.resolve("in").resolve(name), content);
    }

    private static GenericFile<Object> remote(String name) {
        GenericFile<Object> file = new GenericFile<>();
        file.setFileNameOnly(name);
        file.setFile("what a server lists");
        return file;
    }

    private static GenericFile<Object> local(Path path) {
        GenericFile<Object> file = remote(path.getFileName().toString());
        file.setFile(path.toFile());
        return file;
    }

    private List<String> aside() throws IOException {
        return names("failed");
    }

    private List<String> names(String name) throws IOException {
        if (!Files.isDirectory(folder.resolve(name))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
