package io.a64.proxy.nginx.hostile;

/** A text is no configuration. */
final class MalformedConfiguration extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedConfiguration(String message) {
        super(message);
    }
}
