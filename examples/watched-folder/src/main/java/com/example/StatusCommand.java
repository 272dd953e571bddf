package com.example;

import io.github.cameldewatermark.journal.folder.FolderJournal;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Says in ten lines how the service is, by its folders, its ledger, {@code /health/ready} and {@code /metrics}. It has the settings that
 * the service has. The exit code is for monitoring.
 */
final class StatusCommand {

    static final int FINE = 0;

    /** It runs, but not everything is as it should be. */
    static final int WAITING = 1;

    static final int STOPPED = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CamelContext settings;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private StatusCommand(CamelContext settings) {
        this.settings = settings;
    }

    /** @param args as those of the service, such as {@code -pl file:own.properties} */
    static int run(String[] args) throws IOException {
        Configurator.setAllLevels("", Level.OFF); // what it says is for people
        Main camel = new Main();
        camel.setInitialProperties(WatchedFolderService.defaults());
        camel.configure().setRoutesIncludePattern("false"); // only the settings are needed
        try {
            camel.parseArguments(args);
            camel.init();
            return new StatusCommand(camel.getCamelContext()).print();
        } catch (Exception e) { // such as that the ledger is for another user
            line("the rest", "not known: " + StartFailure.reason(e));
            return WAITING;
        } finally {
            camel.completed(); // else Camel takes the end of this process for a SIGTERM
        }
    }

    private int print() throws Exception {
        Path folder = Path.of(setting("folder")).toAbsolutePath();
        line("folder", folder);
        int code = state();
        line("in the inbox", files(folder.resolve("inbox")).size());
        line("in the outbox", files(folder.resolve("outbox")).size());
        List<String> failed = files(folder.resolve("failed"));
        failed.removeIf(name -> name.endsWith(".txt")); // reasons, which stay when their files are put back
        line("failed", failed.size());
        LocalDate today = LocalDate.now();
        LocalDate month = today.withDayOfMonth(1);
        NavigableMap<LocalDate, BigDecimal> days =
                FolderJournal.perDay(Path.of(setting("journal")), month, ZoneId.systemDefault());
        line("spent today", credits(days.getOrDefault(today, BigDecimal.ZERO)));
        line("spent this month", credits(days.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add)));
        if (code != STOPPED) {
            String metrics = get("/metrics").body();
            line("credits left", metric(metrics, "dewatermark_credits_available"));
            line("limit leaves", metric(metrics, "dewatermark_spending_left"));
            line("under way", metric(metrics, "dewatermark_exchanges_inflight"));
        }
        return code;
    }

    private int state() throws InterruptedException {
        try {
            HttpResponse<String> ready = get("/health/ready");
            line("state", ready.statusCode() == 200 ? "running" : "waiting: " + reason());
            return ready.statusCode() == 200 ? FINE : WAITING;
        } catch (HttpTimeoutException e) {
            line("state", "waiting: no answer in " + PATIENCE.toSeconds() + " s");
            return WAITING;
        } catch (IOException e) {
            line("state", "stopped: nothing answers at " + url("/"));
            return STOPPED;
        }
    }

    /** Returns what the checks say that are down. */
    private String reason() throws InterruptedException, IOException {
        Matcher reason = Pattern.compile("\"reason\":\\s*\"((?:[^\"\\\\]|\\\\.)*)\"")
                .matcher(get("/health/ready?data=true&exposureLevel=full").body());
        return reason.find() ? reason.group(1).replace("\\\"", "\"") : "see " + url("/health/ready");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url(path))).timeout(PATIENCE).build();
        return http.send(request, BodyHandlers.ofString());
    }

    private String url(String path) {
        String host = setting("http.host");
        return "http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + setting("http.port") + path;
    }

    private String setting(String name) {
        return settings.resolvePropertyPlaceholders("{{" + name + "}}");
    }

    private static String metric(String metrics, String name) {
        Matcher value = Pattern.compile(name + "\\{.*} (\\S+)").matcher(metrics);
        return value.find() && !value.group(1).equals("NaN") ? credits(new BigDecimal(value.group(1))) : "not known";
    }

    private static String credits(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static List<String> files(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[!.]*")) {
                files.forEach(file -> {
                    if (Files.isRegularFile(file)) {
                        names.add(file.getFileName().toString());
                    }
                });
            }
        }
        return names;
    }

    private static void line(String name, Object value) {
        System.out.printf("%-17s %s%n", name, value);
    }
}
