package io.github.cameldewatermark.demo;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.client.CreditInfo;
import io.github.cameldewatermark.client.DewatermarkClientBuilder;
import io.github.cameldewatermark.error.Credits;
import io.github.cameldewatermark.sandbox.Sandbox;
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

    private static final String SANDBOX_LIMITS =
            "The sandbox only removes marks like those of the samples: bold, white,"
                    + " semi-transparent letters. It misses thin parts, such as the copyright sign in coffee.jpg.";

    private final Path folder;
    private final boolean watch;

    Demo(Path folder, boolean watch) {
        this.folder = folder;
        this.watch = watch;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(System.getProperty("demo.folder", "target/demo")).toAbsolutePath();
        Demo demo = new Demo(folder, Boolean.getBoolean("demo.watch"));
        String key = System.getenv("DEWATERMARK_API_KEY");
        boolean well;
        if (key == null || key.isBlank()) {
            try (Sandbox sandbox = Sandbox.start()) {
                well = demo.runOn(sandbox);
            }
        } else {
            well = demo.runOnPlatform(key);
        }
        System.exit(well ? 0 : 1);
    }

    /** Returns whether all files were cleaned. */
    boolean runOn(Sandbox sandbox) throws Exception {
        say(
                "Dewatermark demo: 3 pictures and a clip are cleaned by the offline sandbox at %s.%n"
                        + "Nothing leaves this machine, and no key is needed.%n%s%n",
                sandbox.baseUrl(), SANDBOX_LIMITS);
        return run(sandbox.apiKey(), sandbox.baseUrl(), SANDBOX_LIMITS);
    }

    private boolean runOnPlatform(String key) throws Exception {
        say(
                "Dewatermark demo: 3 pictures and a clip are sent to %s, and cleaned there.%n"
                        + "That costs about 4 credits of the key in DEWATERMARK_API_KEY.%n",
                DewatermarkClientBuilder.DEFAULT_BASE_URL);
        return run(key, DewatermarkClientBuilder.DEFAULT_BASE_URL, "");
    }

    private boolean run(String key, String baseUrl, String note) throws Exception {
        DemoFolder files = DemoFolder.create(folder);
        say("Inbox: %s%n%n", files.inbox());
        List<String> samples = files.fillInbox();

        DemoProgress progress = new DemoProgress(samples.size(), files, new DemoReport(files.root(), note));
        Main camel = camel(key, baseUrl);
        camel.bind("progress", progress);
        camel.start();
        CamelContext context = camel.getCamelContext();
        try (ClipProgress clips = new ClipProgress()) {
            clips.follow(context.getComponent("dewatermark", DewatermarkComponent.class));
            progress.await();
            sumUp(progress, balance(context));
            if (watch) {
                say("%nWatching %s: drop pictures and clips there, Ctrl-C ends.%n", files.inbox());
                stopOnCtrlC(camel);
                new CountDownLatch(1).await();
            }
            return progress.allCleaned();
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
        camel.addInitialProperty("camel.component.dewatermark.baseUrl", baseUrl);
        return camel;
    }

    private static CreditInfo balance(CamelContext context) {
        return context.createProducerTemplate().requestBody("dewatermark:credit", null, CreditInfo.class);
    }

    private void sumUp(DemoProgress progress, CreditInfo balance) {
        say("%n%-22s %-8s %8s %9s  %s%n", "file", "step", "seconds", "credits", "result");
        for (DemoProgress.Result result : progress.results()) {
            say(
                    "%-22s %-8s %8.1f %9s  %s%n",
                    result.file(),
                    result.operation(),
                    result.seconds(),
                    result.credits() == null ? "-" : result.credits(),
                    folder.relativize(result.written()));
        }
        say("%nBalance: %s%n", Credits.text(balance.availableCredit()));
        say("Before and after: %s%n", folder.resolve(DemoReport.NAME));
    }

    static void say(String format, Object... values) {
        System.out.printf(format, values);
        System.out.flush();
    }
}
