package io.github.cameldewatermark.file;

import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names that are reserved for exchanges under way, which may not have used them yet. */
final class ReservedNames {

    private static final Logger LOG = LoggerFactory.getLogger(ReservedNames.class);

    /** After so many, looking for a number would take long, and end never if a server claims to have every name. */
    private static final int NUMBERS = 99;

    private final Set<String> taken = ConcurrentHashMap.newKeySet();

    /**
     * Reserves a name that is free in a place for an exchange, until the exchange is done. If it asks again, it gets the same one:
     * what has that name by then is of the exchange itself.
     */
    String reserve(Exchange exchange, String place, String name, Predicate<String> isFree) {
        String property = "CamelDewatermarkName " + place + " " + name;
        String reserved = exchange.getProperty(property, String.class);
        if (reserved == null) {
            reserved = firstFree(place, name, candidate -> take(exchange, place + " " + candidate, candidate, isFree));
            exchange.setProperty(property, reserved);
        }
        return reserved;
    }

    private boolean take(Exchange exchange, String key, String name, Predicate<String> isFree) {
        if (!taken.add(key)) {
            return false;
        }
        boolean free = false;
        try {
            free = isFree.test(name);
        } finally {
            if (!free) {
                taken.remove(key);
            }
        }
        if (free) {
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    taken.remove(key);
                }
            });
        }
        return free;
    }

    /**
     * Returns the first of {@code photo.jpg}, {@code photo-2.jpg} and so on that is free, and logs if it is not the first. If
     * many numbers are taken, it returns one like {@code photo-1f0e9a3b.jpg} without a look. So there always is a name, as
     * whatever has been paid for needs one.
     */
    static String firstFree(String place, String name, Predicate<String> isFree) {
        String free = IntStream.rangeClosed(1, NUMBERS)
                .mapToObj(n -> n == 1 ? name : with(name, String.valueOf(n)))
                .filter(isFree)
                .findFirst()
                .orElseGet(() -> with(
                        name,
                        HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt())));
        if (!free.equals(name)) {
            LOG.info("{} already has a different {}: this one is named {}", place, name, free);
        }
        return free;
    }

    private static String with(String name, String number) {
        int dot = name.lastIndexOf('.');
        int end = dot > name.lastIndexOf('/') + 1 ? dot : name.length();
        return name.substring(0, end) + "-" + number + name.substring(end);
    }
}
