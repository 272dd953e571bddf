package com.example;

import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The routes that take files from servers and buckets into which strangers may put them. */
class StrangersNamesTest {

    /** Without those that begin with a dot: they are hidden files to Camel, which never looks at them. */
    private static final String[] WAYS_OUT = {
        "sub/../../outbox/victim.jpg",
        "/etc/x.jpg",
        "sub/x.jpg",
        "sub\\x.jpg",
        "%2e%2e%2fvictim.jpg",
        "x..%2F..%2Fvictim.jpg",
        "tab\t.jpg",
        "bell\u0007.jpg",
        "delete\u007f.jpg",
        "long".repeat(75) + ".jpg"
    };

    @Nested
    @Timeout(240)
    class OverFtp extends OnAServer {

        private HostileFtpServer server;

        @Override
        RouteRun open() throws Exception {
            server = HostileFtpServer.start(home);
            return new RouteRun("ftp-fetch", "ftp-to-s3")
                    .with("ftp.server", server.address())
                    .with("ftp.username", HostileFtpServer.USER)
                    .with("ftp.password", HostileFtpServer.PASSWORD)
                    .with("ftp.folder", folder)
                    .with("ftp.quiet", 200)
                    .with("ftp.poll", 200);
        }

        @Override
        void close() {
            server.close();
        }

        @Override
        void put(String name, byte[] picture) throws Exception {
            server.put("in", name, picture);
        }

        @Override
        List<String> namesOnTheServer() {
            return server.names("in");
        }
    }

    @Nested
    @Timeout(240)
    class OverSftp extends OnAServer {

        private HostileSftpServer server;

        @Override
        RouteRun open() throws Exception {
            server = new HostileSftpServer(home);
            return new RouteRun("sftp-to-s3")
                    .with("sftp.server", server.address())
                    .with("sftp.username", HostileSftpServer.USER)
                    .with("sftp.password", HostileSftpServer.PASSWORD)
                    .with("sftp.knownHosts", server.knownHosts(root.resolve("known_hosts")))
                    .with("sftp.folder", folder)
                    .with("sftp.quiet", 200)
                    .with("sftp.poll", 200);
        }

        @Override
        void close() throws Exception {
            server.close();
        }

        @Override
        void put(String name, byte[] picture) throws Exception {
            server.put("in", name, picture);
        }

        @Override
        List<String> namesOnTheServer() {
            return server.names("in");
        }
    }

    @Nested
    @Timeout(240)
    class InABucket extends StrangersNames {

        @Override
        RouteRun open() throws Exception {
            s3.createBucket("dirty");
            return new RouteRun("s3-to-s3")
                    .with("s3.in", "dirty")
                    .with("s3.out", "clean")
                    .with("s3.poll", 200);
        }

        @Override
        void close() {}

        @Override
        void put(String name, byte[] picture) {
            s3.put("dirty", "inbox/" + name, picture);
        }

        @Override
        String key(String name) {
            return "inbox/" + name;
        }

        @Override
        List<String> reasons() {
            return failed().filter(key -> key.endsWith(".txt")).toList();
        }

        private Stream<String> failed() {
            return s3.keys("dirty").stream().filter(key -> key.startsWith("failed/"));
        }

        @Override
        void checkRefused(SoftAssertions softly, List<String> names) throws Exception {
            softly.assertThat(s3.keys("dirty"))
                    .as("keys of the dirty bucket")
                    .noneMatch(key -> key.startsWith("inbox/"));
            softly.assertThat(failed().filter(key -> !key.endsWith(".txt")))
                    .as("refused objects, unchanged")
                    .extracting(key -> Tree.describe(s3.get("dirty", key)))
                    .containsExactlyInAnyOrderElementsOf(badPictures(names.size()));
        }

        @Override
        boolean isPossible(String name) {
            // some spoil the listing, which has a test of its own
            return name.chars().noneMatch(c -> c < ' ' && c != '\t' && c != '\n')
                    // a slash is what a key may have
                    && (name.indexOf('/') < 0 || ("/" + name).contains("/../"));
        }

        @Override
        String[] ownFolders() {
            return new String[0];
        }

        @Test
        void aNameIsNotTakenForAPath() throws Exception {
            checkThatOnlyTheGoodOneIsTaken(List.of(
                    "../x.jpg",
                    "a/../../x.jpg",
                    "a\\..\\x.jpg",
                    "%2e%2e%2fx.jpg",
                    "..%2f..%2fx.jpg",
                    "line\nbreak.jpg",
                    "tab\t.jpg",
                    "delete\u007f.jpg"));
        }

        /** With working/ before it and the time behind it, it is longer than any key may be. */
        @Test
        void aKeyThatHasNoRoomForMoreDoesNotHoldUpTheOthers() throws Exception {
            checkThatOnlyTheGoodOneIsTaken(List.of("k".repeat(1000) + ".jpg", "语".repeat(334) + ".jpg"));
        }

        /** XML, of which a listing is made, has no way to express it. */
        @Test
        void aKeyThatSpoilsTheListingDoesNotHoldUpTheOthers() throws Exception {
            checkThatOnlyTheGoodOneIsTaken(List.of("start\u0001.jpg", "escape\u001b[2J.jpg"));
        }
    }

    abstract static class OnAServer extends StrangersNames {

        @TempDir
        Path home;

        private Path neighbour;
        private Path outside;

        @BeforeEach
        void prepareVictims() throws Exception {
            Files.createDirectories(home.resolve("in"));
            neighbour = victim(folder.resolve("outbox/victim.jpg"));
            outside = victim(folder.resolveSibling("victim.jpg"));
        }

        private static Path victim(Path file) throws Exception {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, "precious");
        }

        abstract List<String> namesOnTheServer();

        @Override
        String key(String name) {
            return name;
        }

        @Override
        List<String> reasons() throws Exception {
            return textsIn(folder.resolve("failed"));
        }

        @Override
        void checkRefused(SoftAssertions softly, List<String> names) throws Exception {
            softly.assertThat(namesOnTheServer()).as("left on the server").containsExactlyElementsOf(names);
            softly.assertThat(neighbour).hasContent("precious");
            softly.assertThat(outside).hasContent("precious");
            softly.assertThat(Tree.of(folder.resolve("inbox")).content().keySet())
                    .as("inbox")
                    .containsExactly("", ".done", ".done/~good.jpg");
            softly.assertThat(folder.resolve(".fetching")).isEmptyDirectory();
        }

        @Override
        String[] ownFolders() {
            String own = root.relativize(folder).toString();
            return new String[] {
                own + "/inbox",
                own + "/.fetching",
                own + "/.fetched",
                own + "/failed",
                own + "/.journal",
                own + "/pay-again"
            };
        }

        @Test
        void aNameIsNotTakenForAPath() throws Exception {
            checkThatOnlyTheGoodOneIsTaken(List.of(WAYS_OUT));
        }

        @Test
        void aHiddenNameIsNotTakenForAPathEither() throws Exception {
            for (String name : List.of("../victim.jpg", "../../victim.jpg", "..\\..\\victim.jpg", "..%2Fvictim.jpg")) {
                put(name, bad(1));
            }
            put(GOOD, Samples.jpeg());
            run.start();

            soon().until(() -> s3.keys("clean").contains(key(GOOD)));

            assertThat(neighbour).hasContent("precious");
            assertThat(outside).hasContent("precious");
            assertThat(reasons()).isEmpty();
            assertThat(run.sandbox().ledger()).hasSize(1);
        }
    }
}
