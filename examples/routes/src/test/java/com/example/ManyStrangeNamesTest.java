package com.example;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.file.NameRule;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Names of all kinds at each kind of source: no expression is evaluated, nothing appears outside of the folders, each file is
 * delivered or has a reason, and what is delivered was paid for once. {@code -Dnames=2000} tries more of them, {@code
 * -Dnames.seed=} repeats a run.
 */
@Timeout(1200)
class ManyStrangeNamesTest {

    private static final int COUNT = Integer.getInteger("names", 120);
    private static final long SEED = Long.getLong("names.seed", new Random().nextLong());

    private static final int PATIENCE = 60 + COUNT;

    @TempDir
    private Path root;

    private final StrangeNames names = new StrangeNames(SEED, COUNT);
    private Path folder;
    private LocalS3 s3;

    @BeforeEach
    void prepare() throws Exception {
        Canary.hush();
        folder = Files.createDirectories(root.resolve("a/b/c/folder"));
        s3 = new LocalS3("dirty", "clean");
    }

    @AfterEach
    void stop() throws Exception {
        s3.close();
    }

    @Test
    void inAFolder() throws Exception {
        List<String> put = names.all().stream()
                .filter(StrangeNames::canBeFile)
                .filter(name -> !name.startsWith("."))
                .toList();
        for (int i = 0; i < put.size(); i++) {
            Samples.drop(folder.resolve("inbox").resolve(put.get(i)), Samples.numbered(i));
        }
        Tree before = Tree.of(root);
        try (RouteRun run = start(route("watched-folder").with("folder", folder))) {
            settled(() -> assertThat(files("inbox")).isEmpty());

            assertThat(files("outbox")).as(names.toString()).containsAll(kept(put));
            assertThat(run.sandbox().ledger()).as(names.toString()).hasSameSizeAs(files("outbox"));
            assertThat(files("failed").stream().filter(name -> name.endsWith(".txt")))
                    .as(names.toString())
                    .hasSize(put.size() - files("outbox").size());
            assertThat(originals("inbox/.done", "failed"))
                    .as(names.toString())
                    .containsExactlyInAnyOrderElementsOf(numbered(put.size()));
        }
        checkThatNothingIsHarmed(before);
    }

    @Test
    void onAnFtpServer() throws Exception {
        Path home = Files.createDirectories(root.resolve("home"));
        Files.createDirectories(home.resolve("in"));
        try (HostileFtpServer server = HostileFtpServer.start(home)) {
            // a listing over FTP is a text: a line break ends a name, or the line isn't understood, and the file isn't
            // seen
            List<String> put = visible("\r\n\0\u0085\u2028");
            for (int i = 0; i < put.size(); i++) {
                server.put("in", put.get(i), Samples.numbered(i));
            }
            checkServer(
                    put,
                    route("ftp-fetch", "ftp-to-s3")
                            .with("ftp.server", server.address())
                            .with("ftp.username", HostileFtpServer.USER)
                            .with("ftp.password", HostileFtpServer.PASSWORD)
                            .with("ftp.folder", folder)
                            .with("ftp.bucket", "clean")
                            .with("ftp.quiet", 1)
                            .with("ftp.poll", 100));
            assertThat(server.names("in/done")).as(names.toString()).hasSameSizeAs(s3.keys("clean"));
        }
    }

    @Test
    void onAnSftpServer() throws Exception {
        Path home = Files.createDirectories(root.resolve("home"));
        Files.createDirectories(home.resolve("in"));
        try (HostileSftpServer server = new HostileSftpServer(home)) {
            List<String> put = visible("\0");
            for (int i = 0; i < put.size(); i++) {
                server.put("in", put.get(i), Samples.numbered(i));
            }
            checkServer(
                    put,
                    route("sftp-to-s3")
                            .with("sftp.server", server.address())
                            .with("sftp.username", HostileSftpServer.USER)
                            .with("sftp.password", HostileSftpServer.PASSWORD)
                            .with("sftp.knownHosts", server.knownHosts(root.resolve("known_hosts")))
                            .with("sftp.folder", folder)
                            .with("sftp.bucket", "clean")
                            .with("sftp.quiet", 1)
                            .with("sftp.poll", 100));
            assertThat(server.names("in/done")).as(names.toString()).hasSameSizeAs(s3.keys("clean"));
        }
    }

