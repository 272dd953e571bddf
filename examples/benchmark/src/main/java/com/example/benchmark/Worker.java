package com.example.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The process of a contender: takes tasks as lines, and answers each with a line of JSON. */
final class Worker {

    /** Before each answer; whatever else is printed is none. */
    static final String RESULT = "RESULT ";

    private Worker() {}

    /** @param args the contender, the address of the server, a folder for files */
    public static void main(String[] args) throws Exception {
        BufferedReader tasks = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        ObjectMapper json = new ObjectMapper();
        try (Contender contender = ContenderKind.valueOf(args[0]).start(args[1], Path.of(args[2]))) {
            for (String line = tasks.readLine(); line != null; line = tasks.readLine()) {
                System.out.println(RESULT + json.writeValueAsString(measure(contender, Task.of(line))));
            }
        }
        System.exit(0); // whatever threads a client has left
    }

    private static Measurement measure(Contender contender, Task task) throws Exception {
        contender.prepare(task);
        Meter meter = Meter.start();
        contender.run(task);
        Measurement measurement = meter.stop(task.count());
        Contender.Outcome outcome = contender.outcome(task);
        return outcome.result() == null
                ? measurement.with(outcome.bytes(), null, false)
                : measurement.with(
                        outcome.bytes(),
                        sha256(Pictures.withoutExif(outcome.result())),
                        Pictures.hasExif(outcome.result()));
    }

    static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
