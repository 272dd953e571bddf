package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.EraseAnswer;

/**
 * The answer to a picture, as it came from the platform.
 *
 * @param said        ids and masks
 * @param picture     the cleaned picture
 * @param fromJournal whether it was paid for by an earlier call
 */
record Answer(EraseAnswer said, Content picture, boolean fromJournal) {}
