package io.github.cameldewatermark;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.CacheMode;
import com.tngtech.archunit.lang.ArchRule;
import io.github.cameldewatermark.operation.Operation;
import javax.imageio.IIOException;
import org.apache.camel.spi.HttpResponseAware;

/** The rules of the house. */
@AnalyzeClasses(
        packages = "io.github.cameldewatermark",
        importOptions = ImportOption.DoNotIncludeTests.class,
        // else they stay in the heap, and each collection that a later test asks for takes several times as long
        cacheMode = CacheMode.PER_CLASS)
class ArchitectureTest {

    private static final String ROOT = "io.github.cameldewatermark";
    private static final String CAMEL = "org.apache.camel..";

    @ArchTest
    static final ArchRule arrowsOnlyGoDown = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("component")
            .definedBy(ROOT)
            .layer("runtime")
            .definedBy(ROOT + ".runtime..")
            .layer("operation")
            .definedBy(ROOT + ".operation..")
            .layer("body")
            .definedBy(ROOT + ".body..")
            .layer("observe")
            .definedBy(ROOT + ".observe..")
            .layer("task")
            .definedBy(ROOT + ".task..")
            .layer("journal")
            .definedBy(ROOT + ".journal..")
            .layer("clip")
            .definedBy(ROOT + ".clip..")
            .layer("pdf")
            .definedBy(ROOT + ".pdf..")
            .layer("image")
            .definedBy(ROOT + ".image..")
            .layer("client")
            .definedBy(ROOT + ".client..")
            .layer("error")
            .definedBy(ROOT + ".error..")
            .whereLayer("component")
            .mayOnlyBeAccessedByLayers("runtime", "operation", "observe")
            .whereLayer("runtime")
            .mayOnlyBeAccessedByLayers("component")
            .whereLayer("operation")
            .mayOnlyBeAccessedByLayers("component", "runtime")
            .whereLayer("body")
            .mayOnlyBeAccessedByLayers("component", "runtime", "operation")
            .whereLayer("observe")
            .mayOnlyBeAccessedByLayers("component", "runtime", "operation")
            .whereLayer("task")
            .mayOnlyBeAccessedByLayers("component", "operation", "observe")
            .whereLayer("journal")
            .mayOnlyBeAccessedByLayers("component", "runtime", "operation", "body", "observe", "task")
            .whereLayer("clip")
            .mayOnlyBeAccessedByLayers("operation")
            .whereLayer("pdf")
            .mayOnlyBeAccessedByLayers("operation")
            .whereLayer("image")
            .mayOnlyBeAccessedByLayers("runtime", "operation", "observe", "clip", "pdf")
            .whereLayer("client")
            .mayOnlyBeAccessedByLayers(
                    "component", "runtime", "operation", "body", "observe", "task", "journal", "clip", "pdf", "image")
            .whereLayer("error")
            .mayOnlyBeAccessedByLayers(
                    "component",
                    "runtime",
                    "operation",
                    "body",
                    "observe",
                    "task",
                    "journal",
                    "clip",
                    "pdf",
                    "image",
                    "client");

    @ArchTest
    static final ArchRule theRootHasOnlyWhatCamelAndItsUsersTouch = classes()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .haveNameMatching(ROOT.replace(".", "[.]")
                    + "[.](AccountRoutePolicy|Dewatermark(Component|Configuration|Constants|Endpoint|Operation|Producer)"
                    + "|package-info)(Configurer|UriFactory)?([$].*)?");

    @ArchTest
    static final ArchRule arrowsOnlyGoDownAmongPictures = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("refine")
            .definedBy(ROOT + ".image.refine..")
            .layer("metadata")
            .definedBy(ROOT + ".image.metadata..")
            .layer("mask")
            .definedBy(ROOT + ".image.mask..")
            .layer("pixel")
            .definedBy(ROOT + ".image.pixel..")
            .layer("header")
            .definedBy(ROOT + ".image.header..")
            .layer("container")
            .definedBy(ROOT + ".image.container..")
            .whereLayer("refine")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("metadata")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("mask")
            .mayOnlyBeAccessedByLayers("refine")
            .whereLayer("pixel")
            .mayOnlyBeAccessedByLayers("refine", "metadata", "mask")
            .whereLayer("header")
            .mayOnlyBeAccessedByLayers("refine", "metadata", "mask", "pixel")
            .whereLayer("container")
            .mayOnlyBeAccessedByLayers("refine", "metadata", "mask", "pixel", "header");

