package io.github.cameldewatermark.sandbox;

import io.github.cameldewatermark.sandbox.http.SandboxServer;
import io.github.cameldewatermark.sandbox.pdf.PdfEngine;
import io.github.cameldewatermark.sandbox.pixel.ClipEngine;
import io.github.cameldewatermark.sandbox.pixel.PictureEngine;
import io.github.cameldewatermark.sandbox.platform.DataFolder;
import io.github.cameldewatermark.sandbox.platform.Platform;
import io.github.cameldewatermark.sandbox.platform.PlatformSettings;
import io.github.cameldewatermark.sandbox.platform.Prices;
import io.github.cameldewatermark.sandbox.platform.Refusal;
import io.github.cameldewatermark.sandbox.platform.TaskTiming;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What a {@link Sandbox} can be told beforehand; everything has a default. */
public final class SandboxBuilder {

    static final String DEFAULT_API_KEY = "sandbox-key";
    static final long DEFAULT_CREDITS = 1000;
    static final double DEFAULT_TASK_SPEED = 1.5;

    private final Map<String, BigDecimal> keys = new LinkedHashMap<>();
    private int port;
    private BigDecimal credits = BigDecimal.valueOf(DEFAULT_CREDITS);
    private Prices prices = Prices.OF_THE_DOCUMENT;
    private Refusal.Reason noCredit = Refusal.Reason.FORBIDDEN;
    private Refusal.Reason tooLittleForPdf = Refusal.Reason.TOO_MANY_REQUESTS;
    private int rateLimit;
    private Duration taskDuration;
    private double taskSpeed = DEFAULT_TASK_SPEED;
    private Duration uploadUrlValidity = Duration.ofMinutes(15);
    private Duration downloadUrlValidity = Duration.ofDays(2);
    private Duration sessionTimeToLive = Duration.ofHours(1);
    private PictureEngine pictureEngine;
    private ClipEngine clipEngine;
    private PdfEngine pdfEngine;
    private Path dataDir;
    private Clock clock = Clock.systemUTC();

    SandboxBuilder() {}

    /** Where to listen; 0, the default: on any free port. */
    public SandboxBuilder port(int port) {
        this.port = port;
        return this;
    }

    /** Credits of the default key; 1000 unless said. */
    public SandboxBuilder credits(BigDecimal credits) {
        this.credits = Objects.requireNonNull(credits);
        return this;
    }

    /** Credits of the default key; 1000 unless said. */
    public SandboxBuilder credits(long credits) {
        return credits(BigDecimal.valueOf(credits));
    }

    /** A key with its credits, in place of the default one; may be said several times. */
    public SandboxBuilder apiKey(String key, BigDecimal credits) {
        keys.put(Objects.requireNonNull(key), Objects.requireNonNull(credits));
        return this;
    }

    /** A key with its credits, in place of the default one; may be said several times. */
    public SandboxBuilder apiKey(String key, long credits) {
        return apiKey(key, BigDecimal.valueOf(credits));
    }

    /** What calls cost; those of the document unless said. */
    public SandboxBuilder prices(Prices prices) {
        this.prices = Objects.requireNonNull(prices);
        return this;
    }

    /**
     * @param status the answer to a paid call of an account without credit: 402, 403 or 429. By default 403, and 429 if there is some
     *               credit, but too little for a PDF
     */
    public SandboxBuilder noCreditStatus(int status) {
        this.noCredit = switch (status) {
            case 402 -> Refusal.Reason.PAYMENT_REQUIRED;
            case 403 -> Refusal.Reason.FORBIDDEN;
            case 429 -> Refusal.Reason.TOO_MANY_REQUESTS;
            default -> throw new IllegalArgumentException("The status must be 402, 403 or 429, not " + status);
        };
        this.tooLittleForPdf = noCredit;
        return this;
    }

