package org.psasync.engine.desk;

/**
 * What reports and events say of a failure that is not the engine's own: the name of its class and one short line of its
 * message. Stack traces, statements and whatever else a message may carry along stay out (SAFE-5); whoever throws must
 * keep secrets out of the first line.
 */
public final class FailureText {
    private static final int LONGEST = 200;

    private FailureText() {}

    /** Returns the text of a failure. */
    public static String of(RuntimeException failure) {
        String name = failure.getClass().getSimpleName();
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return name;
        }
        String line = message.strip().lines().findFirst().orElse("").strip();
        return name + ": " + (line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…");
    }
}
