package io.github.cameldewatermark.file;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names that have been given to exchanges under way, which may not have used them yet. */
final class GivenNames {

    private static final Logger LOG = LoggerFactory.getLogger(GivenNames.class);

    /** So that a server that claims to have every name doesn't keep a thread for ever. */
    private static final int MAX = 9999;

    private final Map<String, String> owners = new ConcurrentHashMap<>();

    /**
     * Gives an exchange a name that is free in a place, until the exchange is done. If it asks again, it gets the same one:
     * what has that name by then is of the exchange itself.
     */
    String give(Exchange exchange, String place, String name, Predicate<String> isFree) {
        String id = exchange.getExchangeId();
        return firstFree(place, name, candidate -> {
            String key = place + " " + candidate;
            String owner = owners.putIfAbsent(key, id);
            if (owner != null) {
                return owner.equals(id);
            }
            boolean free = false;
            try {
                free = isFree.test(candidate);
            } finally {
                if (free) {
                    exchange.getExchangeExtension().addOnCompletion(new TakeBack(key));
                } else {
                    owners.remove(key);
                }
            }
            return free;
        });
    }

    /** Returns the first of {@code photo.jpg}, {@code photo-2.jpg} and so on that is free, and logs if it is not the first. */
    static String firstFree(String place, String name, Predicate<String> isFree) {
        String free = name;
        for (int n = 2; !isFree.test(free); n++) {
            if (n > MAX) {
                throw new IllegalStateException(place + " already has " + name + " and " + MAX + " names like it");
            }
            free = numbered(name, n);
        }
        if (!free.equals(name)) {
            LOG.info("{} already has another {}: this one becomes {}", place, name, free);
        }
        return free;
    }

    private static String numbered(String name, int n) {
        int dot = name.lastIndexOf('.');
        int end = dot > name.lastIndexOf('/') + 1 ? dot : name.length();
        return name.substring(0, end) + "-" + n + name.substring(end);
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
