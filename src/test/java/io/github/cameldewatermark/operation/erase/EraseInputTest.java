package io.github.cameldewatermark.operation.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.body.TempFolder;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.EraseModel;
import io.github.cameldewatermark.client.EraseRequest;
import io.github.cameldewatermark.client.TestContent;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.container.Orientation;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.pixel.ImageConverter;
import io.github.cameldewatermark.operation.Brushes;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.TestPictures;
import java.awt.Dimension;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class EraseInputTest {

    @Test
    void anErrorOfADecoderIsAnInputErrorThatCostsNothing() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(camel);
            exchange.getMessage().setBody(PictureSamples.written(PictureSamples.picture(8, 8), "png"));
            EraseInput input = read(exchange, null);
            EraseInput.Preparation broken = new EraseInput.Preparation(
                    new ImageConverter(
                            new TestContent("photo.png", 1, before -> {
                                // what a decoder does of which a part is missing on the class path
                                throw new NoClassDefFoundError("com/example/Part");
                            }),
                            ImageInspector.inspect(input.subject()),
                            6000),
                    null,
                    Orientation.UPRIGHT,
                    null,
                    new Dimension(8, 8));

            assertThatExceptionOfType(DewatermarkInputException.class)
                    .isThrownBy(() -> new EraseInput(
                                    input.draft(),
                                    broken,
                                    null,
                                    0,
                                    "photo.png",
                                    input.subject(),
                                    input.format(),
                                    input.names(),
                                    input.original(),
                                    input.payAgain(),
                                    input.payloads(),
                                    input.folder())
                            .prepare())
                    .withMessage("photo.png can't be converted (java.lang.NoClassDefFoundError: com/example/Part)."
                            + " Nothing was sent, nothing was charged.")
                    .satisfies(e -> assertThat(e.billed()).isEqualTo(Billed.NO));
        }
    }

    /** Else a picture that is sent with another setting would get the answer that the journal has to the first one. */
    @Test
    void eachSettingOfARequestIsPartOfItsKey() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(camel);
            exchange.getMessage().setBody(PictureSamples.written(PictureSamples.picture(8, 8), "png"));
            EraseInput input = read(exchange, null);

            List<EraseRequest> others = withAnotherSetting(input.draft());

            assertThat(others).hasSizeGreaterThanOrEqualTo(2).allSatisfy(other -> assertThat(
                            with(input, other).key("account"))
                    .as("the key of %s", other)
                    .isNotEqualTo(input.key("account")));
        }
    }

    /** Otherwise a journal would no longer know what is paid for. */
    @Test
    void theKeyOfAPictureIsWhatItWas() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(camel);
            exchange.getMessage().setBody(TestPictures.resource("/pictures/lossy.webp"));

            assertThat(read(exchange, null).key("me"))
                    .isEqualTo("46cc47cb05b49d5b3b5c0e1f1698f3d7d47972dcf91e007e4e6d2725c2677f9f");
        }
    }

    private static EraseInput read(Exchange exchange, TempFolder folder) throws IOException {
        DewatermarkConfiguration options = new DewatermarkConfiguration();
        return EraseMessageReader.read(exchange, options, new Brushes("erase", exchange.getContext(), options), folder);
    }

    /** Returns copies of a request, each with another value of one of its settings: what is neither a picture nor a session. */
    private static List<EraseRequest> withAnotherSetting(EraseRequest request) throws ReflectiveOperationException {
        RecordComponent[] parts = EraseRequest.class.getRecordComponents();
        Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class[]::new);
        List<EraseRequest> others = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            if (types[i] != Content.class && !parts[i].getName().equals("sessionId")) {
                Object[] values = new Object[parts.length];
                for (int j = 0; j < parts.length; j++) {
                    values[j] = parts[j].getAccessor().invoke(request);
                }
                values[i] = another(values[i]);
                others.add(EraseRequest.class.getDeclaredConstructor(types).newInstance(values));
            }
        }
        return others;
    }

    private static Object another(Object value) {
        if (value instanceof Boolean b) {
            return !b;
        }
        if (value instanceof EraseModel) {
            return EraseModel.of("v3", null, false);
        }
        throw new AssertionError("This test has to know another value than " + value);
    }

    private static EraseInput with(EraseInput input, EraseRequest draft) {
        return new EraseInput(
                draft,
                input.preparation(),
                input.full(),
                input.refinement(),
                input.name(),
                input.subject(),
                input.format(),
                input.names(),
                input.original(),
                input.payAgain(),
                input.payloads(),
                input.folder());
    }

    /** Else the result would be a smaller picture in place of it, without a word. */
    @Test
    void aBodyThatCannotBeReadIsNotTakenForNoPicture() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext();
                TempFolder folder = new TempFolder()) {
            Exchange exchange = new DefaultExchange(camel);
            exchange.getMessage().setHeader(DewatermarkConstants.SESSION_ID, "s");
            exchange.getMessage().setHeader(DewatermarkConstants.REFINEMENT, 1);
            exchange.getMessage()
                    .setHeader(
                            DewatermarkConstants.MASK_BRUSH,
                            PictureSamples.written(PictureSamples.picture(8, 8), "png"));
            exchange.getMessage().setBody(new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("the disk is gone");
                }
            });

            assertThatExceptionOfType(DewatermarkInputException.class)
                    .isThrownBy(() -> read(exchange, folder))
                    .withMessageContaining("the disk is gone");
        }
    }
}
