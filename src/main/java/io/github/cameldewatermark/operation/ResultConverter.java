package io.github.cameldewatermark.operation;

import java.io.File;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;

/**
 * Type converters for results: a {@link SpooledBody} to an array, without intermediate copies because its length is known;
 * and a {@link Move} to a path, in the types in which file producers of different Camel versions ask for it.
 */
public final class ResultConverter {

    private ResultConverter() {}

    public static void addTo(TypeConverterRegistry registry) {
        registry.addTypeConverter(
                byte[].class, SpooledBody.class, new SimpleTypeConverter(false, (type, exchange, body) -> {
                    return ((SpooledBody) body).toBytes();
                }));
        registry.addTypeConverter(
                String.class, Move.class, new SimpleTypeConverter(false, (type, exchange, move) -> ((Move) move)
                        .offer(exchange)
                        .getPath()));
        registry.addTypeConverter(
                File.class, Move.class, new SimpleTypeConverter(false, (type, exchange, move) -> ((Move) move)
                        .offer(exchange)));
    }
}
