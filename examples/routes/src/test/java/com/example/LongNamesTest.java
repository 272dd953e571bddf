package com.example;

import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file whose name is nearly or just too long is in the outbox, or was refused before anything was paid for. */
@Timeout(240)
class LongNamesTest {

    private static final int LONGEST = 255;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "watched-folder, folder",
        "watched-folder.camel.xml, folder",
        "WatchedFolder.java, folder",
        "shared-folder, folder",
        "refine, refine.folder"
    })
    void longNamesAreCleanedOrRefusedForNothing(String route, String option) throws Exception {
        List<String> names = new ArrayList<>();
        for (int bytes = 215; bytes <= LONGEST; bytes++) {
            names.add(name("x", bytes, ".png"));
            names.add(name("長", bytes, ".jpg"));
        }
        // no two are the same, as the journal would give the answer to one for the other
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Samples.drop(
                    folder.resolve("inbox").resolve(name),
                    name.endsWith("png") ? Samples.png(60 + i) : Samples.numbered(i));
        }
        try (RouteRun run = new RouteRun(route).with(option, folder).start()) {
            soon().until(() -> files("inbox") + files("inbox/.claimed/one") == 0);

            assertThat(files("outbox"))
                    .isEqualTo(run.sandbox().ledger().size())
                    .isEqualTo(files("inbox/.done"))
                    .isBetween(20, names.size() - 20);
            // each with its reason
            assertThat(files("failed")).isEqualTo(2 * (names.size() - files("outbox")));
        }
    }

    private static String name(String character, int bytes, String extension) {
        int width = character.getBytes(StandardCharsets.UTF_8).length;
        int left = bytes - extension.length();
        return character.repeat(left / width) + "y".repeat(left % width) + extension;
    }

    private int files(String name) {
        File[] files = folder.resolve(name).toFile().listFiles(File::isFile);
        return files == null ? 0 : files.length;
    }
}