    @Test
    void inABucket() throws Exception {
        List<String> put = new ArrayList<>();
        for (String name : names.all()) {
            try {
                s3.put("dirty", "inbox/" + name, Samples.numbered(put.size()));
                put.add(name);
            } catch (S3Exception e) {
                // the server itself refuses such a key
            }
        }
        assertThat(put).as(names.toString()).containsAll(names.harmless()).hasSizeGreaterThan(COUNT * 3 / 4);
        Tree before = Tree.of(root);
        try (RouteRun run = start(
                route("s3-to-s3").with("s3.in", "dirty").with("s3.out", "clean").with("s3.poll", 100))) {
            settled(() -> assertThat(s3.keys("dirty")).noneMatch(key -> key.matches("(?s)(inbox|working)/.*")));

            assertThat(s3.keys("clean"))
                    .as(names.toString())
                    .containsAll(names.harmless().stream()
                            .map(name -> "inbox/" + name)
                            .toList());
            assertThat(run.sandbox().ledger()).as(names.toString()).hasSameSizeAs(s3.keys("clean"));
            assertThat(s3.keys("dirty").stream().filter(key -> key.endsWith(".txt")))
                    .as(names.toString())
                    .hasSize(put.size() - s3.keys("clean").size());
            assertThat(s3.keys("dirty").stream()
                            .filter(key -> !key.endsWith(".txt"))
                            .map(this::describe))
                    .as(names.toString())
                    .containsExactlyInAnyOrderElementsOf(numbered(put.size()));
        }
        checkThatNothingIsHarmed(before);
    }

    private void checkServer(List<String> put, RouteRun route) throws Exception {
        Tree before = Tree.of(root);
        try (RouteRun run = start(route)) {
            settled(() -> {
                Set<String> delivered = new HashSet<>(s3.keys("clean"));
                Set<String> reasons = new HashSet<>(files("failed"));
                assertThat(put)
                        .as("delivered or refused")
                        .allMatch(name -> delivered.contains(name) || reasons.contains(NameRule.safe(name) + ".txt"));
                // what is delivered is moved after that
                assertThat(files("inbox/.done")).as(names.toString()).hasSameSizeAs(delivered);
            });

            assertThat(s3.keys("clean")).as(names.toString()).containsAll(kept(put));
            assertThat(run.sandbox().ledger()).as(names.toString()).hasSameSizeAs(s3.keys("clean"));
            assertThat(files("failed")).as(names.toString()).allMatch(name -> name.endsWith(".txt"));
        }
        checkThatNothingIsHarmed(before, "home");
    }

    private static RouteRun route(String... files) throws IOException {
        return new RouteRun(sandbox -> sandbox.apiKey("full", COUNT), files);
    }

    private RouteRun start(RouteRun run) throws Exception {
        return s3.use(run).with(Canary.PROPERTY, Canary.SECRET).start();
    }

    private List<String> visible(String without) {
        return names.all().stream()
                .filter(name -> !name.startsWith("."))
                .filter(name -> name.chars().noneMatch(c -> without.indexOf(c) >= 0))
                .toList();
    }

    private List<String> kept(List<String> put) {
        return names.harmless().stream().filter(put::contains).toList();
    }

    private void checkThatNothingIsHarmed(Tree before, String... others) throws Exception {
        assertThat(Canary.touches()).as(names.toString()).isZero();
        List<String> own = new ArrayList<>(List.of(others));
        own.add(root.relativize(folder).toString());
        assertThat(before.changesTo(Tree.of(root), own.toArray(String[]::new)))
                .as(names.toString())
                .isEmpty();
    }

    private void settled(ThrowingRunnable assertion) {
        await(names.toString())
                .atMost(PATIENCE, SECONDS)
                .pollInterval(300, MILLISECONDS)
                .untilAsserted(assertion);
    }

    private List<String> files(String name) {
        File[] files = folder.resolve(name).toFile().listFiles(File::isFile);
        return files == null ? List.of() : Stream.of(files).map(File::getName).toList();
    }

    private List<String> originals(String... folders) throws Exception {
        List<String> all = new ArrayList<>();
        for (String name : folders) {
            for (String file : files(name)) {
                if (!file.endsWith(".txt")) {
                    all.add(Tree.describe(
                            Files.readAllBytes(folder.resolve(name).resolve(file))));
                }
            }
        }
        return all;
    }

    private String describe(String key) {
        return Tree.describe(s3.get("dirty", key));
    }

    private static List<String> numbered(int count) throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(Tree.describe(Samples.numbered(i)));
        }
        return all;
    }
}
