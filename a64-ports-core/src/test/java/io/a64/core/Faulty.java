package io.a64.core;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/** Puts a part in front of another that fails at the first call of one method. */
final class Faulty {

    /** The failure that is planted. */
    static final class Planted extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Planted(String message) {
            super(message);
        }
    }

    /** When the planted failure strikes. */
    enum When {
        /** The call never reaches the part. */
        REQUEST_LOST,
        /** The part does what was asked, but the caller does not learn it. */
        ANSWER_LOST
    }

    private Faulty() {}

    static <T> T at(Class<T> type, T delegate, String method, When when) {
        AtomicBoolean struck = new AtomicBoolean();
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, called, arguments) -> {
                    if (!called.getName().equals(method) || !struck.compareAndSet(false, true)) {
                        return invoke(delegate, called, arguments);
                    }
                    if (when == When.ANSWER_LOST) {
                        invoke(delegate, called, arguments);
                    }
                    throw new Planted(method + " fails: " + when);
                });
        return type.cast(proxy);
    }

    private static Object invoke(Object delegate, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(delegate, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
