package io.github.cameldewatermark.file;

import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names that have been given to exchanges under way, which may not have used them yet. */
final class GivenNames {

    private static final Logger LOG = LoggerFactory.getLogger(GivenNames.class);

    /** After so many, looking for a number would take long, and end never if a server claims to have every name. */
    private static final int NUMBERS = 99;

    private final Map<String, String> owners = new ConcurrentHashMap<>();

    /**
     * Gives an exchange a name that is free in a place, until the exchange is done. If it asks again, it gets the same one:
     * what has that name by then is of the exchange itself.
     */
    String give(Exchange exchange, String place, String name, Predicate<String> isFree) {
        String property = "CamelDewatermarkName " + place + " " + name;
        String given = exchange.getProperty(property, String.class);
        if (given == null) {
            given = firstFree(place, name, candidate -> take(exchange, place + " " + candidate, candidate, isFree));
            exchange.setProperty(property, given);
        }
        return given;
    }

    private boolean take(Exchange exchange, String key, String name, Predicate<String> isFree) {
        if (owners.putIfAbsent(key, exchange.getExchangeId()) != null) {
            return false;
        }
        boolean free = false;
        try {
            free = isFree.test(name);
        } finally {
            if (free) {
                exchange.getExchangeExtension().addOnCompletion(new TakeBack(key));
            } else {
                owners.remove(key);
            }
        }
        return free;
    }

    /**
     * Returns the first of {@code photo.jpg}, {@code photo-2.jpg} and so on that is free, and logs if it is not the first. If
     * many numbers are taken, it returns one like {@code photo-1f0e9a3b.jpg} without a look. So there always is a name, as
     * whatever has been paid for needs one.
     */
    static String firstFree(String place, String name, Predicate<String> isFree) {
        String free = name;
        for (int n = 2; n <= NUMBERS + 1 && !isFree.test(free); n++) {
            free = n > NUMBERS
                    ? with(
                            name,
                            HexFormat.of()
                                    .toHexDigits(ThreadLocalRandom.current().nextInt()))
                    : with(name, String.valueOf(n));
        }
        if (!free.equals(name)) {
            LOG.info("{} already has another {}: this one becomes {}", place, name, free);
        }
        return free;
    }

    private static String with(String name, String number) {
        int dot = name.lastIndexOf('.');
        int end = dot > name.lastIndexOf('/') + 1 ? dot : name.length();
        return name.substring(0, end) + "-" + number + name.substring(end);
    }

    private final class TakeBack extends SynchronizationAdapter {
        private final String key;

        TakeBack(String key) {
            this.key = key;
        }

        @Override
        public void onDone(Exchange exchange) {
            owners.remove(key);
        }
    }
}
