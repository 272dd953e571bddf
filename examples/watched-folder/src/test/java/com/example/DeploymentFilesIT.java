package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cameldewatermark.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the unit for systemd and the Containerfile would run, run here without either. */
@Timeout(360)
class DeploymentFilesIT {

    @TempDir
    private Path folder;

    private Installation installation;
    private Sandbox sandbox;
    private ServiceProcess service;

    @BeforeEach
    void install() throws Exception {
        installation = Installation.unpack(folder);
        sandbox = Sandbox.start();
    }

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
        sandbox.close();
    }

    @Test
    void theUnitIsRight() throws Exception {
        assumeTrue(isThere("systemd-analyze"));
        Path unit = folder.resolve("watched-folder.service");
        Files.writeString(unit, unit().replace("/usr/bin/java", java()));

        Process verify = new ProcessBuilder("systemd-analyze", "verify", unit.toString())
                .redirectErrorStream(true)
                .start();

        // it may have something to say about units of the machine
        assertThat(new String(verify.getInputStream().readAllBytes())).doesNotContain("watched-folder");
        assertThat(verify.waitFor()).isZero();
    }

    @Test
    void theUnitStartsItWithTheKeyFromACredentialAndStopsItInTime() throws Exception {
        String unit = unit();
        Path etc = Files.createDirectories(folder.resolve("etc"));
        Path credentials = Files.createDirectories(folder.resolve("credentials"));
        Files.copy(installation.home().resolve("etc/application.properties"), etc.resolve("application.properties"));
        Files.writeString(
                credentials.resolve("key.properties"), "camel.component.dewatermark.apiKey = " + sandbox.apiKey());
        String command = value(unit, "ExecStart")
                .replace("/opt/watched-folder", installation.home().toString())
                .replace("/etc/watched-folder", etc.toString())
                .replace("/var/cache/watched-folder", folder.resolve("tmp").toString())
                .replace("${CREDENTIALS_DIRECTORY}", credentials.toString());
        List<String> words = List.of(command.split(" "));
        service = new ServiceProcess(words.subList(1, words.size()), folder);
        Matcher environment = Pattern.compile("(?m)^Environment=(.*)$").matcher(unit);
        while (environment.find()) {
            for (String variable : environment.group(1).split(" ")) {
                String[] nameAndValue = variable.split("=");
                service.environment(nameAndValue[0], nameAndValue[1].replaceFirst("^/", folder + "/"));
            }
        }

        assertThatItCleansPicturesWithNamesInAnyScript(folder.resolve("srv/watched-folder"));

        assertThat(folder.resolve("var/lib/watched-folder/journal")).isDirectory();
        assertThat(service.stop()).isEqualTo(number(unit, "SuccessExitStatus"));
        assertThat(number(unit, "RestartPreventExitStatus")).isEqualTo(WatchedFolderService.NOT_STARTED);
        String longest = service.awaitLine("is shutting down (timeout:").replaceAll(".*timeout:(\\w+)\\).*", "$1");
        assertThat(longest).isEqualTo("5m10s");
        assertThat(number(unit, "TimeoutStopSec")).isGreaterThan(5 * 60 + 10 + 15);
    }

    @Test
    void theImageStartsItAndItsHealthCheckSeesThatItIsAlive() throws Exception {
        String containerfile = Files.readString(installation.home().resolve("Containerfile"));
        assertThat(containerfile).contains("COPY lib/ ", "COPY etc/ ", "COPY watched-folder.jar ");
        Path data = Files.createDirectories(folder.resolve("data"));
        String entrypoint = find(containerfile, "(?m)^ENTRYPOINT \\[\"java\", (.*)]$")
                .replace("\"", "")
                .replace("/opt/watched-folder", installation.home().toString());
        service = new ServiceProcess(List.of(entrypoint.split(", ")), folder);
        Matcher variables = Pattern.compile("(?m)^ENV (\\w+)=(.*)$").matcher(containerfile);
        while (variables.find()) {
            service.environment(variables.group(1), variables.group(2).replaceFirst("^/data", data.toString()));
        }
        service.environment("DEWATERMARK_API_KEY", sandbox.apiKey());

        assertThatItCleansPicturesWithNamesInAnyScript(data);

        assertThat(service.output()).allMatch(line -> line.startsWith("{\"@timestamp\""));
        assertThat(data.resolve(".journal")).isDirectory();
        assumeTrue(isThere("bash"));
        assertThat(healthCheck(containerfile)).isZero();
        service.stop();
        assertThat(healthCheck(containerfile)).isNotZero();
    }

    private void assertThatItCleansPicturesWithNamesInAnyScript(Path data) throws Exception {
        service.environment("DEWATERMARK_BASE_URL", sandbox.baseUrl()).start().awaitLine(ServiceProcess.STARTED);
        List<String> names = List.of("Bürger.jpg", "東京.jpg", "北京.jpg");
        for (String name : names) {
            Samples.drop(Samples.OTHER_PICTURE, name, data.resolve("inbox"));
        }
        for (String name : names) {
            service.awaitLine(name + " is clean");
            assertThat(data.resolve("outbox").resolve(name)).isNotEmptyFile();
        }
    }

    /** Runs it as the container engine would, and returns its exit code. */
    private int healthCheck(String containerfile) throws Exception {
        String script = find(containerfile, "(?m)^HEALTHCHECK .* CMD \\[\"bash\", \"-c\", \"(.*)\"]$")
                .replace("\\\"", "\"")
                .replace("\\\\", "\\");
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", script);
        bash.environment().put("HTTP_PORT", Integer.toString(service.port()));
        Process check = bash.start();
        assertThat(check.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return check.exitValue();
    }

    private String unit() throws IOException {
        return Files.readString(installation.home().resolve("systemd/watched-folder.service"));
    }

    private static String value(String unit, String directive) {
        return find(unit.replaceAll("\\s*\\\\\\R\\s*", " "), "(?m)^" + directive + "=(.*)$");
    }

    private static int number(String unit, String directive) {
        return Integer.parseInt(value(unit, directive));
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(dir -> Files.isExecutable(Path.of(dir, program)));
    }
}
