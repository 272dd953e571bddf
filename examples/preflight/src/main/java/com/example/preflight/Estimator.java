package com.example.preflight;

import io.github.cameldewatermark.client.Prices;
import io.github.cameldewatermark.clip.ClipInspector;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.file.FileKind;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.PictureInfo;
import io.github.cameldewatermark.image.pixel.ImageConverter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Works out what cleaning a folder would cost, from the files alone. */
final class Estimator {

    private static final String NOTHING_SENT = " Nothing was sent, nothing was charged.";

    private final Known known;
    private final Prices prices;
    private final Progress progress;

    Estimator(Known known, Prices prices, Progress progress) {
        this.prices = prices;
        this.known = known;
        this.progress = progress;
    }

    Estimate estimate(MediaFolder.Listing listing) {
        List<Reject> rejects = new ArrayList<>(listing.unreadable());
        List<Sendable> sendable = check(listing.files(), rejects);
        Sums sums = compare(sendable, rejects);
        rejects.sort(Comparator.comparing(Reject::name));
        return new Estimate(
                sums.pictures,
                sums.clips,
                sums.unknownClips,
                sums.alreadyCleaned,
                sums.duplicates,
                sums.alreadyPaid,
                sums.maybePaid,
                sums.toClean,
                sums.plan,
                rejects,
                listing.folderLinks(),
                listing.others());
    }

    /** A file that passed the checks. */
    private record Sendable(MediaFile file, Cost cost) {}

    private List<Sendable> check(List<MediaFile> files, List<Reject> rejects) {
        List<Sendable> sendable = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            MediaFile file = files.get(i);
            try {
                sendable.add(new Sendable(file, costOf(file)));
            } catch (DewatermarkInputException e) {
                rejects.add(new Reject(file.name(), e.getMessage().replace(NOTHING_SENT, "")));
            } catch (IOException e) {
                rejects.add(unreadable(file, e));
            }
            progress.show("checked", i + 1, files.size());
        }
        return sendable;
    }

    private Cost costOf(MediaFile file) throws IOException {
        switch (file.kind()) {
            case PICTURE:
                PictureInfo info = ImageInspector.inspect(file);
                if (!info.wellFormed()) { // only decoding it tells whether it is whole
                    new ImageConverter(file, info, ImageInspector.MAX_SIDE).decode();
                }
                return Cost.picture(prices);
            case CLIP:
                if (file.length() == 0) {
                    throw new DewatermarkInputException("video", file.name() + " is empty.");
                }
                return Cost.clip(ClipInspector.inspect(file).seconds(), prices);
            default:
                throw new IllegalArgumentException("A new kind: " + file.kind());
        }
    }

    private final class Sums {
        private final Set<String> seen = new HashSet<>();
        private final List<Planned> maybePaid = new ArrayList<>();
        private final List<Planned> plan = new ArrayList<>();
        private Cost pictures = Cost.NONE;
        private Cost clips = Cost.NONE;
        private Cost unknownClips = Cost.NONE;
        private Cost alreadyCleaned = Cost.NONE;
        private Cost duplicates = Cost.NONE;
        private Cost alreadyPaid = Cost.NONE;
        private Cost toClean = Cost.NONE;

        /** @param hash of the content, {@code null} if it is neither clean nor that of another file */
        private void add(Sendable item, String hash) throws IOException {
            if (hash != null && known.cleaned().contains(hash)) {
                alreadyCleaned = alreadyCleaned.plus(item.cost());
            } else if (hash == null || seen.add(hash)) {
                addNew(item);
            } else {
                duplicates = duplicates.plus(item.cost());
            }
        }

        private void addNew(Sendable item) throws IOException {
            Planned planned = new Planned(item.file(), item.cost(), known.paid().payment(item.file()));
            if (planned.payAgain() && !known.payAgain()) {
                maybePaid.add(planned);
                return;
            }
            plan.add(planned);
            if (planned.payment() == Payment.PAID) {
                alreadyPaid = alreadyPaid.plus(item.cost());
            } else {
                toClean = toClean.plus(item.cost());
            }
        }

        private void addKind(Sendable item) {
            if (item.file().kind() == FileKind.PICTURE) {
                pictures = pictures.plus(item.cost());
            } else if (item.cost().unknown() > 0) {
                unknownClips = unknownClips.plus(item.cost());
            } else {
                clips = clips.plus(item.cost());
            }
        }
    }

    private Sums compare(List<Sendable> sendable, List<Reject> rejects) {
        Map<Long, Long> filesByLength = sendable.stream()
                .collect(Collectors.groupingBy(item -> item.file().length(), Collectors.counting()));
        Sums sums = new Sums();
        for (int i = 0; i < sendable.size(); i++) {
            Sendable item = sendable.get(i);
            try {
                // nothing can be the same as a file of a length that no other has
                boolean unique = known.cleaned().isEmpty()
                        && filesByLength.get(item.file().length()) == 1;
                sums.add(item, unique ? null : ContentHash.of(item.file().path()));
                sums.addKind(item);
            } catch (IOException e) {
                rejects.add(unreadable(item.file(), e));
            }
            progress.show("compared", i + 1, sendable.size());
        }
        return sums;
    }

    private static Reject unreadable(MediaFile file, IOException e) {
        return new Reject(file.name(), file.name() + " can't be read (" + e + ")");
    }
}
