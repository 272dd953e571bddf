package com.example.benchmark;

/** Who polls. */
enum PollContender {
    FLOOR("floor: raw HTTP client, answer thrown away"),
    COMPONENT("component");

    private final String title;

    PollContender(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** @param interval between two looks at a task, in seconds */
    PollWorker.Poller start(String baseUrl, int interval) throws Exception {
        return switch (this) {
            case FLOOR -> new PollFloor(baseUrl, interval);
            case COMPONENT -> new ComponentPoller(baseUrl, interval);
        };
    }
}
