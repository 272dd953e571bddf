package com.example;

import java.util.List;
import org.apache.camel.main.Main;

/** A node, until it is stopped. Its only argument says of which kind: {@code submit} or {@code wait}. */
public final class Node {

    private Node() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 1 || !List.of("submit", "wait").contains(args[0])) {
            throw new IllegalArgumentException("Which kind of node? submit or wait");
        }
        Main camel = new Main(Node.class);
        camel.configure()
                .withRoutesIncludePattern(
                        "classpath:camel/failed.camel.yaml,classpath:camel/" + args[0] + ".camel.yaml");
        camel.run();
    }
}
