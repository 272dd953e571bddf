package com.example;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.KeyNotFoundException;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.options.ListContainerOptions;
import org.jclouds.http.HttpResponse;
import org.jclouds.http.HttpResponseException;
import org.jclouds.rest.AuthorizationException;

/** What goes wrong in a {@link LocalS3}: calls that are refused, or that something else comes just before. */
final class S3Trouble implements InvocationHandler {

    static final int FOR_EVER = Integer.MAX_VALUE;

    /** In UTF-8, as in the S3 of Amazon. */
    static final int LONGEST_KEY = 1024;

    /** The key of a copy is that of the original. */
    enum Call {
        GET,
        PUT,
        COPY,
        DELETE
    }

    private static final Map<String, Call> CALLS =
            Map.of("getBlob", Call.GET, "putBlob", Call.PUT, "copyBlob", Call.COPY, "removeBlob", Call.DELETE);

    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> unlisted = new ConcurrentHashMap<>();
    private final BlobStore store;

    private S3Trouble(BlobStore store) {
        this.store = store;
    }

    static S3Trouble around(BlobStore store) {
        return new S3Trouble(store);
    }

    BlobStore troubled() {
        return (BlobStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {BlobStore.class}, this);
    }

    /** Answers these calls with a status such as 403, 404 or 503. The client of Amazon itself repeats what gets a 5xx. */
    Rule refuse(Call call, Predicate<String> key, int status, int times) {
        return add(new Rule(call, key, new AtomicInteger(times), (bucket, name) -> {
            throw failure(bucket, name, status);
        }));
    }

    Rule refuse(Call call, String key, int status) {
        return refuse(call, key::equals, status, FOR_EVER);
    }

    /** Does something right before the first such call, which then goes on. */
    Rule before(Call call, Predicate<String> key, Runnable what) {
        return add(new Rule(call, key, new AtomicInteger(1), (bucket, name) -> what.run()));
    }

    /** Answers a request for a list of what is under a prefix with a status. */
    void refuseListing(String prefix, int status) {
        unlisted.put(prefix, status);
    }

    /** All is well again, except that keys can't be too long. */
    void end() {
        rules.clear();
        unlisted.clear();
    }

    private Rule add(Rule rule) {
        rules.add(rule);
        return rule;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
        Call call = CALLS.get(method.getName());
        if (call != null) {
            String key = args[1] instanceof Blob blob ? blob.getMetadata().getName() : (String) args[1];
            for (Rule rule : rules) {
                rule.apply(call, (String) args[0], key);
            }
            checkLength(call == Call.COPY ? (String) args[3] : key);
        }
        if (method.getName().equals("list")
                && args.length == 2
                && args[1] instanceof ListContainerOptions options
                && options.getPrefix() != null
                && unlisted.containsKey(options.getPrefix())) {
            throw failure((String) args[0], options.getPrefix(), unlisted.get(options.getPrefix()));
        }
        try {
            return method.invoke(store, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Answered with 400. */
    private static void checkLength(String key) {
        if (StrangeNames.bytes(key) > LONGEST_KEY) {
            throw new IllegalArgumentException("Your key is too long");
        }
    }

    private static RuntimeException failure(String bucket, String key, int status) {
        return switch (status) {
            case 403 -> new AuthorizationException("refused");
            case 404 -> new KeyNotFoundException(bucket, key, "it isn't here");
            default ->
                new HttpResponseException(
                        "trouble",
                        null,
                        HttpResponse.builder().statusCode(status).build());
        };
    }

    private interface What {
        void happens(String bucket, String key);
    }

    /** One kind of trouble, and how often it happened. */
    static final class Rule {
        private final Call call;
        private final Predicate<String> key;
        private final AtomicInteger left;
        private final What what;
        private final AtomicInteger happened = new AtomicInteger();

        private Rule(Call call, Predicate<String> key, AtomicInteger left, What what) {
            this.call = call;
            this.key = key;
            this.left = left;
            this.what = what;
        }

        int happened() {
            return happened.get();
        }

        private void apply(Call call, String bucket, String key) {
            if (this.call == call && this.key.test(key) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                happened.incrementAndGet();
                what.happens(bucket, key);
            }
        }
    }
}
