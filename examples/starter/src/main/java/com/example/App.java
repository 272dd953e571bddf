package com.example;

import org.apache.camel.main.Main;

/** Runs the routes in {@code src/main/resources/camel}. */
public final class App {

    private App() {}

    public static void main(String[] args) throws Exception {
        new Main(App.class).run(args);
    }
}
