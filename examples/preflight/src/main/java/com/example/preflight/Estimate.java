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
 * @param alreadyPaid    those of the rest whose content was paid before, so that it costs nothing
 * @param maybePaid      those of the rest whose content may have been charged before, and isn't sent
 * @param toClean        what is left: what the batch pays for
 * @param plan           what the batch sends: what is to clean, and what is already paid
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
        Cost alreadyPaid,
        List<Planned> maybePaid,
        Cost toClean,
        List<Planned> plan,
        List<Reject> rejects,
        List<String> folderLinks,
        int others) {

    /** Whether nothing is left that isn't clean after the batch. */
    boolean cleansAll() {
        return rejects.isEmpty() && maybePaid.isEmpty();
    }

    /** What it costs to pay for all that may have been charged. */
    Cost toPayAgain() {
        return maybePaid.stream().map(Planned::cost).reduce(Cost.NONE, Cost::plus);
    }

    /** What a route pays that doesn't know duplicates. */
    Cost toCleanWithDuplicates() {
        return toClean.plus(duplicates);
    }
}
