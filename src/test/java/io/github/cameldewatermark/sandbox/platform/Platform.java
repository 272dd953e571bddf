package io.github.cameldewatermark.sandbox.platform;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The platform as a whole. */
public final class Platform implements AutoCloseable {

    private final PlatformSettings settings;
    private final DataFolder data;
    private final Accounts accounts;
    private final Ledger ledger;
    private final SignedUrls urls;
    private final Eraser eraser;
    private final Map<TaskKind, Tasks> tasks = new EnumMap<>(TaskKind.class);

    /** @param data is closed with the platform */
    public Platform(PlatformSettings settings, DataFolder data) throws IOException {
        this.settings = settings;
        this.data = data;
        accounts = new Accounts(data.folder("accounts"), settings.creditsByKey());
        ledger = new Ledger(data.root().resolve("ledger.jsonl"), settings.noCredit());
        urls = new SignedUrls(data.root().resolve("secret"), settings.clock());
        Sessions sessions = new Sessions(data.folder("sessions"), settings.sessionTimeToLive(), settings.clock());
        eraser = new Eraser(settings.pictureEngine(), sessions, ledger, settings.prices(), settings.clock());
        add(new ClipCleaning(settings.clipEngine(), settings.prices(), settings.noCredit()));
        if (settings.pdfEngine() != null) {
            add(new PdfCleaning(settings.pdfEngine(), settings.prices(), settings.tooLittleForPdf()));
        }
    }

    private void add(Cleaning cleaning) throws IOException {
        tasks.put(cleaning.kind(), new Tasks(cleaning, data, accounts, ledger, settings.timing(), settings.clock()));
    }

    public Accounts accounts() {
        return accounts;
    }

    public Eraser eraser() {
        return eraser;
    }

    /** Empty if there is no engine for them. */
    public Optional<Tasks> tasks(TaskKind kind) {
        return Optional.ofNullable(tasks.get(kind));
    }

    /** All tasks as they are now, oldest first. */
    public List<Task> allTasks() {
        return tasks.values().stream()
                .flatMap(some -> some.all().stream())
                .sorted(Comparator.comparing(Task::createdAt))
                .toList();
    }

    public SignedUrls urls() {
        return urls;
    }

    public DataFolder data() {
        return data;
    }

    /** The ledger as it is now: a task that has failed meanwhile is refunded in it. */
    public List<LedgerEntry> ledger() {
        allTasks();
        return ledger.entries();
    }

    /** Section "Tracking Credit Balance". */
    public BigDecimal balance(Account account) {
        allTasks();
        return ledger.balance(account);
    }

    /** Path and query of the upload URL. */
    public String uploadUrl(Task task) {
        TaskKind kind = task.kind();
        Instant expiry = Instant.ofEpochMilli(task.createdAt()).plus(settings.uploadUrlValidity());
        return urls.sign("PUT", kind.uploadPath(task), kind.uploadType(), expiry);
    }

    /** Path and query of the download URL of a completed task. */
    public String downloadUrl(Task task) {
        Instant expiry = Instant.ofEpochMilli(task.completedAt()).plus(settings.downloadUrlValidity());
        return urls.sign("GET", task.kind().resultPath(task), "", expiry);
    }

    @Override
    public void close() throws IOException {
        tasks.values().forEach(Tasks::close);
        ledger.close();
        data.close();
    }
}
