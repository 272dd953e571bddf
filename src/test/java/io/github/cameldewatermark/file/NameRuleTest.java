package io.github.cameldewatermark.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.Security;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameRuleTest {

    /** What names are made of here: much of what could do harm, and some that couldn't. */
    private static final String[] PIECES = {
        "a",
        "photo",
        ".",
        "..",
        "/",
        "\\",
        "%",
        "%2f",
        "%252e",
        "%5C",
        "$",
        "${",
        "$simple{",
        "$SIMPLE{",
        "#{",
        "{",
        "{{",
        "}",
        "%24",
        "%7b",
        "\n",
        "\u0000",
        "\u202e",
        "\u2028",
        "\ufffd",
        " ",
        "~",
        "-",
        "東",
        "ü",
        "u\u0308",
        "🏝",
        "\ud83c",
        "x".repeat(90)
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "photo.jpg",
                "photo.v2.JPG",
                "a..b.jpg",
                "東京.jpg",
                "Bu\u0308rger.jpg",
                "👩\u200d💻.png",
                "100%.jpg",
                "50%25.jpg",
                "100%1307.jpg",
                "#7{1}$5{2}.jpg",
                "100%ABC.jpg",
                "price $5 {new} #1.jpg",
                "~tmp & more=1?.jpg",
                ".hidden.jpg"
            })
    void ordinaryNamesKeepIt(String name) {
        assertThat(NameRule.problem(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${file:name}.jpg",
                "a$simple{bean:type:X?method=y}.jpg",
                "$SIMPLE{x}.jpg",
                "#{systemProperties}.jpg",
                "{{secret}}.jpg",
                "{{{secret}}}.jpg",
                "$${x}.jpg",
                "%24%7Bx}.jpg",
                "%2524{x}.jpg",
                "$%7bx}.jpg"
            })
    void theStartOfAnExpressionBreaksIt(String name) {
        assertThat(NameRule.problem(name)).contains("it contains the start of an expression");
        assertThat(NameRule.problemOfKey("inbox/" + name)).contains("it contains the start of an expression");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "../a.jpg",
                "sub/../../a.jpg",
                "%2e%2e/a.jpg",
                "%252e%252e%252fa.jpg",
                "/etc/a.jpg",
                "a/./b"
            })
    void aPathThatLeadsOutOfItsFolderBreaksIt(String name) {
        assertThat(NameRule.problem(name)).isPresent();
        assertThat(NameRule.problemOfKey(name)).contains("it points outside its folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\b.jpg", "a%5cb.jpg"})
    void aBackslashBreaksIt(String name) {
        assertThat(NameRule.problem(name)).contains("it contains a slash or backslash");
        assertThat(NameRule.problemOfKey(name)).contains("it contains a slash or backslash");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub/a.jpg", "sub%2Fa.jpg"})
    void aSlashBreaksItInANameButNotInAKey(String name) {
        assertThat(NameRule.problem(name)).contains("it contains a slash or backslash");
        assertThat(NameRule.problemOfKey(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb.jpg", "a\u0000.jpg", "gpj.\u202ephoto.exe", "a\u2028b", "\ud83c.jpg"})
    void whatCantBePrintedBreaksIt(String name) {
        assertThat(NameRule.problem(name)).contains("it contains a character that can't be printed");
        assertThat(NameRule.printable(name)).doesNotContainPattern("[\\p{Cc}\\p{Cs}\\p{Zl}\\u202e\ufffd]");
    }

    @Test
    void whatWasReadInAnotherEncodingBreaksIt() {
        assertThat(NameRule.problem("B\ufffdrger.jpg"))
                .contains("its character encoding differs from that of this process or server");
    }

    @Test
    void blankNamesBreakIt() {
        assertThat(NameRule.problem("")).contains("it is blank");
        assertThat(NameRule.problem(" \u3000")).contains("it is blank");
    }

    @Test
    void bytesCountAndNotCharacters() {
        assertThat(NameRule.problem("x".repeat(NameRule.MAX_NAME))).isEmpty();
        assertThat(NameRule.problem("x".repeat(NameRule.MAX_NAME + 1))).contains("it has 234 bytes, more than 233");
        assertThat(NameRule.problem("長".repeat(77))).isEmpty();
        assertThat(NameRule.problem("長".repeat(78))).contains("it has 234 bytes, more than 233");
        assertThat(NameRule.problemOfKey("x/".repeat(500))).isEmpty();
        assertThat(NameRule.problemOfKey("x/".repeat(500) + "x")).contains("it has 1001 bytes, more than 1000");
        assertThat(NameRule.problemOfKey("inbox/" + "x".repeat(234)))
                .contains("a part of it is 234 bytes long, more than 233");
        assertThat(NameRule.harmlessKey("inbox/photo.jpg")).isEqualTo("inbox/photo.jpg");
        assertThat(NameRule.harmlessKey("inbox/${a}.jpg")).isEqualTo(NameRule.safe("inbox/${a}.jpg"));
    }

    @Test
    void allNamesThatARouteMakesOfOneFitIntoAFileSystem() {
        String name = "x".repeat(NameRule.MAX_NAME);

        assertThat(".writing-" + name + "-12345678.jpg").hasSizeLessThanOrEqualTo(255);
        assertThat(name + ".inprogress").hasSizeLessThanOrEqualTo(255);
        assertThat(name + ".jpg-12345678.txt").hasSizeLessThanOrEqualTo(255);
    }

    @Test
    void aSafeNameKeepsTheRuleWhateverItIsMadeOf() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String name = randomName(random);
            String safe = NameRule.safe(name);

            assertThat(NameRule.problem(safe)).as("%s of seed %d", safe, seed).isEmpty();
            assertThat(safe).as("seed %d", seed).doesNotStartWith(".").doesNotContain("/", "..");
            assertThat(safe.getBytes(StandardCharsets.UTF_8))
                    .as("seed %d", seed)
                    .hasSizeLessThanOrEqualTo(120);
        }
    }

    @Test
    void aSafeNameKeepsItsExtensionAndIsDifferentForEachName() {
        assertThat(NameRule.safe("${a}.jpg")).matches("__a_~[0-9a-f]{8}\\.jpg");
        assertThat(NameRule.safe("inbox/a.jpg")).startsWith("inbox_a~").isNotEqualTo(NameRule.safe("inbox\\a.jpg"));
        assertThat(NameRule.safe("長".repeat(85) + ".png")).matches("長+~[0-9a-f]{8}\\.png");
        assertThat(NameRule.safe("a\nb")).matches("a_b~[0-9a-f]{8}");
    }

    @Test
    void aSafeNameNeedsNoMd5WhichAJavaInFipsModeDoesntHave() {
        Provider usual = Security.getProvider("SUN");
        Security.removeProvider(usual.getName());
        Security.insertProviderAt(new OnlySha256(), 1);
        try {
            assertThat(NameRule.safe("${a}.jpg")).matches("__a_~[0-9a-f]{8}\\.jpg");
        } finally {
            Security.removeProvider(OnlySha256.NAME);
            Security.insertProviderAt(usual, 1);
        }
    }

    @Test
    void onlyLongNamesAreShortened() {
        assertThat(NameRule.shortened("photo.jpg")).isEqualTo("photo.jpg");
        assertThat(NameRule.shortened("x".repeat(120))).hasSize(120);
        assertThat(NameRule.shortened("x".repeat(121) + ".jpg"))
                .matches("x+~[0-9a-f]{8}\\.jpg")
                .hasSize(120);
    }

    private static String randomName(Random random) {
        StringBuilder name = new StringBuilder();
        for (int n = 1 + random.nextInt(8); n > 0; n--) {
            name.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return name + (random.nextBoolean() ? ".jpg" : "");
    }

    private static final class OnlySha256 extends Provider {
        private static final long serialVersionUID = 1L;
        private static final String NAME = "only-sha-256";

        OnlySha256() {
            super(NAME, "1", "");
            put("MessageDigest.SHA-256", "sun.security.provider.SHA2$SHA256");
        }
    }
}
