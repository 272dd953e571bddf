package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** That the hostile servers of these tests do what they say. */
@Timeout(240)
class HostileServersTest {

    private static final StrangeNames NAMES = new StrangeNames(1, 120);

    @TempDir
    private Path home;

    @Test
    void theNamesOfFilesAreUtf8InThisJvm() {
        assertThat(System.getProperty("sun.jnu.encoding")).isEqualTo("UTF-8");
    }

    @Test
    void strangeNamesAreDifferentAndTheSameForTheSameSeed() {
        assertThat(NAMES.all()).hasSize(120).doesNotHaveDuplicates();
        assertThat(new StrangeNames(1, 120).all()).isEqualTo(NAMES.all());
        assertThat(NAMES.harmless()).hasSize(60).allMatch(StrangeNames::canBeFile);
        assertThat(NAMES.all()).allMatch(name -> name.matches("(?is).*\\.(jpe?g|png|webp|tiff)"));
    }

    @Test
    void anFtpServerListsAndGivesAndMovesUnderAnyName() throws Exception {
        try (HostileFtpServer server = HostileFtpServer.start(home)) {
            assertThatAllIsListedAndMoved(server, "UTF-8", linesOf(NAMES.all()));
        }
    }

    @Test
    void anFtpServerMayKnowOnlyLatin1() throws Exception {
        try (HostileFtpServer server = HostileFtpServer.startInLatin1(home)) {
            assertThatAllIsListedAndMoved(
                    server,
                    "ISO-8859-1",
                    linesOf(NAMES.all()).stream()
                            .filter(StandardCharsets.ISO_8859_1.newEncoder()::canEncode)
                            .toList());
        }
    }

    @Test
    void anFtpServerTellsBeforeTheLoginThatItKnowsUtf8() throws Exception {
        try (HostileFtpServer utf8 = HostileFtpServer.start(home);
                HostileFtpServer latin1 = HostileFtpServer.startInLatin1(home)) {
            FTPClient client = new FTPClient();
            client.connect("127.0.0.1", utf8.port());
            assertThat(client.hasFeature("UTF8")).isTrue();
            client.disconnect();
            client.connect("127.0.0.1", latin1.port());
            assertThat(client.hasFeature("UTF8")).isFalse();
            client.disconnect();
        }
    }

    @Test
    void anFtpServerMayBeReachedByIpv6() throws Exception {
        try (HostileFtpServer server = HostileFtpServer.startOnIpv6(home)) {
            assertThatAllIsListedAndMoved(server, "UTF-8", List.of("ü.jpg"));
            assertThat(server.commands()).contains("EPSV").doesNotContain("PASV");
        }
    }

    @Test
    void anFtpServerTakesAnyName() throws Exception {
        try (HostileFtpServer server = HostileFtpServer.start(home)) {
            FTPClient client = connect(server, "UTF-8");
            client.makeDirectory("out");
            for (String name : linesOf(NAMES.all())) {
                assertThat(client.storeFile("out/.writing", new ByteArrayInputStream(name.getBytes("UTF-8"))))
                        .as(client.getReplyString())
                        .isTrue();
                assertThat(client.rename("out/.writing", "out/" + name))
                        .as(name)
                        .isTrue();
                assertThat(server.bytes("out", name)).isEqualTo(name.getBytes("UTF-8"));
                assertThat(client.getSize("out/" + name)).isEqualTo(Integer.toString(StrangeNames.bytes(name)));
            }
            assertThat(server.names("out")).containsExactlyInAnyOrderElementsOf(linesOf(NAMES.all()));
            assertThat(client.deleteFile("out/" + linesOf(NAMES.all()).get(0))).isTrue();
            assertThat(server.names("out")).hasSize(linesOf(NAMES.all()).size() - 1);
            client.disconnect();
        }
    }

    @Test
    void anSftpServerListsAndGivesAndMovesUnderAnyName() throws Exception {
        try (HostileSftpServer server = new HostileSftpServer(home);
                SshClient ssh = SshClient.setUpDefaultClient()) {
            for (String name : NAMES.all()) {
                server.put("in", name, name.getBytes("UTF-8"));
            }
            ssh.start();
            String[] address = server.address().split(":");
            ClientSession session = ssh.connect(HostileSftpServer.USER, address[0], Integer.parseInt(address[1]))
                    .verify()
                    .getSession();
            session.addPasswordIdentity(HostileSftpServer.PASSWORD);
            session.auth().verify();
            SftpClient client = SftpClientFactory.instance().createSftpClient(session);
            client.mkdir("in/done");

            List<String> listed = StreamSupport.stream(client.readDir("in").spliterator(), false)
                    .filter(entry -> entry.getAttributes().isRegularFile())
                    .map(SftpClient.DirEntry::getFilename)
                    .toList();
            assertThat(listed).containsExactlyElementsOf(NAMES.all());
            for (String name : listed) {
                assertThat(client.read("in/" + name)).hasBinaryContent(name.getBytes("UTF-8"));
                client.rename("in/" + name, "in/done/" + name);
                assertThat(server.bytes("in/done", name)).isEqualTo(name.getBytes("UTF-8"));
            }

            assertThat(server.names("in")).isEmpty();
            assertThat(server.names("in/done")).containsExactlyInAnyOrderElementsOf(NAMES.all());
            session.close();
        }
    }

