package io.a64.core.internal.discovery;

import io.a64.spi.Component;
import io.a64.spi.Provider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Where providers come from; a seam, so that tests need no services file. */
@FunctionalInterface
interface ProviderSource {

    /** Returns every provider of a kind; what could not be loaded is added to the list of broken ones. */
    <T extends Component> List<Provider<T>> load(Class<? extends Provider<T>> type, List<String> broken);

    /** Returns the providers that the class loader's services files name. */
    static ProviderSource of(ClassLoader loader) {
        return new ProviderSource() {
            @Override
            public <T extends Component> List<Provider<T>> load(
                    Class<? extends Provider<T>> type, List<String> broken) {
                return loadAll(ServiceLoader.load(type, loader), broken);
            }
        };
    }

    private static <T extends Component, P extends Provider<T>> List<Provider<T>> loadAll(
            ServiceLoader<P> services, List<String> broken) {
        List<Provider<T>> providers = new ArrayList<>();
        Iterator<ServiceLoader.Provider<P>> found = services.stream().iterator();
        while (hasNext(found, broken)) {
            try {
                providers.add(found.next().get());
            } catch (ServiceConfigurationError | LinkageError e) {
                broken.add(e.toString());
            }
        }
        return providers;
    }

    private static boolean hasNext(Iterator<?> found, List<String> broken) {
        try {
            return found.hasNext();
        } catch (ServiceConfigurationError | LinkageError e) {
            broken.add(e.toString());
            return hasNext(found, broken);
        }
    }
}
