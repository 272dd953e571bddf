package com.example.preflight;

/** Whether a content was paid in an earlier batch. */
enum Payment {

    /** It wasn't, or its result is forgotten. */
    NONE,

    /** Its result is in the journal, or its task is on the platform: it costs nothing. */
    PAID,

    /** It was being sent when the batch was cut off: only a person may decide to pay for it again. */
    UNCLEAR
}
