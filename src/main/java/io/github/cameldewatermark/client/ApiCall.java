package io.github.cameldewatermark.client;

/** The calls of the API, and what each means for the money. */
public enum ApiCall {
    /** The balance. */
    CREDIT("credit", Money.FREE),
    /** One picture: 1 credit when processed. */
    ERASE("erase", Money.PAYS),
    /** A new video task with its upload URL. */
    CREATE_UPLOAD("video create upload", Money.FREE),
    /** The clip to storage. */
    UPLOAD("video upload", Money.FREE),
    /** Starts a video task: 0.2 credits per second, once per task. */
    SUBMIT("video submit", Money.PAYS),
    /** How far a video task is. */
    STATUS("video status", Money.FREE),
    /** The result of a video task that was paid before. */
    DOWNLOAD("video download", Money.PAID);

    enum Money {
        /** Costs nothing. */
        FREE,
        /** Charged when the server processes it. */
        PAYS,
        /** Costs nothing, but fetches something that has been charged already. */
        PAID
    }

    private final String label;
    private final Money money;

    ApiCall(String label, Money money) {
        this.label = label;
        this.money = money;
    }

    Money money() {
        return money;
    }

    /** The name used in messages. */
    @Override
    public String toString() {
        return label;
    }
}
