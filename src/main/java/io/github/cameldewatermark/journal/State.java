package io.github.cameldewatermark.journal;

/** How far the work on an {@link Entry} has come. */
public enum State {

    /** Its owner works on it, and nothing has been sent that may be charged. */
    CLAIMED,

    /** Its owner is sending it: if the owner dies now, it isn't known whether it was charged. */
    SENDING,

    /** It may have been charged, and there is no answer. Only a person may decide to pay for it again. */
    UNKNOWN,

    /** The answer is here. */
    RESULT
}
