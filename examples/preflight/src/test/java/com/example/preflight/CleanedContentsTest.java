package com.example.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanedContentsTest {

    private static final String ONE = "1".repeat(64);
    private static final String TWO = "2".repeat(64);
    private static final String THREE = "3".repeat(64);

    @TempDir
    Path temp;

    @Test
    void whatAPowerCutHasLeftOfALineIsNoContent() throws IOException {
        Path file = temp.resolve("new/cleaned");
        CleanedContents list = new CleanedContents(file);
        list.add(ONE);
        list.add(TWO);
        Files.writeString(file, Files.readString(file).substring(0, 100));

        assertEquals(Set.of(ONE), list.read());
        list.add(THREE);
        assertEquals(Set.of(ONE, THREE), list.read());
    }

    @Test
    void anotherFileIsNoList() throws IOException {
        Path file = Files.writeString(temp.resolve("notes"), ONE + "\nsomething else\n");

        assertThrows(IOException.class, new CleanedContents(file)::read);
    }
}
