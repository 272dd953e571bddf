package io.github.cameldewatermark.body;

import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.JavaProcess;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share a folder for temp files, of which some are killed. */
class TempFolderIT {

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.server();

    @TempDir
    Path temp;

    @Test
    void whatAKilledProcessHasLeftIsDeletedWhenTheNextOneStarts() throws Exception {
        WIRE.answersWith(TestPictures.large());
        try (JavaProcess killed = holder()) {
            Path left = onlySpoolFile();
            killed.close();
            killed.awaitEnd(20);
            assertThat(left).exists();

            try (JavaProcess next = holder()) {
                assertThat(left.getParent()).doesNotExist();
                assertThat(onlySpoolFile()).exists();
                assertThat(next.isAlive()).isTrue();
            }
        }
    }

    @Test
    void whatTwoComponentsOfALivingProcessNeedStaysWhenAnotherOneStarts() throws Exception {
        WIRE.answersWith(TestPictures.large());
        try (JavaProcess first = holder()) {
            Path needed = onlySpoolFile();

            try (JavaProcess second = holder()) {
                assertThat(needed).exists();
                assertThat(spoolFiles()).hasSize(2).contains(needed);
                assertThat(first.isAlive() && second.isAlive()).isTrue();
            }
        }
    }

    @Test
    void aFolderThatIsJustBeingMadeIsNotTakenForALeftOne() throws Exception {
        try (JavaProcess maker = JavaProcess.start(Maker.class, List.of("-Djava.io.tmpdir=" + temp));
                TempFolder here = new TempFolder(temp)) {
            maker.awaitLine("BEGUN", 20);
            while (maker.isAlive()) {
                here.sweep();
            }

            assertThat(maker.awaitEnd(1))
                    .as(() -> String.join("\n", maker.output()))
                    .isZero();
        }
        assertThat(temp).isEmptyDirectory();
    }

    private JavaProcess holder() throws IOException {
        JavaProcess holder = JavaProcess.start(Holder.class, List.of("-Djava.io.tmpdir=" + temp), WIRE.baseUrl());
        holder.awaitLine("HOLDING", 60);
        return holder;
    }

    private Path onlySpoolFile() throws IOException {
        List<Path> files = spoolFiles();
        assertThat(files).hasSize(1);
        return files.get(0);
    }

    private List<Path> spoolFiles() throws IOException {
        PathMatcher spool = FileSystems.getDefault().getPathMatcher(SpoolFile.PATTERN);
        try (Stream<Path> files = Files.walk(temp)) {
            return files.filter(spool::matches).toList();
        }
    }

    /** A program: holds a picture in a temp file until it is killed; a second component has started meanwhile. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] args) throws Exception {
            TestContext context = TestContext.at(args[0]);
            TestContext another = TestContext.at(args[0]);
            context.start(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to("dewatermark:erase").process(exchange -> {
                        another.start("dewatermark:credit");
                        System.out.println("HOLDING");
                        new CountDownLatch(1).await();
                    });
                }
            });
            context.send(jpeg());
        }
    }

    /** A program: makes many temp folders, and needs each of them for a moment. */
    static final class Maker {

        private Maker() {}

        public static void main(String[] args) throws Exception {
            System.out.println("BEGUN");
            for (int i = 0; i < 400; i++) {
                try (TempFolder folder = new TempFolder()) {
                    Path file = folder.newFile().path();
                    Files.writeString(file, "a clip");
                    if (!Files.exists(file) || !Files.exists(file.resolveSibling(TempFolder.LOCK))) {
                        throw new IllegalStateException("it was deleted");
                    }
                }
            }
        }
    }
}
