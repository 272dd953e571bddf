package io.github.cameldewatermark.video;

import io.github.cameldewatermark.journal.JournalText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes and reads a {@link TaskRecord} as a small text file that an operator can read. The key comes last and the file name
 * is its hash, so a file that was cut off anywhere is not mistaken for a record.
 */
final class TaskRecordFile {

    private static final Set<String> NAMES = Set.of("taskId", "name", "created", "key");
    private static final String SUFFIX = ".task";

    private TaskRecordFile() {}

    /** Returns the name of the file for a key. */
    static String name(String key) {
        return JournalText.hash(key) + SUFFIX;
    }

    /** Whether a file name has the form of the files for keys. */
    static boolean isName(String name) {
        return name.matches("[0-9a-f]{64}\\.task");
    }

    static byte[] write(TaskRecord task) {
        return """
                taskId=%s
                name=%s
                created=%s
                key=%s
                """.formatted(
                        JournalText.line(task.taskId()),
                        JournalText.line(task.name()),
                        task.created(),
                        JournalText.line(task.key()))
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Returns the record in a file.
     *
     * @param  fileName            the name of the file
     * @throws UnreadableException if the file contains no valid record
     */
    static TaskRecord read(String fileName, byte[] content) throws UnreadableException {
        try {
            Map<String, String> values = values(content);
            if (!values.keySet().containsAll(NAMES)) {
                throw new IllegalArgumentException("a line is missing");
            }
            TaskRecord task = new TaskRecord(
                    values.get("key"), values.get("taskId"), values.get("name"), Instant.parse(values.get("created")));
            if (!name(task.key()).equals(fileName)) {
                throw new UnreadableException("its key is not the one it is named by");
            }
            return task;
        } catch (CharacterCodingException | DateTimeException | IllegalArgumentException e) {
            throw new UnreadableException(content.length == 0 ? "it is empty" : "it is incomplete or was altered");
        }
    }

    private static Map<String, String> values(byte[] content) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content))
                .toString();
        Map<String, String> values = new HashMap<>();
        Stream<String> lines = text.lines().filter(line -> !line.isBlank());
        for (String line : (Iterable<String>) lines::iterator) {
            int separator = line.indexOf('=');
            if (separator < 0) {
                throw new IllegalArgumentException("no value");
            }
            values.put(line.substring(0, separator), JournalText.unescape(line.substring(separator + 1)));
        }
        return values;
    }

    /** A file contains no valid record; the message says why. */
    static final class UnreadableException extends Exception {
        UnreadableException(String reason) {
            super(reason);
        }
    }
}
