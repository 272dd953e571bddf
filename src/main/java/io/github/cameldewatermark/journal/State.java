package io.github.cameldewatermark.journal;

/** How far the work on an {@link Entry} has come. */
public enum State {

    /** Its owner works on it, and nothing has been sent that may be charged. */
    CLAIMED,

    /** Its owner is sending it: if the owner dies now, it isn't known whether it was charged. */
    SENDING,

    /** Its content is on the platform, under the id of a task, and its owner is about to submit the task. */
    UPLOADED,

    /** The task is submitted. The platform knows how far it is, so nobody owns the entry. */
    SUBMITTED,

    /** It may have been charged, and there is no answer. Only a person may decide to pay for it again. */
    UNKNOWN,

    /** The answer is here; or, of a task, the result or only the id was handed on: the platform has the result, or will have it. */
    RESULT;

    /** Whether an entry in this state has an owner who works on it, and may be taken over if the owner is dead. */
    public boolean mayBeTakenOver() {
        return this == CLAIMED || this == UPLOADED;
    }

    /** Whether others wait for the owner of an entry in this state. */
    public boolean isWaitedFor() {
        return mayBeTakenOver() || this == SENDING;
    }
}
