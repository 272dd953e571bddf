package io.github.cameldewatermark.video;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.cameldewatermark.video.TaskRecordFile.UnreadableException;

/**
 * Any bytes for a file of the journal: they are a record of the key by which the file is named, or none, which the journal
 * says in its log. The first line is the key.
 */
class TaskRecordFuzzTest {

    @FuzzTest
    void aFileOfTheJournalIsARecordOfItsKeyOrNone(byte[] bytes) throws UnreadableException {
        String[] parts = new String(bytes, UTF_8).split("\n", 2);
        String fileName = TaskRecordFile.name(parts[0]);
        TaskRecord task;
        try {
            task = TaskRecordFile.read(fileName, parts[parts.length - 1].getBytes(UTF_8));
        } catch (UnreadableException e) {
            return;
        }
        assertThat(task.key()).isEqualTo(parts[0]);
        assertThat(TaskRecordFile.read(fileName, TaskRecordFile.write(task))).isEqualTo(task);
    }
}
