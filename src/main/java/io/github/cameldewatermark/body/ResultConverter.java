package io.github.cameldewatermark.body;

import java.io.File;
import org.apache.camel.TypeConverter;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;

/**
 * Type converters for results: a {@link SpooledBody} to an array, without intermediate copies because its length is known;
 * and a {@link Move} to a path, in the types in which file producers of different Camel versions ask for it.
 */
public final class ResultConverter {

    private ResultConverter() {}

    public static void addTo(TypeConverterRegistry registry) {
        TypeConverter bytes = new SimpleTypeConverter(false, (type, exchange, body) -> ((SpooledBody) body).toBytes());
        registry.addTypeConverter(byte[].class, SpooledBody.class, bytes);
        registry.addTypeConverter(
                byte[].class, ResultFile.class, bytes); // Camel looks for its interfaces before its superclass
        registry.addTypeConverter(
                String.class, Move.class, new SimpleTypeConverter(false, (type, exchange, move) -> ((Move) move)
                        .offer(exchange)
                        .getPath()));
        registry.addTypeConverter(
                File.class, Move.class, new SimpleTypeConverter(false, (type, exchange, move) -> ((Move) move)
                        .offer(exchange)));
    }
}
