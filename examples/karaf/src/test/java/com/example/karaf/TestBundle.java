package com.example.karaf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes bundles that exist for a test only. */
final class TestBundle {

    private static final Pattern VERSION = Pattern.compile("-(\\d+(\\.\\d+)*)\\.jar$");

    private TestBundle() {}

    /** A bundle with jars in it that exports all their packages, each with the version of its jar. */
    static Path ofJars(Path bundle, List<Path> jars) throws IOException {
        Map<String, String> exports = new TreeMap<>();
        Map<String, byte[]> content = new TreeMap<>();
        for (Path jar : jars) {
            String name = jar.getFileName().toString();
            Matcher version = VERSION.matcher(name);
            if (!version.find()) {
                throw new IllegalArgumentException(name);
            }
            packages(jar).forEach(each -> exports.put(each, version.group(1)));
            content.put(name, Files.readAllBytes(jar));
        }
        Map<String, String> headers = Map.of(
                "Bundle-ClassPath",
                String.join(",", content.keySet()),
                "Export-Package",
                exports.entrySet().stream()
                        .map(export -> export.getKey() + ";version=\"" + export.getValue() + '"')
                        .collect(Collectors.joining(",")));
        return write(bundle, headers, content);
    }

    /** A bundle of an activator alone. */
    static Path ofActivator(Path bundle, Class<?> activator, Map<String, String> headers) throws IOException {
        Map<String, String> all = new TreeMap<>(headers);
        all.put("Bundle-Activator", activator.getName());
        String file = activator.getName().replace('.', '/') + ".class";
        try (InputStream in = activator.getClassLoader().getResourceAsStream(file)) {
            return write(bundle, all, Map.of(file, in.readAllBytes()));
        }
    }

    private static TreeSet<String> packages(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") && name.contains("/") && !name.startsWith("META-INF/"))
                    .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Path write(Path bundle, Map<String, String> headers, Map<String, byte[]> content)
            throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue(
                "Bundle-SymbolicName", bundle.getFileName().toString().replace(".jar", ""));
        // without one, Karaf takes it for a jar that is to be made into a bundle
        attributes.putValue("Bundle-Version", "1.0.0");
        attributes.putValue("DynamicImport-Package", "*");
        headers.forEach(attributes::putValue);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(bundle), manifest)) {
            for (Map.Entry<String, byte[]> entry : content.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return bundle;
    }
}
