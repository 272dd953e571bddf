package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.Sandbox;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator may get wrong ends the start with one line that names the setting, and before anything is sent. */
@Timeout(360)
class BadStartIT {

    @TempDir
    private static Path shared;

    private static Installation installation;
    private static Sandbox sandbox;

    @TempDir
    private Path folder;

    private ServiceProcess service;

    @BeforeAll
    static void install() throws Exception {
        installation = Installation.unpack(shared);
        sandbox = Sandbox.start();
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    /** All is well but for what a test changes, and there is something to be paid for. */
    @BeforeEach
    void prepare() throws Exception {
        service = prepared(installation);
        Samples.drop(Samples.PICTURE, folder.resolve("inbox"));
    }

    @AfterEach
    void kill() {
        service.close();
    }

    @Test
    void aMissingKey() throws Exception {
        service.environment("DEWATERMARK_API_KEY", "");

        assertThat(reason()).contains("The option apiKey is missing", "camel.component.dewatermark.api-key");
    }

    @Test
    void anOptionThatTheComponentDoesNotHaveWithoutItsValue() throws Exception {
        service.property("camel.component.dewatermark.api-kee", "secret");

        assertThat(reason()).contains("camel.component.dewatermark.api-kee", "no such option");
        assertThat(service.output()).noneMatch(line -> line.contains("secret"));
    }

    @Test
    void anOptionThatTheComponentDoesNotHaveWithoutItsValueEvenAtTrace() throws Exception {
        service.property("camel.component.dewatermark.api-kee", "secret").environment("LOG_LEVEL", "TRACE");

        service.start().awaitEnd();

        assertThat(service.output())
                .anyMatch(line -> line.contains("PropertyBindingException"))
                .noneMatch(line -> line.contains("secret"));
    }

    @Test
    void anOptionThatAnEndpointDoesNotHaveWithoutItsValue() throws Exception {
        ownRoute("dewatermark:erase?apiKee=secret");

        assertThat(reason()).contains("apiKee").doesNotContain("secret");
    }

    @Test
    void aValueOfTheWrongKindInARoute() throws Exception {
        ownRoute("dewatermark:erase?removeText=maybe");

        assertThat(reason()).contains("option removeText of an endpoint", "maybe");
    }

    @Test
    void anInstallationWithoutOneOfItsLibraries() throws Exception {
        Installation incomplete = Installation.unpack(folder.resolve("incomplete"));
        try (Stream<Path> libraries = Files.list(incomplete.home().resolve("lib"))) {
            for (Path library : libraries
                    .filter(file -> file.getFileName().toString().startsWith("httpclient5-"))
                    .toList()) {
                Files.delete(library);
            }
        }
        service = prepared(incomplete);

        assertThat(reason()).contains("org/apache/hc/client5");
    }

    @Test
    void aValueOfTheWrongKind() throws Exception {
        service.property("camel.component.dewatermark.max-concurrent-requests", "many");

        assertThat(reason()).contains("camel.component.dewatermark.max-concurrent-requests", "many");
    }

    @Test
    void aValueThatTheComponentRefuses() throws Exception {
        service.property("camel.component.dewatermark.response-timeout", "0");

        assertThat(reason()).contains("The option responseTimeout must be more than 0 ms");
    }

    @Test
    void aFileInPlaceOfTheOutbox() throws Exception {
        Path file = Files.createFile(folder.resolve("outbox"));

        assertThat(reason()).contains("The setting folder doesn't do", file.toString());
    }

    @Test
    void aFolderWithANameThatTheLocaleHasNoCharactersFor() throws Exception {
        service.environment("LC_ALL", "C").environment("FOLDER", folder + "/Büro");

        assertThat(service.start().awaitEnd()).isEqualTo(WatchedFolderService.NOT_STARTED);

        assertThat(service.awaitLine(" WARN ")).contains("LC_ALL=C.UTF-8");
        assertThat(service.awaitLine(" ERROR ")).contains("The setting folder doesn't do", folder + "/B");
    }

    @Test
    void aFileInPlaceOfTheInbox() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path file = Files.createFile(elsewhere.resolve("inbox"));
        service.environment("FOLDER", elsewhere.toString());

        assertThat(reason()).contains("The setting folder doesn't do", file.toString());
    }

    @Test
    void aFileInPlaceOfTheJournal() throws Exception {
        Path file = Files.createFile(folder.resolve("journal"));
        service.environment("JOURNAL", file.toString());

        assertThat(reason()).contains("The setting journal doesn't do", file.toString());
    }

    @Test
    void aJournalThatCannotBeMade() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        service.environment("JOURNAL", file + "/journal");

        assertThat(reason()).contains("The option journalDirectory is wrong", file.toString());
    }

    @Test
    void aPortThatSomebodyElseHas() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            service.environment("HTTP_PORT", Integer.toString(taken.getLocalPort()));

            assertThat(reason()).contains("camel.management.port", "127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void aPortThatThereIsNot() throws Exception {
        service.environment("HTTP_PORT", "99999");

        assertThat(reason()).contains("camel.management.port", "127.0.0.1:99999");
    }

    @Test
    void aFileOfSettingsThatIsNotThere() throws Exception {
        service.arguments("-pl", "file:" + folder.resolve("missing.properties"));

        assertThat(reason()).contains("missing.properties");
    }

    @Test
    void anArgumentThatCamelDoesNotKnow() throws Exception {
        assertThat(service.arguments("--folder").start().awaitEnd()).isEqualTo(WatchedFolderService.NOT_STARTED);

        assertThat(service.output()).contains("Unknown option: --folder");
    }

    @Test
    void withAllOfTheExceptionOnlyAtDebug() throws Exception {
        service.environment("DEWATERMARK_API_KEY", "").environment("LOG_LEVEL", "DEBUG");

        service.start().awaitEnd();

        assertThat(service.output()).anyMatch(line -> line.startsWith("\tat "));
    }

    private ServiceProcess prepared(Installation installed) {
        return new ServiceProcess(installed, folder).with(folder, sandbox);
    }

    /** In place of that of the service. */
    private void ownRoute(String endpoint) throws Exception {
        Path route = Files.writeString(folder.resolve("own.camel.yaml"), """
                - route:
                    from:
                      uri: direct:own
                      steps:
                        - to: %s
                """.formatted(endpoint));
        service.property("camel.main.routesIncludePattern", "file:" + route);
    }

    /** Starts it, and returns the only line that tells of a problem. */
    private String reason() throws Exception {
        int before = sandbox.requests().all().size();
        int exitCode = service.start().awaitEnd();

        assertThat(service.output()).noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception in"));
        assertThat(exitCode).isEqualTo(WatchedFolderService.NOT_STARTED);
        assertThat(sandbox.requests().all()).hasSize(before);
        List<String> problems = service.output().stream()
                .filter(line -> line.contains(" ERROR ") || line.contains(" WARN "))
                .toList();
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }
}
