package io.github.cameldewatermark.sandbox.platform;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** The platform as a whole. */
public final class Platform implements AutoCloseable {

    /** The content type that is part of an upload URL's signature, section "Step 2: Upload Video File". */
    public static final String UPLOAD_TYPE = "application/octet-stream";

    private static final String BUCKET = "dewatermark-videos-sandbox/";
    private static final String STORAGE = "/storage/";
    /** Where uploads lie, as the path of their URLs. */
    public static final String UPLOADS = STORAGE + BUCKET;
    /** Where cleaned videos lie, as the path of their URLs. */
    public static final String RESULTS = STORAGE + "dewatermark-results-sandbox/";

    private static final String RESULT_ENDING = ".mp4";

    private final PlatformSettings settings;
    private final DataFolder data;
    private final Accounts accounts;
    private final Ledger ledger;
    private final SignedUrls urls;
    private final ObjectStore store;
    private final Eraser eraser;
    private final ClipWork work;
    private final VideoTasks videos;

    /** @param data is closed with the platform */
    public Platform(PlatformSettings settings, DataFolder data) throws IOException {
        this.settings = settings;
        this.data = data;
        accounts = new Accounts(data.folder("accounts"), settings.creditsByKey());
        ledger = new Ledger(data.root().resolve("ledger.jsonl"), settings.noCredit());
        urls = new SignedUrls(data.root().resolve("secret"), settings.clock());
        store = new ObjectStore(data);
        Sessions sessions = new Sessions(data.folder("sessions"), settings.sessionTimeToLive(), settings.clock());
        eraser = new Eraser(settings.pictureEngine(), sessions, ledger, settings.prices(), settings.clock());
        work = new ClipWork(settings.clipEngine(), store);
        videos = new VideoTasks(
                data.folder("tasks"),
                store,
                accounts,
                ledger,
                settings.prices(),
                settings.timing(),
                settings.clock(),
                work);
    }

    public Accounts accounts() {
        return accounts;
    }

    public Eraser eraser() {
        return eraser;
    }

    public VideoTasks videos() {
        return videos;
    }

    public ObjectStore store() {
        return store;
    }

    public SignedUrls urls() {
        return urls;
    }

    public DataFolder data() {
        return data;
    }

    /** The ledger as it is now: a task that has failed meanwhile is refunded in it. */
    public List<LedgerEntry> ledger() {
        videos.all();
        return ledger.entries();
    }

    /** Section "Tracking Credit Balance". */
    public BigDecimal balance(Account account) {
        videos.all();
        return ledger.balance(account);
    }

    /** {@code file_path}: "Internal storage path for the video", section "Step 1". */
    public static String filePath(VideoTask task) {
        return BUCKET + task.taskId();
    }

    /** Path and query of the upload URL. */
    public String uploadUrl(VideoTask task) {
        Instant expiry = Instant.ofEpochMilli(task.createdAt()).plus(settings.uploadUrlValidity());
        return urls.sign("PUT", UPLOADS + task.taskId(), UPLOAD_TYPE, expiry);
    }

    /** Path and query of the download URL of a completed task. */
    public String downloadUrl(VideoTask task) {
        Instant expiry = Instant.ofEpochMilli(task.completedAt()).plus(settings.downloadUrlValidity());
        return urls.sign("GET", RESULTS + task.taskId() + RESULT_ENDING, "", expiry);
    }

    /** The task whose upload lies at a path. */
    public static String taskOfUpload(String path) {
        return path.substring(UPLOADS.length());
    }

    /** The task whose result lies at a path. */
    public static String taskOfResult(String path) {
        return path.substring(RESULTS.length(), path.length() - RESULT_ENDING.length());
    }

    @Override
    public void close() throws IOException {
        work.close();
        ledger.close();
        data.close();
    }
}
