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

/** The names of the component's options, in the forms of Camel and of Spring. */
final class OptionNames {

    private static final Pattern WORD = Pattern.compile("[a-zA-Z]+");

    /** This prefix is optional, because Camel Main accepts {@code configuration.api-key}, too. */
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
     * Returns the option that a key of Spring's environment stands for: {@code apiKey} for {@code api-key}, {@code apiKey},
     * {@code apikey} and {@code api.key}, into which Spring turns the {@code API_KEY} of an environment variable.
     *
     * @return {@code null} if there is no such option
     */
    static String option(String key) {
        return NAMES.get(CONFIGURATION.matcher(key).replaceFirst("").replaceAll("[-_.]", ""));
    }

    /** Returns the key of an option, such as {@code camel.component.dewatermark.api-key} for {@code apiKey}. */
    static String key(String component, String option) {
        return "camel.component." + component + "." + StringHelper.camelCaseToDash(option);
    }

    /** Returns the first option that a text names, or {@code null}. */
    static String namedIn(String text) {
        return WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(NAMES::containsValue)
                .findFirst()
                .orElse(null);
    }
}
