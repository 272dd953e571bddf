package io.github.cameldewatermark.operation.erase;

import static io.github.cameldewatermark.DewatermarkConstants.MASK_BRUSH;
import static io.github.cameldewatermark.DewatermarkConstants.REFINEMENT;
import static io.github.cameldewatermark.TestPictures.psnr;
import static io.github.cameldewatermark.TestPictures.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.TestContext;
import io.github.cameldewatermark.sandbox.Sandbox;
import java.math.BigDecimal;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real pictures through the sandbox, which works on their pixels: what comes out is the picture without its mark. */
class RefinementQualityTest {

    private static final double GAIN = 8;

    @ParameterizedTest
    @ValueSource(strings = {"coffee", "rocket", "chelsea"})
    void threeCallsTakeTheMarkOut(String name) throws Exception {
        byte[] marked = resource("/samples/images/" + name + ".jpg");
        byte[] original = resource("/samples/images/original/" + name + ".jpg");
        byte[] brush = resource("/samples/images/brush/" + name + ".png");
        try (Sandbox sandbox = Sandbox.start();
                TestContext context = TestContext.at(sandbox)) {
            context.start(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in")
                            .to("dewatermark:erase")
                            .setHeader(MASK_BRUSH, constant(brush))
                            .to("dewatermark:erase")
                            .setHeader(MASK_BRUSH, constant(brush))
                            .to("dewatermark:erase")
                            .convertBodyTo(byte[].class);
                }
            });

            Exchange exchange = context.send(marked);

            byte[] cleaned = TestContext.body(exchange);
            assertThat(psnr(cleaned, original, brush)).isGreaterThan(psnr(marked, original, brush) + GAIN);
            assertThat(exchange.getMessage().getHeader(REFINEMENT)).isEqualTo(2);
            assertThat(sandbox.balance()).isEqualByComparingTo(BigDecimal.valueOf(997));
        }
    }

    /** The mark is longer than the region, so that some of it stays; where the region is, it goes. */
    @ParameterizedTest
    @CsvSource({"coffee, bottom-right:30%x12%, 2", "coffee, bottom-right:46%x12%, 8", "rocket, bottom-left:38%x12%, 5"})
    void theOptionMaskRegionTakesTheMarkOut(String name, String region, double gain) throws Exception {
        byte[] marked = resource("/samples/images/" + name + ".jpg");
        byte[] original = resource("/samples/images/original/" + name + ".jpg");
        byte[] brush = resource("/samples/images/brush/" + name + ".png");
        try (Sandbox sandbox = Sandbox.start();
                TestContext context = TestContext.at(sandbox)) {
            context.start(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in")
                            .to("dewatermark:erase?maskRegion=" + region)
                            .convertBodyTo(byte[].class);
                }
            });

            byte[] cleaned = TestContext.body(context.send(marked));

            assertThat(psnr(cleaned, original, brush)).isGreaterThan(psnr(marked, original, brush) + gain);
        }
    }

    @Test
    void theOptionMaskBrushTakesTheMarkOutInOneCall() throws Exception {
        byte[] marked = resource("/samples/images/coffee.jpg");
        byte[] original = resource("/samples/images/original/coffee.jpg");
        byte[] brush = resource("/samples/images/brush/coffee.png");
        try (Sandbox sandbox = Sandbox.start();
                TestContext context = TestContext.at(sandbox)) {
            context.start(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in")
                            .to("dewatermark:erase?maskBrush=classpath:samples/images/brush/coffee.png")
                            .convertBodyTo(byte[].class);
                }
            });

            byte[] cleaned = TestContext.body(context.send(marked));

            assertThat(psnr(cleaned, original, brush)).isGreaterThan(psnr(marked, original, brush) + GAIN);
            assertThat(sandbox.balance()).isEqualByComparingTo(BigDecimal.valueOf(999));
        }
    }
}
