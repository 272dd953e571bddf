package io.github.cameldewatermark.springboot;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.DewatermarkConfiguration;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.util.StringHelper;

/** The names of the component's options, and what they are in Spring's form. */
final class OptionNames {

    private static final Pattern WORD = Pattern.compile("[a-zA-Z]+");

    /** Camel Main takes {@code configuration.api-key}, too. */
    private static final Pattern CONFIGURATION = Pattern.compile("^configuration\\.", Pattern.CASE_INSENSITIVE);

    private static final Map<String, String> NAMES = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        // the options of the endpoints are options of the component, too
        Stream.of(DewatermarkComponent.class, DewatermarkConfiguration.class)
                .flatMap(options -> Stream.of(options.getMethods()))
                .map(Method::getName)
                .filter(method -> method.startsWith("set"))
                .map(method -> StringHelper.decapitalize(method.substring(3)))
                .forEach(name -> NAMES.put(name, name));
    }

    private OptionNames() {}

    /**
     * The option that a key of Spring's environment means: {@code api-key}, {@code apiKey}, {@code apikey} and
     * {@code api.key}, which is what {@code API_KEY} of an environment variable becomes.
     *
     * @return {@code null} if there is none
     */
    static String option(String key) {
        return NAMES.get(CONFIGURATION.matcher(key).replaceFirst("").replaceAll("[-_.]", ""));
    }

    /** {@code camel.component.dewatermark.api-key} for {@code apiKey}. */
    static String key(String component, String option) {
        return "camel.component." + component + "." + StringHelper.camelCaseToDash(option);
    }

    /** The first option that a text names, or {@code null}. */
    static String namedIn(String text) {
        return WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(NAMES::containsValue)
                .findFirst()
                .orElse(null);
    }
}
