package com.example.preflight;

import java.util.List;

/**
 * What cleaning a folder would cost.
 *
 * @param pictures       all that can be sent
 * @param clips          all that can be sent and say how long they are
 * @param unknownClips   all that can be sent and don't
 * @param alreadyCleaned those of the above whose content was cleaned before
 * @param duplicates     those of the rest whose content another file has, too
 * @param toClean        what is left: what the batch route pays for
 * @param rejects        what can't be sent, and why
 * @param folderLinks    links to folders, which were not followed
 * @param others         how many files are neither picture nor clip
 */
record Estimate(
        Cost pictures,
        Cost clips,
        Cost unknownClips,
        Cost alreadyCleaned,
        Cost duplicates,
        Cost toClean,
        List<Reject> rejects,
        List<String> folderLinks,
        int others) {

    /** What a route pays that doesn't know duplicates. */
    Cost toCleanWithDuplicates() {
        return toClean.plus(duplicates);
    }
}
