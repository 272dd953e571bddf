package io.github.cameldewatermark.sandbox;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SandboxLayersTest {

    private static final String HOUSE = "io.github.cameldewatermark.sandbox";

    /** The tests in the packages use the helpers of the package above. */
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(location -> !location.matches(Pattern.compile(".*Test(\\$.*)?\\.class")))
            .importPackages(HOUSE);

    @Test
    void httpUsesThePlatformAndThePlatformTheEnginesAndNeverTheOtherWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("start")
                .definedBy(HOUSE)
                .layer("http")
                .definedBy(HOUSE + ".http")
                .layer("platform")
                .definedBy(HOUSE + ".platform")
                .layer("pixel")
                .definedBy(HOUSE + ".pixel")
                .layer("pdf")
                .definedBy(HOUSE + ".pdf")
                .whereLayer("start")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("start")
                .whereLayer("platform")
                .mayOnlyBeAccessedByLayers("start", "http")
                .whereLayer("pixel")
                .mayOnlyBeAccessedByLayers("start", "platform")
                .whereLayer("pdf")
                .mayOnlyBeAccessedByLayers("start", "platform")
                .check(classes);
    }
}
