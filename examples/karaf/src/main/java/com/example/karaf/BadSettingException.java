package com.example.karaf;

/** What is wrong with a line of the .cfg file; it names the setting. */
final class BadSettingException extends Exception {

    private static final long serialVersionUID = 1L;

    BadSettingException(String message) {
        super(message);
    }
}
