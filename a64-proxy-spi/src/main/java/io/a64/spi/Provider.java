package io.a64.spi;

/**
 * Makes one kind of part from settings; found through {@link java.util.ServiceLoader}. Needs a public constructor
 * without parameters, and must load although the driver it uses is missing.
 *
 * @param <T> the kind of part
 */
public interface Provider<T extends Component> {

    /** Returns the name under which the part is chosen: short, lower case, unique per kind. */
    String name();

    /**
     * Makes the part. Called at most once per deployer, when it is built. Must not wait for a remote service: a
     * service that is down shows when it is used.
     *
     * @throws InvalidSettingException if a setting is missing or cannot be used
     */
    T create(Settings settings);
}
