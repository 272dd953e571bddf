package io.github.cameldewatermark.springboot;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.error.DewatermarkOptionException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Component;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.SensitiveUtils;
import org.apache.camel.util.StringHelper;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

/**
 * Sets the options of a component from {@code camel.component.<its name>.*}, before it starts. Camel converts the values, so
 * {@code 10s} and {@code #bean:name} work.
 */
final class EnvironmentOptions implements ComponentCustomizer {

    /** Keys that are no options of the component, but switch the auto-configuration and this customizer on and off. */
    private static final Set<String> OF_STARTERS = Set.of("enabled", "customizer.enabled");

    /** Matches the innermost placeholder, so that a message doesn't show the text around it, which may be secret. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^{}]*}");

    /** This prefix is optional, because Camel Main accepts {@code configuration.api-key}, too. */
    private static final Pattern CONFIGURATION = Pattern.compile("^configuration\\.", Pattern.CASE_INSENSITIVE);

    private final Environment environment;

    EnvironmentOptions(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean isEnabled(String name, Component component) {
        return component instanceof DewatermarkComponent
                && isCustomized("camel.component." + name, isCustomized("camel.component", true));
    }

    private boolean isCustomized(String prefix, boolean byDefault) {
        return Binder.get(environment)
                .bind(ConfigurationPropertyName.adapt(prefix + ".customizer.enabled", '.'), Bindable.of(Boolean.class))
                .orElse(byDefault);
    }

    /**
     * If a key is set in two spellings, the first one wins.
     *
     * @throws DewatermarkOptionException if there is no such option, or its value is wrong; the message names the key
     */
    @Override
    public void configure(String name, Component component) {
        Set<String> done = new HashSet<>();
        Binder.get(environment)
                .bind(
                        ConfigurationPropertyName.adapt("camel.component." + name, '.'),
                        Bindable.mapOf(String.class, String.class))
                .orElse(Map.of())
                .forEach((key, value) -> {
                    if (!OF_STARTERS.contains(key.toLowerCase(Locale.ROOT)) && done.add(option(key))) {
                        set(component, key(name, key), option(key), value);
                    }
                });
    }

    private static void set(Component component, String key, String option, String value) {
        PropertyConfigurer options = component.getComponentPropertyConfigurer();
        if (((PropertyConfigurerGetter) options).getOptionType(option, true) == null) {
            throw new DewatermarkOptionException(null, key + " is not an option of the dewatermark component");
        }
        Matcher placeholder = PLACEHOLDER.matcher(value);
        if (placeholder.find()) { // Spring keeps it as text, which would then be sent as the API key, for example
            throw new DewatermarkOptionException(
                    null, key + " has a placeholder without a value: " + placeholder.group());
        }
        try {
            PropertyBindingSupport.build()
                    .withConfigurer(options)
                    .withReflection(false)
                    .withMandatory(true)
                    .withIgnoreCase(true)
                    .bind(component.getCamelContext(), component, option, value);
        } catch (PropertyBindingException | IllegalArgumentException e) {
            throw wrong(key, option, NestedExceptionUtils.getMostSpecificCause(e));
        }
    }

    /**
     * Camel's exception isn't kept as the cause, because its message contains the value. For a secret option, the reason isn't
     * shown either, because it may contain the value, too.
     */
    private static DewatermarkOptionException wrong(String key, String option, Throwable reason) {
        return SensitiveUtils.containsSensitive(option)
                ? new DewatermarkOptionException(null, key + " has a value that Camel can't resolve")
                : new DewatermarkOptionException(null, key + " is wrong: " + reason.getMessage(), reason);
    }

    /**
     * Returns the option, in lower case, that a key of Spring's environment stands for: {@code apikey} for {@code api-key}, {@code
     * apiKey}, {@code apikey} and {@code api.key}, into which Spring turns the {@code API_KEY} of an environment variable.
     */
    static String option(String key) {
        return CONFIGURATION
                .matcher(key)
                .replaceFirst("")
                .replaceAll("[-_.]", "")
                .toLowerCase(Locale.ROOT);
    }

    /** Returns the key of an option, such as {@code camel.component.dewatermark.api-key} for {@code apiKey}. */
    static String key(String component, String option) {
        return "camel.component." + component + "." + StringHelper.camelCaseToDash(option);
    }
}
