package io.github.cameldewatermark.operation.erase;

import static io.github.cameldewatermark.DewatermarkConstants.MASK_BRUSH;
import static io.github.cameldewatermark.DewatermarkConstants.REFINEMENT;
import static io.github.cameldewatermark.testkit.TestPictures.psnr;
import static io.github.cameldewatermark.testkit.TestPictures.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.Thorough;
import java.math.BigDecimal;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Real pictures through the sandbox, which works on their pixels: what comes out is the picture without its mark. */
class RefinementQualityTest {

    private static final double GAIN = 8;

    @AutoClose
    private final Sandbox sandbox = Sandbox.start();

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @ParameterizedTest
    @MethodSource("names")
    void threeCallsTakeTheMarkOut(String name) throws Exception {
        byte[] brush = resource("/samples/images/brush/" + name + ".png");
        context.start(routes -> routes.from("direct:in")
                .to("dewatermark:erase")
                .setHeader(MASK_BRUSH, routes.constant(brush))
                .to("dewatermark:erase")
                .setHeader(MASK_BRUSH, routes.constant(brush))
                .to("dewatermark:erase")
                .convertBodyTo(byte[].class));

        Exchange exchange = assertMarkGoes(name, GAIN);

        assertThat(exchange.getMessage().getHeader(REFINEMENT)).isEqualTo(2);
        assertThat(sandbox.balance()).isEqualByComparingTo(BigDecimal.valueOf(997));
    }

    static List<String> names() {
        return Thorough.ON ? List.of("coffee", "rocket", "chelsea") : List.of("coffee");
    }

    /** The mark is longer than the region, so that some of it stays; where the region is, it goes. */
    @ParameterizedTest
    @CsvSource({"coffee, bottom-right:30%x12%, 2", "coffee, bottom-right:46%x12%, 8", "rocket, bottom-left:38%x12%, 5"})
    void theOptionMaskRegionTakesTheMarkOut(String name, String region, double gain) throws Exception {
        start("dewatermark:erase?maskRegion=" + region);

        assertMarkGoes(name, gain);
    }

    @Test
    void theOptionMaskBrushTakesTheMarkOutInOneCall() throws Exception {
        start("dewatermark:erase?maskBrush=classpath:samples/images/brush/coffee.png");

        assertMarkGoes("coffee", GAIN);

        assertThat(sandbox.balance()).isEqualByComparingTo(BigDecimal.valueOf(999));
    }

    private void start(String uri) throws Exception {
        context.start(routes -> routes.from("direct:in").to(uri).convertBodyTo(byte[].class));
    }

    /** Where it is, the picture becomes so much more like the one without it. */
    private Exchange assertMarkGoes(String name, double gain) {
        byte[] marked = resource("/samples/images/" + name + ".jpg");
        byte[] original = resource("/samples/images/original/" + name + ".jpg");
        byte[] brush = resource("/samples/images/brush/" + name + ".png");

        Exchange exchange = context.send(marked);

        assertThat(psnr(TestContext.body(exchange), original, brush))
                .isGreaterThan(psnr(marked, original, brush) + gain);
        return exchange;
    }
}
