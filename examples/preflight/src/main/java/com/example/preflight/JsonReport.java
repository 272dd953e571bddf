package com.example.preflight;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.math.BigDecimal;

/** An estimate for programs: the same as the table says. */
final class JsonReport {

    private static final ObjectWriter WRITER =
            new ObjectMapper().writerWithDefaultPrettyPrinter().with(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

    private final PrintWriter out;

    JsonReport(PrintWriter out) {
        this.out = out;
    }

    /** @param balance the credits at hand, or {@code null} */
    void print(Estimate estimate, BigDecimal balance) throws JsonProcessingException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("pictures", cost(estimate.pictures()));
        json.set("clips", cost(estimate.clips()));
        json.set("clipsOfUnknownLength", cost(estimate.unknownClips()));
        json.set("alreadyCleaned", cost(estimate.alreadyCleaned()));
        json.set("duplicates", cost(estimate.duplicates()));
        json.set("alreadyPaid", cost(estimate.alreadyPaid()));
        json.set("maybePaid", cost(estimate.toPayAgain()));
        json.set("toCleanWithDuplicates", cost(estimate.toCleanWithDuplicates()));
        json.set("toClean", cost(estimate.toClean()));
        json.put("others", estimate.others());
        json.putPOJO("folderLinks", estimate.folderLinks());
        json.putPOJO(
                "maybePaidFiles",
                estimate.maybePaid().stream()
                        .map(planned -> planned.file().name())
                        .toList());
        json.putPOJO("rejects", estimate.rejects());
        if (balance != null) {
            BigDecimal left = balance.subtract(estimate.toClean().credits());
            json.putObject("balance")
                    .put("credits", trimmed(balance))
                    .put("left", trimmed(left))
                    .put("enough", left.signum() >= 0);
        }
        out.println(WRITER.writeValueAsString(json));
        out.flush();
    }

    private static ObjectNode cost(Cost cost) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("files", cost.files())
                .put("unknownLength", cost.unknown())
                .put("seconds", trimmed(cost.seconds()))
                .put("credits", trimmed(cost.credits()));
    }

    private static BigDecimal trimmed(BigDecimal number) {
        return number.stripTrailingZeros();
    }
}