    /** Requests that each key has in a second, storage not counted; any number unless said. The others get 429. */
    public SandboxBuilder rateLimit(int perSecond) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("The rate limit must be at least 1: " + perSecond);
        }
        this.rateLimit = perSecond;
        return this;
    }

    /** How long every task takes, however long the clip or the PDF. */
    public SandboxBuilder taskDuration(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("The task duration must not be negative: " + duration);
        }
        this.taskDuration = duration;
        return this;
    }

    /** Seconds of a clip, or pages of a PDF, that are processed in a second; 1.5 unless said. Counts unless a task duration is given. */
    public SandboxBuilder taskSpeed(double speed) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("The task speed must be positive: " + speed);
        }
        this.taskSpeed = speed;
        return this;
    }

    /** How long an upload URL is valid; 15 minutes unless said. */
    public SandboxBuilder uploadUrlValidity(Duration validity) {
        this.uploadUrlValidity = Objects.requireNonNull(validity);
        return this;
    }

    /** How long a download URL is valid, from the completion; 2 days unless said. */
    public SandboxBuilder downloadUrlValidity(Duration validity) {
        this.downloadUrlValidity = Objects.requireNonNull(validity);
        return this;
    }

    /** How long a session lives after its latest picture; an hour unless said. */
    public SandboxBuilder sessionTimeToLive(Duration timeToLive) {
        this.sessionTimeToLive = Objects.requireNonNull(timeToLive);
        return this;
    }

    public SandboxBuilder pictureEngine(PictureEngine engine) {
        this.pictureEngine = Objects.requireNonNull(engine);
        return this;
    }

    public SandboxBuilder clipEngine(ClipEngine engine) {
        this.clipEngine = Objects.requireNonNull(engine);
        return this;
    }

    /** Without one, and without PDFBox on the class path, the calls for PDFs are answered with 501. */
    public SandboxBuilder pdfEngine(PdfEngine engine) {
        this.pdfEngine = Objects.requireNonNull(engine);
        return this;
    }

    /** Where to keep the state, for a sandbox that is started again later; otherwise it ends with the sandbox. */
    public SandboxBuilder dataDir(Path dir) {
        this.dataDir = Objects.requireNonNull(dir);
        return this;
    }

    /** What the time is: for the life of URLs and sessions and for how far a task is. */
    public SandboxBuilder clock(Clock clock) {
        this.clock = Objects.requireNonNull(clock);
        return this;
    }

    /**
     * @throws UncheckedIOException  the port is taken, or the data folder can't be used
     * @throws IllegalStateException another sandbox uses the data folder, or a library is missing
     */
    public Sandbox start() {
        requireLibrary();
        Map<String, BigDecimal> creditsByKey = keys.isEmpty() ? Map.of(DEFAULT_API_KEY, credits) : Map.copyOf(keys);
        String firstKey =
                keys.isEmpty() ? DEFAULT_API_KEY : keys.keySet().iterator().next();
        try {
            Platform platform = platform(creditsByKey);
            try {
                SandboxServer server = new SandboxServer(platform, firstKey, port, rateLimit, clock);
                return new Sandbox(platform, server, firstKey);
            } catch (IOException | RuntimeException e) {
                platform.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The sandbox can't start: " + e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** It comes with no dependency of the artifact, as users of the component alone don't need it. */
    private static void requireLibrary() {
        try {
            Class.forName("org.apache.commons.fileupload2.core.AbstractFileUpload");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "The sandbox reads pictures with a library that isn't on the class path: add the dependency"
                            + " org.apache.commons:commons-fileupload2-core",
                    e);
        }
    }

    private Platform platform(Map<String, BigDecimal> creditsByKey) throws IOException {
        PlatformSettings settings = new PlatformSettings(
                creditsByKey,
                prices,
                noCredit,
                tooLittleForPdf,
                new TaskTiming(taskDuration, taskSpeed),
                uploadUrlValidity,
                downloadUrlValidity,
                sessionTimeToLive,
                pictureEngine == null ? DefaultEngines.pictures() : pictureEngine,
                clipEngine == null ? DefaultEngines.clips() : clipEngine,
                pdfEngine == null ? DefaultEngines.pdfs() : pdfEngine,
                clock);
        DataFolder data = DataFolder.open(dataDir);
        try {
            return new Platform(settings, data);
        } catch (IOException | RuntimeException e) {
            data.close();
            throw e;
        }
    }
}
