package io.github.cameldewatermark.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.DefaultClassResolver;

/**
 * Each context asks for dozens of files that name a service, most of which aren't there, and each time all of the 200 jars of the
 * tests are searched: a third of the processor time of a context that does little else than start and stop.
 */
final class OneSearchPerService extends DefaultClassResolver {

    private static final String SERVICES = "META-INF/services/org/apache/camel/";

    private static final Map<String, Optional<byte[]>> FOUND = new ConcurrentHashMap<>();

    OneSearchPerService(CamelContext context) {
        super(context);
    }

    @Override
    public InputStream loadResourceAsStream(String uri) {
        if (!uri.startsWith(SERVICES)) {
            return super.loadResourceAsStream(uri);
        }
        return FOUND.computeIfAbsent(uri, this::search)
                .map(ByteArrayInputStream::new)
                .orElse(null);
    }

    private Optional<byte[]> search(String uri) {
        try (InputStream found = super.loadResourceAsStream(uri)) {
            return found == null ? Optional.empty() : Optional.of(found.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
