package io.github.cameldewatermark.operation.erase;

import static io.github.cameldewatermark.DewatermarkConstants.CREDITS_CHARGED;
import static io.github.cameldewatermark.DewatermarkConstants.EVENT_ID;
import static io.github.cameldewatermark.DewatermarkConstants.IMAGE_ID;
import static io.github.cameldewatermark.DewatermarkConstants.MASK_BASE;
import static io.github.cameldewatermark.DewatermarkConstants.MASK_BRUSH;
import static io.github.cameldewatermark.DewatermarkConstants.REFINEMENT;
import static io.github.cameldewatermark.DewatermarkConstants.SESSION_ID;
import static io.github.cameldewatermark.DewatermarkConstants.WATERMARK_MASK;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestPictures.brush;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.TestContext;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers of an erase call, in and out; and that none of them becomes an HTTP header. */
class EraseHeadersTest {

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.answering(jpeg(64, 48, 9));

    @AutoClose
    private final TestContext context = TestContext.at(WIRE.baseUrl());

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "file", "path", "stream"})
    void theHeaderMaskBrushMayBeOfAnyTypeOfABodyAndBeatsTheOption(String type, @TempDir Path folder) throws Exception {
        byte[] brush = brush(20);
        Path file = Files.write(folder.resolve("brush.png"), brush);
        Object header =
                switch (type) {
                    case "bytes" -> brush;
                    case "file" -> file.toFile();
                    case "path" -> file;
                    default -> new ByteArrayInputStream(brush);
                };
        context.bind("other", brush(64, 48)).start("dewatermark:erase?maskBrush=ref:other");

        body(context.send(jpeg(), Map.of(MASK_BRUSH, header)));

        assertThat(WIRE.parts()).containsEntry("mask_brush", brush);
    }

    @Test
    void aMaskBrushThatIsAStringIsRefused(@TempDir Path folder) throws Exception {
        String path = Files.write(folder.resolve("brush.png"), brush()).toString();

        assertRefused(Map.of(MASK_BRUSH, path), "CamelDewatermarkMaskBrush is a String");
    }

    @Test
    void aMaskBrushThatIsNoPictureIsRefused() throws Exception {
        assertRefused(
                Map.of(MASK_BRUSH, "%PDF-1.7 and so on".getBytes(StandardCharsets.US_ASCII)),
                "CamelDewatermarkMaskBrush is a");
    }

    @Test
    void anEmptyMaskBrushIsRefused() throws Exception {
        assertRefused(Map.of(MASK_BRUSH, new byte[0]), "CamelDewatermarkMaskBrush is empty");
    }

    @Test
    void aRefinementThatIsNoNumberIsRefused() throws Exception {
        assertRefused(Map.of(MASK_BRUSH, brush(), REFINEMENT, "second"), "CamelDewatermarkRefinement");
    }

    private void assertRefused(Map<String, Object> headers, String message) throws Exception {
        DewatermarkInputException error = TestContext.failure(
                context.start("dewatermark:erase").send(jpeg(), headers), DewatermarkInputException.class);

        assertThat(error).hasMessageContaining(message).hasMessageContaining("nothing was charged");
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(WIRE.calls()).isEmpty();
    }

    @Test
    void theOutHeadersAreThoseOfTheAnswer() throws Exception {
        Exchange exchange = context.start("dewatermark:erase").send(jpeg());

        assertThat(body(exchange)).isEqualTo(jpeg(64, 48, 9));
        Message message = exchange.getMessage();
        assertThat(message.getHeader(SESSION_ID)).isEqualTo("session-1");
        assertThat(message.getHeader(IMAGE_ID)).isEqualTo("image-1");
        assertThat(message.getHeader(EVENT_ID)).isEqualTo("event-1");
        assertThat((byte[]) message.getHeader(MASK_BASE)).isEqualTo(EraseStub.mask(1));
        assertThat((byte[]) message.getHeader(WATERMARK_MASK)).isEqualTo(EraseStub.watermarkMask(1));
        assertThat(message.getHeader(CREDITS_CHARGED)).isEqualTo(BigDecimal.ONE);
        assertThat(message.getHeader(REFINEMENT)).isEqualTo(0);
    }

    @Test
    void whatTheAnswerLacksIsNotLeftFromAnEarlierCall() throws Exception {
        WIRE.answersWith(EraseStub.json("{\"edited_image\":{\"image\":\""
                + Base64.getEncoder().encodeToString(jpeg()) + "\"},\"new_field\":[1]}"));
        Map<String, Object> earlier = new HashMap<>();
        for (String header : new String[] {SESSION_ID, IMAGE_ID, EVENT_ID, WATERMARK_MASK, MASK_BASE}) {
            earlier.put(header, "earlier");
        }
        earlier.put(REFINEMENT, 3);

        Exchange exchange = context.start("dewatermark:erase").send(jpeg(), earlier);

        assertThat(body(exchange)).isEqualTo(jpeg());
        assertThat(exchange.getMessage().getHeaders())
                .doesNotContainKeys(SESSION_ID, IMAGE_ID, EVENT_ID, WATERMARK_MASK, MASK_BASE)
                .containsEntry(REFINEMENT, 0);
    }

    @Test
    void aBrushIsForOneCallOnly() throws Exception {
        Exchange exchange = context.start("dewatermark:erase").send(jpeg(), Map.of(MASK_BRUSH, brush()));

        assertThat(body(exchange)).isNotEmpty();
        assertThat(exchange.getMessage().getHeader(MASK_BRUSH)).isNull();
    }

    @Test
    void everyOtherHeaderStays() throws Exception {
        Object bean = new Object();
        Map<String, Object> headers = Map.of(
                Exchange.FILE_NAME, "sub/photo.jpg", Exchange.FILE_PATH, "/in/sub/photo.jpg", "order", 7, "bean", bean);

        Exchange exchange = context.start("dewatermark:erase").send(jpeg(), headers);

        assertThat(body(exchange)).isNotEmpty();
        assertThat(exchange.getMessage().getHeaders()).containsAllEntriesOf(headers);
    }

    @Test
    void noMessageHeaderBecomesAnHttpHeader() throws Exception {
        context.start("dewatermark:erase");
        body(context.send(jpeg()));
        Map<String, Object> nasty = new HashMap<>();
        for (String name : new String[] {
            "X-API-KEY",
            "x-Api-Key",
            "Host",
            "Authorization",
            "Cookie",
            "Content-Length",
            "Content-Type",
            "Transfer-Encoding",
            "Accept",
            "Connection",
            "Expect",
            "User-Agent",
            "X-Forwarded-For",
            "evil"
        }) {
            nasty.put(name, "nasty");
            nasty.put(name.toLowerCase(Locale.ROOT), "nasty");
        }
        nasty.put(Exchange.HTTP_URI, "http://nasty.example/");
        nasty.put("camelhttppath", "/nasty");
        nasty.put(Exchange.HTTP_PATH, "/nasty");
        nasty.put(Exchange.HTTP_QUERY, "nasty=1");
        nasty.put(Exchange.HTTP_METHOD, "DELETE");
        nasty.put("CamelDewatermarkApiKey", "nasty");
        nasty.put("CamelDewatermarkBaseUrl", "http://nasty.example/");
        nasty.put("two\r\nlines", "nasty\r\nX-API-KEY: nasty");
        nasty.put(Exchange.FILE_NAME, "nasty\"; name=\"session_id\r\n\r\n.jpg");

        Exchange exchange = context.send(jpeg(), nasty);

        body(exchange);
        assertThat(WIRE.calls()).hasSize(2);
        assertThat(httpHeaders(1)).isEqualTo(httpHeaders(0)).containsEntry("x-api-key", "[test-key]");
        assertThat(WIRE.calls().get(1).getBodyAsString()).doesNotContain("nasty");
        nasty.keySet().removeIf("Content-Type"::equalsIgnoreCase); // it is that of the result now
        assertThat(exchange.getMessage().getHeaders())
                .containsAllEntriesOf(nasty)
                .containsEntry("Content-Type", "image/jpeg");
    }

    /** All but the boundary of the multipart body, which is random. */
    private Map<String, String> httpHeaders(int call) {
        return WIRE.calls().get(call).getHeaders().all().stream()
                .collect(Collectors.toMap(
                        header -> header.key().toLowerCase(Locale.ROOT),
                        header -> header.values().toString().replaceAll("boundary=[^;\\]]+", "boundary"),
                        (a, b) -> a + b));
    }
}
