package io.a64.ports.registry;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;

/** Objects of which one method does something else. */
public final class Tampered {
    private Tampered() {}

    /** The method as it was. */
    @FunctionalInterface
    public interface Original {
        Object with(Object... arguments);
    }

    /** What is done instead. */
    @FunctionalInterface
    public interface Replacement {
        Object call(Object[] arguments, Original original);
    }

    /** Returns the object with a method replaced; it is so too in the variants of itself that its methods return. */
    public static <T> T method(Class<T> type, Object object, String name, Replacement replacement) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object result = method.getName().equals(name)
                            ? replacement.call(arguments, others -> invoke(object, method, others))
                            : invoke(object, method, arguments);
                    return type.isInstance(result) ? method(type, result, name, replacement) : result;
                }));
    }

    private static Object invoke(Object object, Method method, Object... arguments) {
        try {
            return method.invoke(object, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the first argument of a type, wherever it stands. */
    public static <A> A argument(Object[] arguments, Class<A> type) {
        return Arrays.stream(arguments)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }
}
