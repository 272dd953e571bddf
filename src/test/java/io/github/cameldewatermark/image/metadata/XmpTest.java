package io.github.cameldewatermark.image.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What an XMP packet says of the parts of a file that don't come with its picture is taken out of it. */
class XmpTest {

    private static final String GOOGLE = "http://ns.google.com/photos/1.0/";

    @Test
    void thereIsNoClipAndNoGainMapAnyMore() {
        String packet = "<rdf:Description xmlns:GCamera=\"" + GOOGLE + "camera/\" xmlns:Container='" + GOOGLE
                + "container/' xmlns:Item=\"" + GOOGLE + "container/item/\""
                + " xmlns:hdrgm=\"http://ns.adobe.com/hdr-gain-map/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                + " GCamera:MotionPhoto=\"1\" GCamera:MicroVideoOffset='4000' GCamera:BurstID=\"b\" hdrgm:Version=\"1.0\""
                + " dc:format=\"image/jpeg\"><Container:Directory><rdf:Seq><rdf:li><Container:Item Item:Mime=\"video/mp4\"/>"
                + "</rdf:li></rdf:Seq></Container:Directory><hdrgm:GainMapMin>0</hdrgm:GainMapMin><dc:title>A</dc:title>"
                + "</rdf:Description>";

        String adjusted = adjusted(packet);

        assertThat(adjusted).hasSameSizeAs(packet);
        assertThat(adjusted.replaceAll(" +", " "))
                .endsWith(" GCamera:BurstID=\"b\" dc:format=\"image/jpeg\"> <dc:title>A</dc:title></rdf:Description>")
                .doesNotContain("Motion", "MicroVideo", "Directory", "Item:", "hdrgm:");
    }

    @Test
    void aNamespaceIsKnownByItsNameAndNotByItsPrefix() {
        String packet = "<rdf:Description xmlns:h=\"http://ns.adobe.com/hdr-gain-map/1.0/\" xmlns:hdrgm=\"urn:mine\""
                + " h:Version=\"1.0\" hdrgm:Version=\"mine\"/>";

        assertThat(adjusted(packet)).doesNotContain(" h:Version").contains("hdrgm:Version=\"mine\"");
    }

    @Test
    void whatIsBetweenTwoSuchPropertiesStays() {
        String namespace = " xmlns:c=\"" + GOOGLE + "container/\"";
        String item = "<c:Item><c:Mime>a</c:Mime></c:Item>";
        String packet = "<rdf:Description" + namespace + "><c:Directory>" + item
                + "</c:Directory><dc:title>A</dc:title>" + item + "<c:Open>B</rdf:Description>";

        assertThat(adjusted(packet).replaceAll(" +", " "))
                .isEqualTo("<rdf:Description" + namespace + "> <dc:title>A</dc:title> <c:Open>B</rdf:Description>");
    }

    @Test
    void aMaliciousPacketTakesNoLongTime() {
        String packet = " xmlns:h=\"http://ns.adobe.com/hdr-gain-map/1.0/\"" + "<h:a>".repeat(13_000);

        Assertions.assertTimeout(Duration.ofSeconds(20), () -> adjusted(packet));
    }

    private static String adjusted(String packet) {
        return new String(Xmp.adjusted(packet.getBytes(ISO_8859_1), true), ISO_8859_1);
    }
}
