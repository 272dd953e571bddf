package io.github.cameldewatermark.client.http;

/** The calls of the API. */
public enum ApiCall {
    CREDIT("credit", Step.CREDIT),
    ERASE("erase", Step.ERASE),
    VIDEO_CREATE("video create upload", Step.CREATE),
    VIDEO_UPLOAD("video upload", Step.UPLOAD),
    VIDEO_SUBMIT("video submit", Step.SUBMIT),
    VIDEO_STATUS("video status", Step.STATUS),
    VIDEO_DOWNLOAD("video download", Step.DOWNLOAD),
    PDF_CREATE("pdf create upload", Step.CREATE),
    PDF_UPLOAD("pdf upload", Step.UPLOAD),
    PDF_SUBMIT("pdf submit", Step.SUBMIT),
    PDF_STATUS("pdf status", Step.STATUS),
    PDF_DOWNLOAD("pdf download", Step.DOWNLOAD);

    /** What a call is for, and what it does to the credits. */
    public enum Step {
        /** Looks up the balance. */
        CREDIT(Money.FREE),
        /** Cleans one picture: charged when processed. */
        ERASE(Money.CHARGES),
        /** Creates a task with its upload URL. */
        CREATE(Money.FREE),
        /** Uploads a file to storage. */
        UPLOAD(Money.FREE),
        /** Starts a task: charged once per task. */
        SUBMIT(Money.CHARGES),
        /** Looks up the status of a task. */
        STATUS(Money.FREE),
        /** Downloads the result of a task, which has been paid for already. */
        DOWNLOAD(Money.ALREADY_CHARGED);

        private final Money money;

        Step(Money money) {
            this.money = money;
        }
    }

    /** What a call does to the credits. */
    public enum Money {
        /** Costs nothing. */
        FREE,
        /** Charged when the server processes it. */
        CHARGES,
        /** Costs nothing itself, but fetches something that has been charged already. */
        ALREADY_CHARGED
    }

    private final String label;
    private final Step step;

    ApiCall(String label, Step step) {
        this.label = label;
        this.step = step;
    }

    public Step step() {
        return step;
    }

    /** Returns what it does to the credits. */
    public Money money() {
        return step.money;
    }

    /** Whether it only looks something up: there may be very many of these, and a wrong answer does no harm, or is noticed. */
    boolean isLookup() {
        return step == Step.STATUS || step == Step.CREDIT;
    }

    /** Whether it goes to the storage of a signed URL, which knows nothing of accounts. */
    boolean isStorage() {
        return step == Step.UPLOAD || step == Step.DOWNLOAD;
    }

    /** The name used in messages. */
    @Override
    public String toString() {
        return label;
    }
}
