package io.github.cameldewatermark.file;

import java.io.File;
import java.nio.file.Path;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.file.FileConstants;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.util.FileUtil;
import org.apache.camel.util.URISupport;

/**
 * A bean for the names that routes give to files: {@code photo.jpg} or, if other bytes have that name already, {@code
 * photo-2.jpg}, which is logged. So no result and no original is overwritten. The same bytes are written over: they are from a
 * delivery that is repeated after a crash.
 *
 * <p>For folders, FTP and SFTP servers; for S3 see {@link S3Bucket}. A temp name is made of the name that was given, as in {@code
 * tempFileName=.writing-${exchangeProperty.CamelDewatermarkFreeName}}, and not by {@code tempPrefix}, which takes the name that was
 * asked for: two files under way could have the same. The names that are given to exchanges under way are
 * remembered in the bean, so all steps that write to a folder must use the same bean.
 */
public class FreeName {

    /**
     * The exchange property for the name, without its folder, that was given last. It isn't in the header, because a bean in an
     * expression gets a copy of the exchange, of which only properties are kept.
     */
    private static final String GIVEN = "CamelDewatermarkFreeName";

    /** The exchange property for the name under which a failed file is kept, with all that belongs to it. */
    private static final String KEPT = "CamelDewatermarkKeptName";

    private static final String FAILED = "CamelDewatermarkFailed";

    private final ReservedNames reserved = new ReservedNames();

    /**
     * For {@code fileName} of a file, FTP or SFTP producer: the name of the message, or a free one in the folder that the
     * producer writes to. An exchange gets the same name when it asks again.
     *
     * @return the name; if it can't be found out, as when a server is away, an object that isn't one and fails the producer
     */
    public Object result(Exchange exchange) {
        GenericFileEndpoint<?> target = target(exchange);
        String directory = target.getConfiguration().getDirectory();
        try (Folder folder = target instanceof FileEndpoint
                ? new Folder.Local(Path.of(directory), Bytes.ofBody(exchange))
                : RemoteFolder.open(target, directory, exchange)) {
            return give(exchange, folder, name(exchange));
        } catch (RuntimeException e) {
            return new NoName(e);
        }
    }

    /**
     * For {@code fileName} of a file producer that keeps what couldn't be delivered. Long names are shortened, so that a name
     * that was too long elsewhere doesn't fail here, too.
     *
     * @param folder where the producer writes to: its path beside the folder of the consumer, such as {@code failed/clean}
     */
    public String rescued(Exchange exchange, String folder) {
        Folder local = new Folder.Local(Path.of(directory(file(exchange), "../" + folder)), Bytes.ofBody(exchange));
        return give(exchange, local, NameRule.shortened(FileUtil.stripPath(name(exchange))));
    }

    /**
     * For {@code move} of a file, FTP or SFTP consumer: a free name for the original in a folder.
     *
     * @param folder a folder in that of the consumer, such as {@code .done}
     */
    public String original(Exchange exchange, String folder) {
        GenericFile<?> file = file(exchange);
        return folder + "/" + free(folderOf(exchange, file, folder), file.getFileNameOnly());
    }

    /**
     * For {@code move} of a consumer whose route handles failures: that of {@link #original}, or, once the route has asked for
     * the name that is {@link #kept}, that one.
     *
     * @param folder a folder in that of the consumer, such as {@code .done}
     * @param failed a folder beside that of the consumer, such as {@code failed}
     */
    public String moved(Exchange exchange, String folder, String failed) {
        return exchange.getProperty(FAILED, false, Boolean.class)
                ? "../" + failed + "/" + kept(exchange, failed)
                : original(exchange, folder);
    }

    /**
     * For {@code moveFailed}, and for what is kept beside the failed file: a name that is free in a folder for the original. It
     * is short, and the same each time an exchange asks.
     *
     * @param folder the folder for the original: its path beside the folder of the consumer, such as {@code failed}
     */
    public String kept(Exchange exchange, String folder) {
        exchange.setProperty(FAILED, true);
        GenericFile<?> file = file(exchange);
        // of this file, as a mask that was read beside a picture belongs to the same exchange
        String property = KEPT + file.getAbsoluteFilePath();
        String kept = exchange.getProperty(property, String.class);
        if (kept == null) {
            kept = free(folderOf(exchange, file, "../" + folder), NameRule.shortened(file.getFileNameOnly()));
            exchange.setProperty(property, kept);
        }
        return kept;
    }

    private String give(Exchange exchange, Folder folder, String wanted) {
        String name = reserved.reserve(exchange, folder.toString(), wanted, folder::isFree);
        exchange.setProperty(GIVEN, FileUtil.stripPath(name));
        return name;
    }

    private static String free(Folder open, String name) {
        try (Folder folder = open) {
            return ReservedNames.firstFree(folder.toString(), name, folder::isFree);
        }
    }

    private static GenericFileEndpoint<?> target(Exchange exchange) {
        String uri = exchange.getProperty(ExchangePropertyKey.TO_ENDPOINT, String.class);
        if (exchange.getContext().hasEndpoint(uri) instanceof GenericFileEndpoint<?> files) {
            return files;
        }
        // 4.22 leaves passwords out of the property
        String sanitized = URISupport.sanitizeUri(uri);
        for (Endpoint endpoint : exchange.getContext().getEndpoints()) {
            if (endpoint instanceof GenericFileEndpoint<?> files
                    && URISupport.sanitizeUri(files.getEndpointUri()).equals(sanitized)) {
                return files;
            }
        }
        throw new IllegalArgumentException(
                "Only a file, FTP or SFTP endpoint can ask for a free name, not " + sanitized);
    }

    private static GenericFile<?> file(Exchange exchange) {
        GenericFile<?> file = exchange.getProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE, GenericFile.class);
        if (file == null) {
            throw new IllegalArgumentException("The exchange has no file from a file, FTP or SFTP consumer");
        }
        return file;
    }

    private static Folder folderOf(Exchange exchange, GenericFile<?> file, String folder) {
        return file.getFile() instanceof File local
                ? Folder.Local.created(Path.of(directory(file, folder)), Bytes.of(local))
                : RemoteFolder.open(exchange.getFromEndpoint(), directory(file, folder), exchange);
    }

    private static String directory(GenericFile<?> file, String folder) {
        String start = file.getEndpointPath().isEmpty() ? "" : file.getEndpointPath() + "/";
        return FileUtil.compactPath(start + folder, '/');
    }

    private static String name(Exchange exchange) {
        String name = exchange.getMessage().getHeader(FileConstants.FILE_NAME, String.class);
        return name == null ? exchange.getExchangeId() : name;
    }

    /**
     * What a bean throws in an expression, Camel only notes in the exchange. The producer would go on, store the file under the id of
     * the exchange, and only then fail. This fails it where it asks for the name.
     */
    private record NoName(RuntimeException cause) {

        @Override
        public String toString() {
            throw cause;
        }
    }
}