    /** Nothing is decoded to find out what a picture is. */
    @ArchTest
    static final ArchRule headersAreReadWithoutDecoding = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".image.header..", ROOT + ".image.container..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("javax.imageio..", "java.awt.image..", "java.awt.color..")
                    .and(not(belongToAnyOf(IIOException.class))));

    /** What both need is above them, and they need nothing of each other. */
    @ArchTest
    static final ArchRule thereIsNoCycleAmongOperations =
            slices().matching(ROOT + ".operation.(*)").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule whatOperationsShareKnowsNoneOfThem = noClasses()
            .that()
            .resideInAPackage(ROOT + ".operation")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".operation.*");

    /** So that one request passes each of them once: they are called from above, in order, and call nobody above. */
    @ArchTest
    static final ArchRule noStepCallsItsOperation = noClasses()
            .that()
            .resideInAPackage(ROOT + ".operation..")
            .and()
            .doNotHaveSimpleName("EraseOperation")
            .and()
            .doNotHaveSimpleName("TaskOperation")
            .should()
            .callMethodWhere(target(owner(assignableTo(Operation.class))));

    /** One flat folder would grow again. */
    @ArchTest
    static final ArchRule eachClassOfPicturesHasItsFolder =
            noClasses().that().doNotHaveSimpleName("package-info").should().resideInAPackage(ROOT + ".image");

    @ArchTest
    static final ArchRule thereIsNoCycleAmongPictures =
            slices().matching(ROOT + ".image.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule operationsKnowOnlyTheOptionsAndTheHeaderNamesOfTheComponent = noClasses()
            .that()
            .resideInAPackage(ROOT + ".operation..")
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT)
                    .and(not(belongToAnyOf(DewatermarkConfiguration.class, DewatermarkConstants.class))));

    @ArchTest
    static final ArchRule whatRunsKnowsOnlyTheOptionsOfTheComponent = noClasses()
            .that()
            .resideInAPackage(ROOT + ".runtime")
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT)
                    .and(not(belongToAnyOf(DewatermarkComponent.class, DewatermarkConfiguration.class))));

    @ArchTest
    static final ArchRule whatObservesKnowsOnlyTheComponent = noClasses()
            .that()
            .resideInAPackage(ROOT + ".observe")
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT).and(not(belongToAnyOf(DewatermarkComponent.class))));

    /** So that it can be told from the complaints of others. */
    @ArchTest
    static final ArchRule anOptionIsRefusedByAnExceptionOfItsOwn = noClasses()
            .that()
            .resideInAnyPackage(ROOT, ROOT + ".runtime", ROOT + ".springboot")
            .should()
            .callConstructor(IllegalArgumentException.class, String.class)
            .orShould()
            .callConstructor(IllegalArgumentException.class, String.class, Throwable.class);

    @ArchTest
    static final ArchRule noStaticFieldChanges =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule theJournalDoesNotKnowWhereItIsKept = noClasses()
            .that()
            .resideInAPackage(ROOT + ".journal")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    ROOT + ".journal.*..", "java.nio.file..", "java.nio.channels..", "java.sql..", "javax.sql.."));

    @ArchTest
    static final ArchRule aFolderAndADatabaseAreApart =
            slices().matching(ROOT + ".journal.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule theApiIsUsableWithoutCamel = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + ".client..",
                    ROOT + ".clip..",
                    ROOT + ".pdf..",
                    ROOT + ".image..",
                    ROOT + ".task..",
                    ROOT + ".journal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CAMEL);

    @ArchTest
    static final ArchRule exceptionsKnowOneTypeOfCamel = noClasses()
            .that()
            .resideInAPackage(ROOT + ".error..")
            .should()
            .dependOnClassesThat(resideInAPackage(CAMEL).and(not(belongToAnyOf(HttpResponseAware.class))));

    @ArchTest
    static final ArchRule onlyTheClientSpeaksHttp = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + ".operation..",
                    ROOT + ".body..",
                    ROOT + ".observe..",
                    ROOT + ".task..",
                    ROOT + ".journal..",
                    ROOT + ".clip..",
                    ROOT + ".pdf..",
                    ROOT + ".image..",
                    ROOT + ".error..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache.hc..", "java.net.http..", "com.fasterxml.jackson.."));

    /** It is for routes. */
    @ArchTest
    static final ArchRule onlyRoutesUseTheNamesOfFiles = classes()
            .that()
            .resideInAPackage(ROOT + ".file")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage(ROOT + ".file")
            .andShould()
            .onlyDependOnClassesThat(not(resideInAPackage(ROOT + ".."))
                    .or(resideInAnyPackage(ROOT + ".file", ROOT + ".image.header", ROOT + ".client", ROOT + ".error"))
                    .or(belongToAnyOf(DewatermarkConstants.class)));

    /** So that it is loaded by Spring Boot alone. */
    @ArchTest
    static final ArchRule onlyOnePackageKnowsSpringAndNobodyKnowsIt = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".springboot")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.springframework..", ROOT + ".springboot"));

    /** So that it isn't needed. */
    @ArchTest
    static final ArchRule onlyTheMetersKnowMicrometer = noClasses()
            .that()
            .haveNameNotMatching(".*\\.DewatermarkMeters")
            .should()
            .dependOnClassesThat(resideInAPackage("io.micrometer.."));

    /** So that it isn't needed, and isn't loaded by mistake. */
    @ArchTest
    static final ArchRule onlyOneClassKnowsPdfBox = noClasses()
            .that()
            .haveNameNotMatching(".*\\.PdfPages")
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.pdfbox.."));

    @ArchTest
    static final ArchRule callsDoNotKnowWhenTheyAreMade = noClasses()
            .that()
            .resideInAPackage(ROOT + ".client")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".client.throttle");

    @ArchTest
    static final ArchRule theTransportKnowsNoSingleCall = noClasses()
            .that()
            .resideInAPackage(ROOT + ".client.http")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".client", ROOT + ".client.throttle");

    @ArchTest
    static final ArchRule thereIsNoCycleBelowTheComponent =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingIsWrittenToTheConsole = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    /** By its name: which other classes are exceptions isn't looked up (archunit.properties). */
    @ArchTest
    static final ArchRule noStackTraceIsWrittenToTheConsole =
            noClasses().should().callMethodWhere(target(name("printStackTrace")));

    @ArchTest
    static final ArchRule logsGoToSlf4j = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule noThreadSleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class, int.class);

    @ArchTest
    static final ArchRule onlyTheProducerSeesTheCallback = noClasses()
            .that()
            .doNotHaveSimpleName("DewatermarkProducer")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.apache.camel.AsyncCallback");
}