    @Test
    void aFileIsGivenByEveryPathThatMayBeMeant() throws Exception {
        StrangeFiles files = new StrangeFiles(home);
        files.put("in", "sub/../../outbox/victim.jpg", new byte[1]);
        files.put("in", "a\\b.jpg", new byte[2]);
        files.put("in", "/etc/x.jpg", new byte[3]);

        assertThat(files.at("in/sub/../../outbox/victim.jpg")).hasSize(1);
        assertThat(files.at("/outbox/victim.jpg")).hasSize(1);
        assertThat(files.at("in/a\\b.jpg")).hasSize(2);
        assertThat(files.at("in/a/b.jpg")).hasSize(2);
        assertThat(files.at("in/ab.jpg")).hasSize(2);
        assertThat(files.at("in//etc/x.jpg")).hasSize(3);
        assertThat(files.at("in/etc/x.jpg")).hasSize(3);
        assertThat(files.at("in//etc")).isEqualTo(home.resolve("in"));
        assertThat(files.at("in/sub/../../outbox")).isEqualTo(home.resolve("in"));
        assertThat(files.at("in/b.jpg")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 500, 503})
    void aBucketRefusesWhatItIsToldTo(int status) throws Exception {
        try (LocalS3 s3 = new LocalS3("dirty")) {
            s3.put("dirty", "inbox/bad.jpg", new byte[1]);
            s3.put("dirty", "inbox/good.jpg", new byte[2]);
            S3Trouble.Rule refused = s3.trouble().refuse(S3Trouble.Call.GET, "inbox/bad.jpg", status);

            assertThatThrownBy(() -> s3.get("dirty", "inbox/bad.jpg"))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(status));
            assertThat(s3.get("dirty", "inbox/good.jpg")).hasSize(2);
            assertThat(refused.happened()).isPositive();
            s3.trouble().end();
            assertThat(s3.get("dirty", "inbox/bad.jpg")).hasSize(1);
        }
    }

    @Test
    void aBucketRefusesForAWhile() throws Exception {
        try (LocalS3 s3 = new LocalS3("dirty")) {
            s3.put("dirty", "bad.jpg", new byte[1]);
            s3.trouble().refuse(S3Trouble.Call.GET, key -> key.startsWith("bad"), 403, 2);

            assertThatThrownBy(() -> s3.get("dirty", "bad.jpg")).hasMessageContaining("403");
            assertThatThrownBy(() -> s3.get("dirty", "bad.jpg")).hasMessageContaining("403");
            assertThat(s3.get("dirty", "bad.jpg")).hasSize(1);
        }
    }

    @Test
    void aBucketRefusesKeysThatAreTooLong() throws Exception {
        try (LocalS3 s3 = new LocalS3("dirty")) {
            assertThatThrownBy(() -> s3.put("dirty", "a".repeat(1025), new byte[1]))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(400));
        }
    }

    @Test
    void aBucketKeepsAnyKey() throws Exception {
        List<String> keys = new ArrayList<>();
        NAMES.all().stream().filter(name -> name.indexOf('\0') < 0).forEach(name -> keys.add("inbox/" + name));
        keys.add("inbox/" + "語".repeat(338) + ".jpg");
        try (LocalS3 s3 = new LocalS3("dirty")) {
            for (String key : keys) {
                s3.put("dirty", key, key.getBytes("UTF-8"));
                assertThat(s3.get("dirty", key)).as(key).isEqualTo(key.getBytes("UTF-8"));
            }
            assertThat(s3.keys("dirty")).as(NAMES.toString()).containsExactlyInAnyOrderElementsOf(keys);
        }
    }

    private static void assertThatAllIsListedAndMoved(HostileFtpServer server, String encoding, List<String> names)
            throws IOException {
        for (String name : names) {
            server.put("in", name, name.getBytes("UTF-8"));
        }
        FTPClient client = connect(server, encoding);
        client.makeDirectory("in/done");

        List<String> listed = Stream.of(client.listFiles("in"))
                .filter(FTPFile::isFile)
                .map(FTPFile::getName)
                .toList();
        assertThat(listed).containsExactlyElementsOf(names);
        assertThat(client.listNames("in")).containsAll(names);
        for (String name : listed) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            assertThat(client.retrieveFile("in/" + name, content)).as(name).isTrue();
            assertThat(content.toByteArray()).as(name).isEqualTo(name.getBytes("UTF-8"));
            assertThat(client.rename("in/" + name, "in/done/" + name)).as(name).isTrue();
        }

        assertThat(server.names("in")).isEmpty();
        assertThat(server.names("in/done")).containsExactlyInAnyOrderElementsOf(names);
        client.disconnect();
    }

    private static FTPClient connect(HostileFtpServer server, String encoding) throws IOException {
        FTPClient client = new FTPClient();
        client.setControlEncoding(encoding);
        client.connect(server.address().startsWith("[") ? "::1" : "127.0.0.1", server.port());
        assertThat(client.login(HostileFtpServer.USER, HostileFtpServer.PASSWORD))
                .isTrue();
        client.setFileType(FTP.BINARY_FILE_TYPE);
        client.enterLocalPassiveMode();
        return client;
    }

    /** Names that a client sees in a listing, which is made of lines. */
    private static List<String> linesOf(List<String> names) {
        return names.stream()
                .filter(name -> !name.matches("(?s).*[\r\n\0\u0085\u2028].*"))
                .toList();
    }
}
