package io.github.cameldewatermark.client.http;

/** The calls of the API, and whether each is charged. */
public enum ApiCall {
    /** Looks up the balance. */
    CREDIT("credit", Money.FREE),
    /** Cleans one picture: charged when processed. */
    ERASE("erase", Money.PAYS),
    /** Creates a video task with its upload URL. */
    CREATE_UPLOAD("video create upload", Money.FREE),
    /** Uploads a clip to storage. */
    UPLOAD("video upload", Money.FREE),
    /** Starts a video task: charged by the length of its clip, once per task. */
    SUBMIT("video submit", Money.PAYS),
    /** Looks up the status of a video task. */
    STATUS("video status", Money.FREE),
    /** Downloads the result of a video task, which has been paid for already. */
    DOWNLOAD("video download", Money.PAID);

    /** What a call does to the credits. */
    public enum Money {
        /** Costs nothing. */
        FREE,
        /** Charged when the server processes it. */
        PAYS,
        /** Costs nothing itself, but fetches something that has been charged already. */
        PAID
    }

    private final String label;
    private final Money money;

    ApiCall(String label, Money money) {
        this.label = label;
        this.money = money;
    }

    /** Returns what it does to the credits. */
    public Money money() {
        return money;
    }

    /** Whether it only looks: there may be very many of these, and a wrong answer does no harm, or is noticed. */
    boolean isLook() {
        return this == STATUS || this == CREDIT;
    }

    /** Whether it goes to the storage of a signed URL, which knows nothing of accounts. */
    boolean isStorage() {
        return this == UPLOAD || this == DOWNLOAD;
    }

    /** The name used in messages. */
    @Override
    public String toString() {
        return label;
    }
}
