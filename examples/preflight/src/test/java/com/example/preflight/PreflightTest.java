package com.example.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PreflightTest {

    @TempDir
    Path temp;

    private Path folder;
    private String out;
    private String notes;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temp.resolve("folder"));
    }

    @Test
    void theTableSaysWhatThereIsAndWhatItCosts() throws IOException {
        Samples.mixedFolder(folder);

        assertEquals(1, preflight());

        assertLine("pictures", "8", "8");
        assertLine("clips", "3", "15.75", "3.15");
        assertLine("already cleaned", "0", "0");
        assertLine("duplicates", "4", "6.2", "4.24");
        assertLine("to clean with duplicates", "11", "15.75", "11.15");
        assertLine("to clean", "7", "9.55", "6.91");
        assertFalse(out.contains("unknown length"), out);
        assertTrue(out.contains("Other files, left alone: 1"), out);
        assertEquals("17 of 17 files checked\n11 of 11 files compared\n", notes.replace("\r", ""));
    }

    @Test
    void everyRejectHasTheReasonThatARouteWouldGive() throws IOException {
        Samples.mixedFolder(folder);

        preflight();

        assertTrue(out.contains("Can't be cleaned, and cost nothing: 6"), out);
        assertTrue(out.contains("rejects/text.jpg is a text; put a picture in its place"), out);
        assertTrue(out.contains("rejects/page.png is an HTML page; perhaps an error page"), out);
        assertTrue(out.contains("rejects/empty.jpg is empty."), out);
        assertTrue(out.contains("rejects/empty.mp4 is empty."), out);
        assertTrue(out.contains("rejects/cut.jpg is a JPEG that was cut short"), out);
        assertTrue(out.contains("rejects/cut.png is a PNG that was cut short"), out);
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        Samples.mixedFolder(folder);

        assertEquals(1, preflight("--json", "--balance", "10"));

        JsonNode json = new ObjectMapper().readTree(out);
        assertEquals(8, json.at("/pictures/files").asInt());
        assertEquals(15.75, json.at("/clips/seconds").asDouble());
        assertEquals(11.15, json.at("/toCleanWithDuplicates/credits").asDouble());
        assertEquals(6.91, json.at("/toClean/credits").asDouble());
        assertEquals(6, json.at("/rejects").size());
        assertEquals("rejects/cut.jpg", json.at("/rejects/0/name").asText());
        assertEquals(3.09, json.at("/balance/left").asDouble());
        assertTrue(json.at("/balance/enough").asBoolean());
    }

    @Test
    void roundNumbersAreWrittenInFull() throws IOException {
        for (int i = 0; i < 10; i++) {
            Samples.write(folder.resolve(i + ".jpg"), Samples.jpeg(20, 20, i * 20));
        }

        assertEquals(0, preflight("--json"));

        assertTrue(out.contains("\"credits\" : 10\n"), out);
    }

    @Test
    void aBalanceThatIsTooSmallHasAnExitCodeOfItsOwn() throws IOException {
        Samples.mixedFolder(folder);

        assertEquals(3, preflight("--balance", "6.9"));
        assertTrue(out.contains("Balance 6.9: too small by 0.01"), out);

        assertEquals(1, preflight("--balance", "6.91"));
        assertTrue(out.contains("Balance 6.91: enough, leaves 0"), out);
    }

    @Test
    void clipsOfUnknownLengthAreCountedApart() throws IOException {
        Samples.write(folder.resolve("known.mp4"), Samples.mp4(2));
        Samples.write(folder.resolve("live.mp4"), Samples.mp4(0));
        Samples.write(folder.resolve("other.mkv"), new byte[] {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3});

        assertEquals(0, preflight("--balance", "5"));

        assertLine("clips", "1", "2", "0.4");
        assertLine("clips of unknown length", "2", "?", "?");
        assertLine("to clean", "3", "2", "0.4", "+", "?");
        assertTrue(out.contains("To clean are 2 clips of unknown length"), out);
        assertTrue(out.contains("enough for what is known, leaves 4.6"), out);
    }

    @Test
    void pricesCanBeOthers() throws IOException {
        Samples.write(folder.resolve("photo.jpg"), Samples.jpeg(20, 20, 1));
        Samples.write(folder.resolve("clip.mp4"), Samples.mp4(10));

        preflight("--credits-per-picture", "1.5", "--credits-per-second", "0.5");

        assertLine("pictures", "1", "1.5");
        assertLine("clips", "1", "10", "5");
        assertLine("to clean", "2", "10", "6.5");
    }

    @Test
    void whatIsNoClipIsRejected() throws IOException {
        Samples.write(folder.resolve("page.mp4"), Samples.ascii("<html>"));

        assertEquals(1, preflight());

        assertTrue(out.contains("page.mp4 is an HTML page and no clip; get the clip itself"), out);
    }

    @Test
    void whatWasCleanedBeforeCostsNothingUnderAnyName() throws IOException {
        Samples.mixedFolder(folder);
        Path done = temp.resolve("done");
        Files.writeString(done, ContentHash.of(folder.resolve("photo-1.jpg")) + "\n" + "0".repeat(64) + "\n");

        preflight("--done", done.toString());

        assertLine("already cleaned", "3", "3");
        assertLine("duplicates", "2", "6.2", "2.24");
        assertLine("to clean", "6", "9.55", "5.91");
    }

    @Test
    void filesOfTheSameLengthAreNoDuplicates() throws IOException {
        Samples.write(folder.resolve("a.mp4"), Samples.mp4(1));
        Samples.write(folder.resolve("b.mp4"), Samples.mp4(2));

        preflight();

        assertLine("duplicates", "0", "0");
        assertLine("to clean", "2", "3", "0.6");
    }

    @Test
    void linksNeitherHangNorCountTwice() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("a/b"));
        Samples.write(deep.resolve("photo.jpg"), Samples.jpeg(20, 20, 1));
        Files.createSymbolicLink(deep.resolve("up"), folder);
        Files.createSymbolicLink(deep.resolve("self"), Path.of("self"));
        Files.createSymbolicLink(folder.resolve("linked.jpg"), deep.resolve("photo.jpg"));

        assertEquals(1, preflight());

        assertLine("pictures", "2", "2");
        assertLine("to clean", "1", "1");
        assertTrue(out.contains("Links to folders, not followed: a/b/up"), out);
        assertTrue(out.contains("a/b/self can't be read"), out);
    }

    @Test
    void aFolderThatIsALinkItselfIsWalked() throws IOException {
        Samples.write(folder.resolve("photo.jpg"), Samples.jpeg(20, 20, 1));
        Path link = Files.createSymbolicLink(temp.resolve("link"), folder);
        folder = link;

        assertEquals(0, preflight());

        assertLine("to clean", "1", "1");
    }

    @Test
    void whatCannotBeReadIsReportedAndTheRestIsCounted() throws IOException {
        Samples.write(folder.resolve("good.jpg"), Samples.jpeg(20, 20, 1));
        Samples.write(folder.resolve("closed/inside.jpg"), Samples.jpeg(20, 20, 2));
        Samples.write(folder.resolve("secret.jpg"), Samples.jpeg(20, 20, 3));
        Samples.write(folder.resolve("secret.mp4"), Samples.mp4(1));
        List<String> unreadable = List.of("closed", "secret.jpg", "secret.mp4");
        for (String name : unreadable) {
            folder.resolve(name).toFile().setReadable(false);
        }
        try {
            assumeTrue(!Files.isReadable(folder.resolve("secret.jpg")), "root reads everything");

            assertEquals(1, preflight());

            assertLine("to clean", "1", "1");
            for (String name : unreadable) {
                assertTrue(out.contains(name + " can't be read"), out);
            }
        } finally {
            unreadable.forEach(name -> folder.resolve(name).toFile().setReadable(true));
        }
    }

    @Test
    void aLinkToNowhereIsReportedAndTheRestIsCounted() throws IOException {
        Samples.write(folder.resolve("good.jpg"), Samples.jpeg(20, 20, 1));
        Files.createSymbolicLink(folder.resolve("gone.jpg"), temp.resolve("nowhere.jpg"));

        assertEquals(1, preflight());

        assertLine("to clean", "1", "1");
        assertTrue(out.contains("gone.jpg can't be read"), out);
    }

    @Test
    void whatATerminalCouldTakeForACommandIsNotPrinted() throws IOException {
        assumeTrue(folder.getFileSystem().getSeparator().equals("/"), "Windows has no such names");
        Samples.write(folder.resolve("a\u001b[2J\nb.jpg"), Samples.ascii("text"));

        preflight();

        assertTrue(out.contains("  a?[2J?b.jpg is a text"), out);
    }

    @Test
    void anEmptyFolderCostsNothing() {
        assertEquals(0, preflight());

        assertLine("to clean", "0", "0");
    }

    @Test
    void wrongUsageHasAnExitCodeOfItsOwn() throws IOException {
        assertEquals(2, preflight("--balance", "much"));
        assertEquals(2, preflight("--nonsense"));
        Path picture = temp.resolve("picture.jpg");
        Samples.write(picture, Samples.jpeg(20, 20, 1));

        assertEquals(2, preflight("--done", picture.toString()));
        assertTrue(notes.contains("it is no list of content hashes"), notes);
        assertEquals(2, preflight("--journal", temp.toString()));
        assertTrue(notes.contains("it is no journal"), notes);

        folder = picture;
        assertEquals(2, preflight());
        assertTrue(notes.contains("is no folder"), notes);
    }

    @Test
    void aListThatDoesNotExistYetIsEmpty() throws IOException {
        Samples.write(folder.resolve("photo.jpg"), Samples.jpeg(20, 20, 1));

        assertEquals(0, preflight("--done", temp.resolve("later").toString()));

        assertLine("to clean", "1", "1");
        assertTrue(notes.contains("doesn't exist (yet)"), notes);
    }

    private int preflight(String... options) {
        String[] args = new String[options.length + 1];
        args[0] = folder.toString();
        System.arraycopy(options, 0, args, 1, options.length);
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = Preflight.commandLine()
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(errors))
                .execute(args);
        out = output.toString();
        notes = errors.toString();
        return code;
    }

    /** A line of the table, however wide its columns are. */
    private void assertLine(String name, String... columns) {
        String expected = name + " " + String.join(" ", columns);
        assertTrue(out.lines().map(line -> line.trim().replaceAll(" +", " ")).anyMatch(expected::equals), out);
    }
}
