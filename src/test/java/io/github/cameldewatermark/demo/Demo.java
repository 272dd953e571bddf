package io.github.cameldewatermark.demo;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.client.CreditInfo;
import io.github.cameldewatermark.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/**
 * Runs {@code routes/watched-folder.camel.yaml} on sample files: against the sandbox, or against the real platform if
 * the environment has {@code DEWATERMARK_API_KEY}.
 *
 * <p>System properties: {@code demo.folder}, where to work; {@code demo.watch}, {@code true} to go on watching the
 * folder for the reader's own files.
 */
public final class Demo {

    private final Path folder;
    private final boolean watch;

    private Demo(Path folder, boolean watch) {
        this.folder = folder;
        this.watch = watch;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(System.getProperty("demo.folder", "target/demo")).toAbsolutePath();
        Demo demo = new Demo(folder, Boolean.getBoolean("demo.watch"));
        String key = System.getenv("DEWATERMARK_API_KEY");
        System.exit(key == null || key.isBlank() ? demo.onSandbox() : demo.run("the real platform", key, null));
    }

    private int onSandbox() throws Exception {
        try (Sandbox sandbox = Sandbox.start()) {
            return run("the sandbox at " + sandbox.baseUrl(), sandbox.apiKey(), sandbox.baseUrl());
        }
    }

    /** Returns the exit code. */
    private int run(String platform, String key, String baseUrl) throws Exception {
        DemoFolder files = DemoFolder.create(folder);
        say("Dewatermark demo on %s%nInbox: %s%n", platform, files.inbox());
        List<String> samples = files.fillInbox();

        DemoProgress progress = new DemoProgress(samples.size());
        Main camel = camel(key, baseUrl);
        camel.bind("progress", progress);
        camel.start();
        CamelContext context = camel.getCamelContext();
        try (ClipProgress clips = new ClipProgress()) {
            clips.follow(context.getComponent("dewatermark", DewatermarkComponent.class));
            progress.await();
            report(files, progress, balance(context));
            if (watch) {
                say("%nWatching %s: drop pictures and clips there, Ctrl-C ends.%n", files.inbox());
                stopOnCtrlC(camel);
                new CountDownLatch(1).await();
            }
            return progress.allCleaned() ? 0 : 1;
        } finally {
            camel.stop();
        }
    }

    /** At once: what isn't begun stays in the inbox. */
    private static void stopOnCtrlC(Main camel) {
        camel.getCamelContext().getShutdownStrategy().setTimeout(1);
        Runtime.getRuntime().addShutdownHook(new Thread(camel::stop, "stop on Ctrl-C"));
    }

    private Main camel(String key, String baseUrl) {
        Main camel = new Main();
        camel.configure().withRoutesIncludePattern("file:routes/watched-folder.camel.yaml");
        camel.addInitialProperty("folder", folder.toString());
        camel.addInitialProperty("camel.component.dewatermark.apiKey", key);
        if (baseUrl != null) {
            camel.addInitialProperty("camel.component.dewatermark.baseUrl", baseUrl);
        }
        return camel;
    }

    private static CreditInfo balance(CamelContext context) {
        return context.createProducerTemplate().requestBody("dewatermark:credit", null, CreditInfo.class);
    }

    private void report(DemoFolder files, DemoProgress progress, CreditInfo balance) throws IOException {
        say("%n%-22s %-8s %8s %9s  %s%n", "file", "step", "seconds", "credits", "result");
        for (DemoProgress.Result result : progress.results()) {
            say(
                    "%-22s %-8s %8.1f %9s  %s%n",
                    result.file(),
                    result.operation(),
                    result.seconds(),
                    result.credits() == null ? "-" : result.credits(),
                    result.problem() == null ? "outbox/" + result.file() : "failed/" + result.file() + ".txt");
        }
        say(
                "%nBalance: %s credits%n",
                balance.availableCredit().stripTrailingZeros().toPlainString());
        Path report = folder.resolve("report.html");
        Files.writeString(report, DemoReport.html(files, progress.results(), balance));
        say("Before and after: %s%n", report);
    }

    static void say(String format, Object... values) {
        System.out.printf(format, values);
        System.out.flush();
    }
}
