package io.github.cameldewatermark.testkit;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The erase call of a platform in WireMock, on a free port: for what exactly goes over the wire. */
public final class EraseStub extends WireMockExtension {

    public static final String PATH = "/api/object_removal/v2/erase_watermark";

    private final byte[][] usual;

    private EraseStub(byte[]... usual) {
        super(newInstance().options(wireMockConfig().dynamicPort()));
        this.usual = usual;
    }

    /** Each test says what is answered. */
    public static EraseStub server() {
        return new EraseStub();
    }

    /** Each test begins with {@link #answersWith} or {@link #answersInTurnWith} these. */
    public static EraseStub answering(byte[]... images) {
        return new EraseStub(images);
    }

    @Override
    protected void onBeforeEach(WireMockRuntimeInfo server) {
        if (usual.length == 1) {
            answersWith(usual[0]);
        } else {
            answersInTurnWith(usual);
        }
    }

    /** Every call is answered with the picture {@code image} and ids that end in 1. */
    public EraseStub answersWith(byte[] image) {
        return answersWith(okJson(answer(image, 1)));
    }

    public EraseStub answersWith(ResponseDefinitionBuilder answer) {
        stubFor(post(urlEqualTo(PATH)).willReturn(answer));
        return this;
    }

    /** The calls are answered with these pictures, one after the other, with ids that count from 1. */
    public EraseStub answersInTurnWith(byte[]... images) {
        for (int i = 0; i < images.length; i++) {
            stubFor(post(urlEqualTo(PATH))
                    .inScenario("erase")
                    .whenScenarioStateIs(i == 0 ? STARTED : "call " + i)
                    .willReturn(okJson(answer(images[i], i + 1)))
                    .willSetStateTo("call " + (i + 1)));
        }
        return this;
    }

    /** The answer of the API document; its masks are {@code mask-n} and {@code watermark-mask-n}. */
    public static String answer(byte[] image, int n) {
        return """
                {"edited_image": {"image": "%s", "image_id": "image-%d", "mask": "%s", "watermark_mask": "%s"},
                 "event_id": "event-%d", "session_id": "session-%d"}""".formatted(base64(image), n, base64(mask(n)), base64(watermarkMask(n)), n, n);
    }

    /** A JPEG, as far as its first bytes tell. */
    public static byte[] mask(int n) {
        return TestPictures.jpeg(16, 16, 100 + n);
    }

    public static byte[] watermarkMask(int n) {
        return ("watermark-mask-" + n).getBytes(StandardCharsets.UTF_8);
    }

    public static ResponseDefinitionBuilder json(String body) {
        return aResponse().withHeader("Content-Type", "application/json").withBody(body);
    }

    public List<LoggedRequest> calls() {
        return findAll(postRequestedFor(urlEqualTo(PATH)));
    }

    /** The parts of the only call so far. */
    public Map<String, byte[]> parts() {
        List<LoggedRequest> calls = calls();
        if (calls.size() != 1) {
            throw new AssertionError("There were " + calls.size() + " calls");
        }
        return parts(calls.get(0));
    }

    /** The parts of a call by name, in their order. */
    public static Map<String, byte[]> parts(LoggedRequest call) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        for (Request.Part part : call.getParts()) {
            if (parts.put(part.getName(), part.getBody().asBytes()) != null) {
                throw new AssertionError("The part " + part.getName() + " comes twice");
            }
        }
        return parts;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
