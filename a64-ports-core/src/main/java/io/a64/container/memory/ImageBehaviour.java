package io.a64.container.memory;

import java.util.List;

/** What the process of an image does. */
sealed interface ImageBehaviour {

    /** It serves until it is stopped. */
    record Serves(ModuleHandler handler) implements ImageBehaviour {}

    /** It writes some lines and ends at once. */
    record Exits(int code, List<String> output) implements ImageBehaviour {

        public Exits {
            output = List.copyOf(output);
        }
    }
}
