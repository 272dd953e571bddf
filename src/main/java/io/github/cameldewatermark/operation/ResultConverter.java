package io.github.cameldewatermark.operation;

import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;

/** A result as an array, made at once: its length is known. */
public final class ResultConverter {

    private ResultConverter() {}

    public static void addTo(TypeConverterRegistry registry) {
        registry.addTypeConverter(
                byte[].class, SpooledBody.class, new SimpleTypeConverter(false, (type, exchange, body) -> {
                    return ((SpooledBody) body).toBytes();
                }));
    }
}
