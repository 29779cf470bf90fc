package io.a64.examples.benchmarks.ports;

import java.io.PrintStream;
import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openjdk.jol.vm.VM;
import org.openjdk.jol.vm.VirtualMachine;

/**
 * What an object keeps in memory: itself and all that it refers to, but for the MongoDB driver and what belongs to the
 * JVM as a whole. JOL's own walk cannot be told to stay out of the driver, and from there the whole heap is reached.
 */
final class Footprint {

    private static final VirtualMachine JVM = lookAtJvm();

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> open = new ArrayDeque<>();

    private Footprint() {}

    /** JOL prints how it gets on; that is no part of a table. Records keep their offsets to themselves otherwise. */
    private static VirtualMachine lookAtJvm() {
        System.setProperty("jol.magicFieldOffset", "true");
        PrintStream out = System.out;
        System.setOut(System.err);
        try {
            return VM.current();
        } finally {
            System.setOut(out);
        }
    }

    /** Returns the size in bytes. */
    static long of(Object root) {
        return new Footprint().walk(root);
    }

    private long walk(Object root) {
        meet(root);
        long bytes = 0;
        while (!open.isEmpty()) {
            Object object = open.remove();
            bytes += JVM.sizeOf(object);
            meetNeighbours(object);
        }
        return bytes;
    }

    private void meet(@Nullable Object object) {
        if (object != null && !isForeign(object) && seen.add(object)) {
            open.add(object);
        }
    }

    private static boolean isForeign(Object object) {
        return object instanceof Class
                || object instanceof ClassLoader
                || object instanceof Thread
                || object instanceof Reference
                || object.getClass().getName().startsWith("com.mongodb.");
    }

    private void meetNeighbours(Object object) {
        if (object instanceof Object[] array) {
            for (Object element : array) {
                meet(element);
            }
            return;
        }
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
                    meet(JVM.getObject(object, JVM.fieldOffset(field)));
                }
            }
        }
    }
}
