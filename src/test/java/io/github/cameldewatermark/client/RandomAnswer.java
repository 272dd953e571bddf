package io.github.cameldewatermark.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Answers to an erase call as any JSON writer might put them. */
final class RandomAnswer {

    private static final String[] TEXTS = {
        "",
        "a",
        "s-1",
        "päß",
        "漢字",
        "😀🏊",
        "a\"b",
        "back\\slash",
        "/",
        "tab\tline\nreturn\r",
        "\b\f",
        "}",
        "]{\"",
        "null",
        "'"
    };

    private final Random random;
    private final boolean pretty;

    RandomAnswer(Random random) {
        this.random = random;
        this.pretty = random.nextBoolean();
    }

    /** @param pictureSize about how many bytes the picture has */
    String json(int pictureSize) {
        List<String> edited = new ArrayList<>();
        edited.add(member("image", picture(1 + random.nextInt(pictureSize))));
        maybe(edited, "image_id", value(text()));
        maybe(edited, "mask", picture(random.nextInt(50)));
        maybe(edited, "watermark_mask", picture(random.nextInt(50)));
        strangers(edited);
        List<String> answer = new ArrayList<>();
        answer.add(member("edited_image", object(edited)));
        maybe(answer, "session_id", value(text()));
        maybe(answer, "event_id", value(text()));
        strangers(answer);
        return space() + object(answer);
    }

    private void maybe(List<String> members, String name, String value) {
        switch (random.nextInt(5)) {
            case 0 -> {} // absent
            case 1 -> members.add(member(name, name.endsWith("mask") ? array(2) : any(2)));
            default -> members.add(member(name, value));
        }
    }

    private void strangers(List<String> members) {
        for (int i = random.nextInt(4); i > 0; i--) {
            // numbered, as names that come twice mean nothing
            members.add(member("x" + members.size() + TEXTS[random.nextInt(TEXTS.length)], any(4)));
        }
    }

    private String any(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> "null";
            case 1 -> "true";
            case 2 -> "false";
            case 3 -> Integer.toString(random.nextInt());
            case 4 -> Double.toString(random.nextGaussian() * 1e10);
            case 5 -> "0";
            case 6 -> value(text());
            case 7 -> array(depth - 1);
            default -> {
                List<String> members = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    // the names of the answer mean nothing here
                    members.add(member(i == 1 ? "session_id" : "n" + i, any(depth - 1)));
                }
                yield object(members);
            }
        };
    }

    private String array(int depth) {
        StringBuilder array = new StringBuilder("[");
        for (int i = random.nextInt(4); i > 0; i--) {
            array.append(space()).append(any(depth)).append(space()).append(i > 1 ? "," : "");
        }
        return array.append(array.length() == 1 ? space() : "").append("]").toString();
    }

    private String object(List<String> members) {
        Collections.shuffle(members, random);
        return "{" + space() + String.join("," + space(), members) + space() + "}";
    }

    private String member(String name, String value) {
        return value(name) + space() + ":" + space() + value + space();
    }

    private String picture(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        String text = TestApi.base64(bytes);
        if (random.nextInt(4) == 0) {
            text = text.replaceAll("(.{76})", "$1\r\n").strip();
        }
        return value(text);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(TEXTS[random.nextInt(TEXTS.length)]);
        }
        return text.toString();
    }

    /** A string, with the escapes it needs and some that it doesn't. */
    private String value(String text) {
        StringBuilder json = new StringBuilder("\"");
        boolean eager = random.nextInt(3) == 0;
        for (char c : text.toCharArray()) {
            if (eager && random.nextInt(4) == 0 || Character.isSurrogate(c) && eager) {
                json.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
            } else {
                json.append(
                        switch (c) {
                            case '"' -> "\\\"";
                            case '\\' -> "\\\\";
                            case '\n' -> "\\n";
                            case '\r' -> "\\r";
                            case '\t' -> "\\t";
                            case '\b' -> "\\b";
                            case '\f' -> "\\f";
                            case '/' -> eager ? "\\/" : "/";
                            default -> String.valueOf(c);
                        });
            }
        }
        return json.append('"').toString();
    }

    private String space() {
        return pretty ? " \n\r\t ".substring(random.nextInt(3), 3 + random.nextInt(2)) : "";
    }
}
